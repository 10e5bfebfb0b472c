"""Acts without a payload: any row of any table, by its name."""

from typing import Any
from uuid import UUID

from app.core.refusals import invalid
from app.queries.subjects import Subject
from app.rules.catalogue import TABLES
from app.rules.roles import Actor
from app.services import (
    arranging,
    consolidating,
    convening,
    joint,
    minutes,
    observers,
    publications,
    review_clock,
    sessions,
    transitions,
)
from app.services.directives import course
from app.services.meetings import release
from app.services.paper import void_contested
from app.services.work import Work

# Acts that carry a payload or have consequences of their own; they are services with a name of their own.
WITH_PAYLOAD = frozenset(
    {
        ("motion", "ask_opinions"),
        ("motion", "amend"),
        ("motion", "ask_signer_again"),
        ("motion", "reaffirm"),
        ("motion", "consolidate"),
        ("motion", "flag_technical"),
        ("motion", "list"),
        ("topic", "list"),
        ("opinion", "answer"),
        ("opinion", "draft_answer"),
        ("motion", "draft_sheet"),
        ("motion", "mark_major"),
        ("motion", "unmark_major"),
        ("motion", "begin_requirement"),
        ("motion", "meet_requirement"),
        ("opinion", "answer_late"),
        ("opinion", "extend"),
        ("opinion", "ask_again"),
        ("panel", "edit"),
        ("panel", "name_member"),
        ("panel", "fix"),
        ("panel", "unfix"),
        ("panel", "draw"),
        ("panel", "name_chair"),
        ("panel", "call"),
        ("panel", "conclude"),
        ("panel", "answer_advice"),
        ("panel", "cancel"),
        ("panel", "convene"),
        ("panel_member", "give_view"),
        ("panel_member", "declare_conflict"),
        ("panel_member", "exclude"),
        ("panel_member", "release"),
        ("opinion", "grant_more_time"),
        ("opinion", "refuse_more_time"),
        ("opinion", "restart"),
        ("meeting", "convene"),
        ("meeting", "change"),
        ("meeting", "postpone"),
        ("meeting", "arrange"),
        ("meeting", "invite"),
        ("meeting", "add_late"),
        ("meeting", "raise_matter"),
        ("item", "arrange"),
        ("meeting", "deliver_papers"),
        ("meeting", "close"),
        ("meeting", "draft_minutes"),
        ("meeting", "correct_record"),
        ("item", "waive_papers"),
        ("item", "record_statement"),
        ("item", "decide"),
        ("item", "remove"),
        ("attendance", "ask_leave"),
        ("attendance", "sign_in"),
        ("attendance", "check_in"),
        ("attendance", "leave"),
        ("item", "recuse"),
        ("document", "correct"),
        ("document", "confirm_correction"),
        ("document", "drop_correction"),
        ("document", "revise"),
        ("document", "register"),
        ("directive", "answer_question"),
        ("document", "void"),
        ("directive", "edit"),
        ("directive", "issue"),
        ("directive", "split"),
        ("directive", "report_nothing_new"),
        ("directive", "renew"),
        ("directive", "reopen"),
        ("directive", "report"),
        ("directive", "report_completion"),
        ("directive", "ask_extension"),
        ("directive", "grant_extension"),
        ("directive", "refuse_extension"),
        ("publication", "withhold"),
        ("publication", "publish"),
    }
)


async def _changes(work: Work, subject: Subject, action: str, actor: Actor) -> dict[str, Any]:
    """The columns that an act without a payload sets."""
    if subject.noun == "directive":
        return course.changes_for(work, subject.row, action)
    if subject.noun == "publication":
        return publications.changes_for(work, subject, action)
    if (subject.noun, action) == ("meeting", "open"):
        return await sessions.opening(work, subject)
    if (subject.noun, action) == ("panel_member", "receive"):
        return {"received_at": actor.moment(work.now)}
    if (subject.noun, action) == ("panel_member", "void_view"):
        return {"position": "", "score": None, "view": "", "given_at": None, "text_hash": "", "text_version_id": None,
                "stale": False}  # fmt: skip
    return _changes_of_document(work, subject, action, actor)


def _changes_of_document(work: Work, subject: Subject, action: str, actor: Actor) -> dict[str, Any]:
    if (subject.noun, action) == ("document", "return"):
        return minutes.drafted_again_by(work, subject)
    if (subject.noun, action) == ("document", "confirm_claims"):
        return {"claims_hash": subject.row.content_hash}
    received = (subject.noun, action) == ("extract", "receive")
    return {"received_at": actor.moment(work.now)} if received else {}


async def _after(work: Work, subject: Subject, action: str, actor: Actor) -> None:
    """What follows from a step in rows around it."""
    if subject.noun == "meeting" and action in ("cancel", "refuse"):
        await release(work, subject)
    if subject.noun == "meeting" and action == "open":
        await joint.open_panels(work, subject, actor)
        await convening.settle_answers(work, subject)
        await arranging.state_directives(work, subject)
    if (subject.noun, action) == ("panel", "set_aside"):
        await void_contested(work, [row.id for row in subject.related["panel_member"]])
    if subject.noun == "item" and action == "refuse_late":
        await arranging.drop_late_item(work, subject)
    if (subject.noun, action) == ("item", "take_up"):
        await observers.call_in(work, subject)
    if subject.noun == "document":
        await minutes.follow(work, subject)
    if subject.noun == "attendance" and action == "refuse_leave":
        await convening.settle_refused_leave(work, subject)


async def act(
    work: Work,
    actor: Actor,
    noun: str,
    object_id: UUID,
    action: str,
    reason: str = "",
    opinion: str = "",
) -> Subject:
    """Take a step that needs no more than a reason or a few words. Raises Refused, Invalid or NotFound."""
    if noun not in TABLES or action not in TABLES[noun].actions or (noun, action) in WITH_PAYLOAD:
        raise invalid("action", f"没有“{action}”这一步骤。", f"There is no such step: {action!r}.")
    subject = await work.subject(noun, object_id, actor)
    changes = await _changes(work, subject, action, actor)
    await transitions.perform(work, subject, action, actor, reason=reason, opinion=opinion, changes=changes)
    if noun == "directive":
        await course.follow(work, subject, action, actor, reason)
    if noun == "motion":
        await review_clock.follow(work, actor, subject, action)
    if (noun, action) == ("opinion", "waive"):
        await consolidating.follow(work, actor, subject.row.motion_id)
    await _after(work, subject, action, actor)
    if noun == "publication" and action == "take_back":
        await publications.leave_tombstone(work, subject)
    return subject

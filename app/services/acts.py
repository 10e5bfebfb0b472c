"""Acts without a payload: any row of any table, by its name. The paper route (C20) enters here too."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from app.core.clock import at, local_day
from app.core.enforces import enforces
from app.core.refusals import Refusal, Refused, invalid
from app.models.people import PaperAuthority, Person
from app.queries.actors import load_actor
from app.queries.subjects import Subject
from app.rules.catalogue import TABLES
from app.rules.roles import Actor, Entry
from app.services import arranging, convening, review_clock, sessions, tells, transitions
from app.services.directives import course
from app.services.meetings import release
from app.services.publications import leave_tombstone
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
        ("panel", "name_member"),
        ("panel", "fix"),
        ("panel", "unfix"),
        ("panel", "draw"),
        ("panel", "name_chair"),
        ("panel", "call"),
        ("panel", "conclude"),
        ("panel", "answer_advice"),
        ("panel", "cancel"),
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


@dataclass(frozen=True, slots=True)
class PaperEntry:
    """What a clerk enters: who signed, on which day, and where the paper lies."""

    principal_id: UUID
    signed_on: date
    note: str


@enforces("C20")
async def _signer(work: Work, clerk: Actor, subject: Subject, paper: PaperEntry) -> Actor:
    """The signer as actor, if he has authorised this clerk and the entry is honest about date and paper."""
    if clerk.person_id is None or not work.policy.allowed_roles("paper", "enter") & {
        role.value for role in clerk.roles_in(subject.row.group_id)
    }:
        raise Refused(
            Refusal(
                "not_your_role",
                "代录纸面签署由办公室部门人员办理。",
                "Entering signatures from paper is for the office's departments.",
                "C20",
            )
        )
    query = select(PaperAuthority).where(
        col(PaperAuthority.group_id) == subject.row.group_id,
        col(PaperAuthority.principal_id) == paper.principal_id,
        col(PaperAuthority.clerk_id) == clerk.person_id,
        col(PaperAuthority.withdrawn_at).is_(None),
    )
    if await work.session.scalar(query) is None:
        raise Refused(
            Refusal(
                "not_authorised",
                "签署人没有授权您代录。",
                "The signer has not authorised you to enter for him.",
                "C20",
                "签署人授权",
                "the signer",
            )
        )
    if paper.signed_on > work.day or paper.signed_on < local_day(subject.row.created_at):
        raise invalid(
            "signedOn", "签署日期须在拟稿之后、今天之前。", "The date lies between the draft and today.", "C20"
        )
    if not paper.note.strip():
        raise invalid(
            "note", "请写明纸质件存放处或附扫描件编号。", "Say where the paper lies, or name the scan.", "C20"
        )
    signer = await load_actor(work.session, paper.principal_id, clerk.origin)
    entry = Entry(clerk.person_id, clerk.name, at(paper.signed_on, 12), paper.note)
    return replace(signer, entry=entry)


async def _tell_signer(work: Work, subject: Subject, action: str, signer: Actor, paper: PaperEntry) -> None:
    person = await work.session.get(Person, signer.person_id)
    assert person is not None  # load_actor found him
    key = f"paper:{action}:{subject.row.id}:{subject.row.version}"
    payload = {"action": action, "signed_on": paper.signed_on.isoformat()}
    work.session.add_all(
        tells.line("paper.entered", channel, person.id, key, subject, payload) for channel in tells.CHANNELS
    )


async def _changes(work: Work, subject: Subject, action: str) -> dict[str, Any]:
    """The columns that an act without a payload sets."""
    if subject.noun == "directive":
        return course.changes_for(work, subject.row, action)
    if (subject.noun, action) == ("meeting", "open"):
        return await sessions.opening(work, subject)
    if (subject.noun, action) == ("panel_member", "receive"):
        return {"received_at": work.now}
    return {}


async def _after(work: Work, subject: Subject, action: str) -> None:
    """What follows from a step in rows around it."""
    if subject.noun == "meeting" and action in ("cancel", "refuse"):
        await release(work, subject)
    if subject.noun == "meeting" and action == "open":
        await convening.settle_answers(work, subject)
        await arranging.state_directives(work, subject)
    if subject.noun == "item" and action == "refuse_late":
        await arranging.drop_late_item(work, subject)
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
    paper: PaperEntry | None = None,
) -> Subject:
    """Take a step that needs no more than a reason or a few words. Raises Refused, Invalid or NotFound."""
    if noun not in TABLES or action not in TABLES[noun].actions or (noun, action) in WITH_PAYLOAD:
        raise invalid("action", f"没有“{action}”这一步骤。", f"There is no such step: {action!r}.")
    subject = await work.subject(noun, object_id, actor)
    changes = await _changes(work, subject, action)
    if paper is None:
        await transitions.perform(work, subject, action, actor, reason=reason, opinion=opinion, changes=changes)
    else:
        signer = await _signer(work, actor, subject, paper)
        because = f"{reason.strip()}({paper.note})" if reason.strip() else ""
        words = f"{opinion}({paper.note})" if opinion else paper.note
        await transitions.perform(work, subject, action, signer, reason=because, opinion=words, changes=changes)
        await _tell_signer(work, subject, action, signer, paper)
    if noun == "directive":
        await course.follow(work, subject, action, actor, reason)
    if noun == "motion":
        await review_clock.follow(work, actor, subject, action)
    await _after(work, subject, action)
    if noun == "publication" and action == "take_back":
        await leave_tombstone(work, subject)
    return subject

"""What comes on an agenda: motions before the group, topics before the office (A1, A2.1, A3.1, B2.4)."""

from uuid import UUID

from sqlalchemy import func, select
from sqlmodel import col

from app.core.enforces import enforces
from app.core.refusals import Refusal, Refused, invalid
from app.models.matters import Item, Motion
from app.models.office import Topic
from app.queries.subjects import Subject, load_subject
from app.rules.categories import CATEGORIES, FORM_NAMES
from app.rules.roles import Actor
from app.services import transitions
from app.services.agenda_times import retime
from app.services.work import Work

GROUP_READERS, OFFICE_READERS = ("office", "leader", "deputies"), ("office",)


@enforces("A1.1", "A1.2", "A1.3")
def _check_form(motion: Motion, meeting: Subject) -> None:
    """The category determines the form; a motion cannot be put on the agenda of the wrong one."""
    category = CATEGORIES[motion.category]
    if category.form.value != meeting.form.code:
        zh, en = FORM_NAMES[category.form]
        raise Refused(
            Refusal(
                "wrong_form",
                f"{category.code}“{category.zh}”类议题由{zh}审议。",
                f"A motion of {category.code} is decided by the {en.lower()}.",
                category.code.partition("(")[0],
                "列入相应形式的会议",
                "a meeting of the right form",
            )
        )


@enforces("B2.4")
def _check_office(topic: Topic, meeting: Subject) -> None:
    """Topics go to office meetings; the group deliberates motions."""
    if not meeting.form.of_office:
        raise Refused(
            Refusal(
                "wrong_form",
                "办公室议题只能列入办公室会议。",
                "A topic of the office is heard by an office meeting.",
                "B2.4",
                "列入办公室会议,或者按程序起草领导小组议题",
                "an office meeting; or draft a motion",
            )
        )


def _in_draft(meeting: Subject) -> None:
    if meeting.row.state != "draft":
        raise Refused(
            Refusal(
                "agenda_fixed",
                "议程已经报批,增加议题须先变更会议。",
                "Consent was asked for this agenda; change the meeting to add an item.",
                "A3.1",
                "办公室先变更会议",
                "the office changes the meeting first",
            )
        )


@enforces("A3.1", "A2.1")
def _listable(work: Work, actor: Actor, matter: Subject) -> None:
    """Only a ready matter, and on one agenda at a time."""
    refusal = transitions.why_not(work.policy, matter, "list", actor, work.now)
    if refusal is None:
        return
    if matter.row.state == "listed":
        refusal = Refusal(
            "on_another_agenda",
            "该议题已列入一次会议的议程,不能同时列入另一次。",
            "It stands on an agenda already; two meetings cannot take one matter.",
            "A3.1",
            "办公室先将其撤下",
            "the office takes it off that agenda first",
        )
    elif refusal.code == "wrong_state":
        now = matter.state
        refusal = Refusal(
            "not_ready",
            f"该议题现为“{now.zh}”,尚不能上会。",
            f"It is not ready for a meeting: {now.en}.",
            refusal.clause,
            "按程序办理完毕后列入议程",
            "whoever it waits for",
        )
    raise Refused(refusal)


async def add_item(work: Work, actor: Actor, meeting_id: UUID, motion_id: UUID) -> Item:
    """Put a ready motion on the agenda of a meeting of the group."""
    return await _add(work, actor, meeting_id, await work.subject("motion", motion_id, actor))


async def add_topic(work: Work, actor: Actor, meeting_id: UUID, topic_id: UUID) -> Item:
    """Put an approved topic on the agenda of an office meeting."""
    return await _add(work, actor, meeting_id, await work.subject("topic", topic_id, actor))


async def _add(work: Work, actor: Actor, meeting_id: UUID, matter: Subject) -> Item:
    meeting = await work.subject("meeting", meeting_id, actor)
    check_listing(work, actor, meeting, matter)
    _in_draft(meeting)
    return await place(work, actor, meeting, matter)


def check_listing(work: Work, actor: Actor, meeting: Subject, matter: Subject) -> None:
    """Whether this matter may come on this meeting's agenda, whenever it is put there."""
    _same_group(meeting, matter)
    _listable(work, actor, matter)
    if matter.noun == "motion":
        _check_form(matter.row, meeting)
    else:
        _check_office(matter.row, meeting)


def _same_group(meeting: Subject, matter: Subject) -> None:
    if matter.row.group_id != meeting.row.group_id:
        raise invalid("motion", "议题不属于本领导小组。", "The motion belongs to another group.")


async def place(work: Work, actor: Actor, meeting: Subject, matter: Subject) -> Item:
    """The item, with the matter listed."""
    readers = GROUP_READERS if matter.noun == "motion" else OFFICE_READERS
    await transitions.perform(work, matter, "list", actor)
    column = f"{matter.noun}_id"
    known = select(Item).where(col(Item.meeting_id) == meeting.row.id, getattr(Item, column) == matter.row.id)
    if await work.session.scalar(known) is not None:
        raise invalid(
            "motion", "该议题曾从本次会议撤下,请列入另一次会议。", "Taken off this agenda before; use another meeting."
        )
    last = select(func.max(col(Item.position))).where(col(Item.meeting_id) == meeting.row.id)
    item = Item(
        group_id=meeting.row.group_id,
        state="listed",
        meeting_id=meeting.row.id,
        position=(await work.session.scalar(last) or 0) + 1,
        disclosure=matter.row.disclosure,
        drafter_id=actor.person_id,
        **{column: matter.row.id},
    )
    await transitions.begin(work, "item", item, actor, "A3.1", readers)
    await retime(work, meeting.row)
    return item


async def matter_of(work: Work, item: Subject) -> Subject | None:
    """The motion or the topic that is decided under an item; of a panel's item none."""
    if item.row.panel_id:
        return None
    for noun in ("motion", "topic"):
        if row := item.one(noun):
            return await load_subject(work.session, noun, row)
    return None


async def remove_item(work: Work, actor: Actor, item_id: UUID, reason: str) -> Item:
    subject = await work.subject("item", item_id, actor)
    await transitions.perform(work, subject, "remove", actor, reason=reason)
    if matter := await matter_of(work, subject):
        await transitions.advance(work, matter, "unlist", actor)
    await retime(work, subject.one("meeting"))
    item: Item = subject.row
    return item

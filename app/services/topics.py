"""Topics of office meetings: drafting and correcting them; the steps themselves are rows of the table (B2.4, B1.8)."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.core.enforces import enforces
from app.core.refusals import Invalid, Problem, Refusal, Refused, invalid
from app.core.units import UnitKind
from app.models.matters import Decision
from app.models.office import Topic
from app.models.people import GroupUnit
from app.rules.departments import SUBJECTS
from app.rules.roles import Actor
from app.services import trail, transitions
from app.services.permits import require, require_group
from app.services.secrets import refuse_secrets
from app.services.work import Work

ASSIGNING = ("passed", "passed_with_amendments", "referred")


@dataclass(frozen=True, slots=True)
class TopicDraft:
    """`subject` is one of the department's remit; with `decision_id` the topic is work that the group handed over."""

    title: str
    body: str
    subject: str = ""
    department_id: UUID | None = None
    decision_id: UUID | None = None


def _check(draft: TopicDraft) -> None:
    problems = []
    if not 0 < len(draft.title.strip()) <= 200:
        problems.append(Problem("title", "请填写标题,不超过200字。", "Give a title of at most 200 characters."))
    if not draft.body.strip():
        problems.append(Problem("body", "请写明议题内容。", "Write what is to be discussed."))
    if draft.subject not in SUBJECTS and not (draft.decision_id and not draft.subject):
        problems.append(Problem("subject", "请选择所属职责。", f"One of: {', '.join(SUBJECTS)}."))
    if problems:
        raise Invalid(problems, "B2.4")
    refuse_secrets(draft.title, draft.body)


@enforces("B2.4")
async def _department(work: Work, actor: Actor, group_id: UUID, given: UUID | None) -> UUID:
    """The author's own department; whoever has several says which."""
    own = [seat.unit_id for seat in actor.seats if seat.group_id == group_id and seat.unit_id]
    chosen = given or next(iter(own), None)
    place = await work.session.get(GroupUnit, (group_id, chosen)) if chosen in own else None
    if place is None or place.kind != UnitKind.DEPARTMENT.value:
        raise invalid("department", "只能以本人所在部的名义提出。", "One drafts for one's own department.", "B2.4")
    return place.unit_id


@enforces("B1.8")
async def _assigned(work: Work, actor: Actor, group_id: UUID, decision_id: UUID | None) -> None:
    """What the group hands to the office comes from a decision of the group that asks for something to be done."""
    if decision_id is None:
        return
    decision: Decision = await work.must_see(Decision, decision_id, actor)
    if decision.group_id != group_id or decision.motion_id is None or decision.kind not in ASSIGNING:
        raise invalid(
            "decision",
            "须是领导小组有待落实的议定事项。",
            "A decision of the group that is to be carried out.",
            "B1.8",
        )


def _columns(draft: TopicDraft) -> dict[str, Any]:
    return {
        "title": draft.title.strip(),
        "body": draft.body.strip(),
        "subject": draft.subject,
        "decision_id": draft.decision_id,
    }


async def draft_topic(work: Work, actor: Actor, group_id: UUID, draft: TopicDraft) -> Topic:
    """A department writes a topic; its head submits it."""
    await require_group(work, group_id)
    require(work, actor, "topic", "draft", group_id, "B2.4")
    _check(draft)
    await _assigned(work, actor, group_id, draft.decision_id)
    department_id = await _department(work, actor, group_id, draft.department_id)
    topic = Topic(
        group_id=group_id, state="draft", drafter_id=actor.person_id, department_id=department_id, **_columns(draft)
    )
    await transitions.begin(work, "topic", topic, actor, "B2.4")
    return topic


async def edit_topic(work: Work, actor: Actor, topic_id: UUID, draft: TopicDraft) -> Topic:
    """Correct a draft or a returned topic."""
    subject = await work.subject("topic", topic_id, actor)
    row: Topic = subject.row
    require(work, actor, "topic", "edit", row.group_id, "B2.4")
    if row.state not in ("draft", "returned") or row.drafter_id != actor.person_id:
        raise Refused(
            Refusal(
                "not_editable",
                "只有拟稿人可以修改起草中或已退回的议题。",
                "Only the drafter changes a draft or a returned topic.",
                "B2.4",
                "拟稿人",
                "the drafter",
            )
        )
    _check(draft)
    await _assigned(work, actor, row.group_id, draft.decision_id)
    for name, value in _columns(draft).items():
        setattr(row, name, value)
    await work.session.flush()
    entry = trail.entry(
        work.now, "topic", "edit", "B2.4", object_id=row.id, group_id=row.group_id, actor_id=actor.person_id,
        version=row.version, from_state=row.state, to_state=row.state, origin=actor.origin,
    )  # fmt: skip
    await trail.append(work.session, entry)
    return row

"""A subject: a matter's row with the facts that guards ask for, loaded with a fixed number of statements."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.core.clock import day_end, local_day, now, today
from app.models.base import Stateful
from app.models.matters import Attendance, Decision, Item, Meeting, Motion, Opinion, Statement
from app.models.outcome import (
    Correction,
    Directive,
    DirectiveQuestion,
    DirectiveUnit,
    Document,
    DocumentDecision,
    Publication,
)
from app.models.people import Appointment, Delegation, Group
from app.models.records import Signature
from app.queries.actors import in_force
from app.queries.calendar import load_calendar
from app.rules.catalogue import TABLES
from app.rules.categories import Form
from app.rules.defaults import DEFAULT_DAYS
from app.rules.workflow import State, Table

MODELS: dict[str, type[Stateful]] = {
    "motion": Motion,
    "opinion": Opinion,
    "meeting": Meeting,
    "item": Item,
    "attendance": Attendance,
    "document": Document,
    "directive": Directive,
    "publication": Publication,
}


@dataclass(slots=True)
class Subject:
    """`signatures` are those in force in the present round; `related` holds, by noun, the rows around this one."""

    noun: str
    row: Any
    group: Group
    signatures: list[Signature] = field(default_factory=list)
    appointments: Sequence[Appointment] = ()
    related: dict[str, list[Any]] = field(default_factory=lambda: defaultdict(list))

    @property
    def table(self) -> Table:
        return TABLES[self.noun]

    @property
    def state(self) -> State:
        return self.table.states[self.row.state]

    def one(self, noun: str) -> Any:
        """The one related row of this noun, or None."""
        return next(iter(self.related[noun]), None)

    def days(self, name: str) -> int:
        """A time setting of the group."""
        value = self.group.settings.get(name, DEFAULT_DAYS[name])
        return int(value)

    def hand_of(self, person_id: UUID) -> set[str]:
        """Steps of this round in which the person had a hand, himself or through a delegate (C4)."""
        return {row.action for row in self.signatures if row.signs and person_id in (row.person_id, row.for_id)}


async def _rows(session: AsyncSession, query: Any) -> list[Any]:
    return list((await session.scalars(query)).all())


async def _around_motion(session: AsyncSession, by_id: dict[UUID, Subject]) -> None:
    ids = list(by_id)
    for opinion in await _rows(session, select(Opinion).where(col(Opinion.motion_id).in_(ids))):
        by_id[opinion.motion_id].related["opinion"].append(opinion)
    decisions = await _rows(session, select(Decision).where(col(Decision.motion_id).in_(ids)))
    if not decisions:
        return
    motion_of = {decision.id: decision.motion_id for decision in decisions}
    for decision in decisions:
        by_id[decision.motion_id].related["decision"].append(decision)
    for directive in await _rows(session, select(Directive).where(col(Directive.decision_id).in_(list(motion_of)))):
        by_id[motion_of[directive.decision_id]].related["directive"].append(directive)
    links = select(col(DocumentDecision.decision_id), Document).join(
        Document, col(Document.id) == col(DocumentDecision.document_id)
    )
    for decision_id, document in (
        await session.execute(links.where(col(DocumentDecision.decision_id).in_(list(motion_of))))
    ).all():
        by_id[motion_of[decision_id]].related["document"].append(document)


async def _attach(session: AsyncSession, by_id: dict[UUID, Subject], noun: str, column: str) -> None:
    """Attach the one row of `noun` that each subject's `column` names."""
    ids = {getattr(subject.row, column) for subject in by_id.values()} - {None}
    found = {row.id: row for row in await _rows(session, select(MODELS[noun]).where(col(MODELS[noun].id).in_(ids)))}
    for subject in by_id.values():
        row = found.get(getattr(subject.row, column))
        if row is not None:
            subject.related[noun].append(row)


async def _around_meeting(session: AsyncSession, by_id: dict[UUID, Subject]) -> None:
    for item in await _rows(session, select(Item).where(col(Item.meeting_id).in_(list(by_id)))):
        by_id[item.meeting_id].related["item"].append(item)
    for row in await _rows(session, select(Attendance).where(col(Attendance.meeting_id).in_(list(by_id)))):
        by_id[row.meeting_id].related["attendance"].append(row)
    calendar = await load_calendar(session)
    for subject in by_id.values():
        name = "papers_plenary_days" if subject.row.form == Form.PLENARY.value else "papers_leaders_days"
        day = calendar.before(local_day(subject.row.starts_at), subject.days(name))
        subject.related["papers_by"].append(day_end(day))


async def _around_item(session: AsyncSession, by_id: dict[UUID, Subject]) -> None:
    await _attach(session, by_id, "meeting", "meeting_id")
    await _attach(session, by_id, "motion", "motion_id")
    for row in await _rows(session, select(Statement).where(col(Statement.item_id).in_(list(by_id)))):
        by_id[row.item_id].related["statement"].append(row)


async def _around_document(session: AsyncSession, by_id: dict[UUID, Subject]) -> None:
    links = select(col(DocumentDecision.document_id), Decision).join(
        Decision, col(Decision.id) == col(DocumentDecision.decision_id)
    )
    for document_id, decision in (
        await session.execute(links.where(col(DocumentDecision.document_id).in_(list(by_id))))
    ).all():
        by_id[document_id].related["decision"].append(decision)
    corrections = select(Correction).where(col(Correction.document_id).in_(list(by_id)))
    for row in await _rows(session, corrections.order_by(col(Correction.id))):
        by_id[row.document_id].related["correction"].append(row)


async def _around_directive(session: AsyncSession, by_id: dict[UUID, Subject]) -> None:
    for unit in await _rows(session, select(DirectiveUnit).where(col(DirectiveUnit.directive_id).in_(list(by_id)))):
        by_id[unit.directive_id].related["cooperating"].append(unit)
    asked = select(DirectiveQuestion).where(col(DirectiveQuestion.directive_id).in_(list(by_id)))
    for question in await _rows(session, asked.order_by(col(DirectiveQuestion.id))):
        by_id[question.directive_id].related["question"].append(question)


async def _around(session: AsyncSession, noun: str, by_id: dict[UUID, Subject]) -> None:
    if noun == "motion":
        await _around_motion(session, by_id)
    elif noun == "opinion":
        await _attach(session, by_id, "motion", "motion_id")
    elif noun == "meeting":
        await _around_meeting(session, by_id)
    elif noun == "item":
        await _around_item(session, by_id)
    elif noun == "attendance":
        await _attach(session, by_id, "meeting", "meeting_id")
    elif noun == "document":
        await _around_document(session, by_id)
    elif noun == "directive":
        await _around_directive(session, by_id)
    elif noun == "publication":
        await _attach(session, by_id, "document", "document_id")


async def _mandates(session: AsyncSession, noun: str, by_id: dict[UUID, Subject]) -> None:
    """Delegations in force that concern these matters: `mandate` all of them, `delegation` those to issue (C4)."""
    instant = now()
    groups = {subject.row.group_id for subject in by_id.values()}
    query = select(Delegation).where(
        col(Delegation.group_id).in_(groups),
        col(Delegation.permission).like(f"{noun}:%"),
        col(Delegation.withdrawn_at).is_(None),
        col(Delegation.starts_at) <= instant,
        col(Delegation.ends_at) > instant,
    )
    for row in await _rows(session, query):
        for subject in by_id.values():
            if row.group_id == subject.row.group_id and row.matter_id in (None, subject.row.id):
                subject.related["mandate"].append(row)
                if row.permission == "document:issue":
                    subject.related["delegation"].append(row)


async def load_subjects(
    session: AsyncSession, noun: str, rows: Sequence[Any], day: date | None = None
) -> list[Subject]:
    """Subjects for rows of one noun, in the same order: the number of statements does not grow with the rows."""
    if not rows:
        return []
    groups = {
        row.id: row for row in await _rows(session, select(Group).where(col(Group.id).in_({r.group_id for r in rows})))
    }
    subjects = [Subject(noun, row, groups[row.group_id]) for row in rows]
    by_id = {subject.row.id: subject for subject in subjects}
    query = select(Signature).where(col(Signature.object_id).in_(list(by_id)), col(Signature.voided_at).is_(None))
    for signature in await _rows(session, query.order_by(col(Signature.entered_at), col(Signature.id))):
        if signature.round == by_id[signature.object_id].row.round:
            by_id[signature.object_id].signatures.append(signature)
    posts = select(Appointment).where(col(Appointment.group_id).in_(list(groups)), in_force(day or today()))
    seated = await _rows(session, posts)
    for subject in subjects:
        subject.appointments = [row for row in seated if row.group_id == subject.row.group_id]
    await _around(session, noun, by_id)
    await _mandates(session, noun, by_id)
    return subjects


async def load_subject(session: AsyncSession, noun: str, row: Any) -> Subject:
    return (await load_subjects(session, noun, [row]))[0]

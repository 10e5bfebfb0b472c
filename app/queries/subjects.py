"""A subject: a matter's row with the facts that guards ask for, loaded with a fixed number of statements."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.core.clock import day_end, local_day, now, today
from app.core.workdays import WorkingCalendar
from app.models.base import Stateful
from app.models.matters import Attendance, Item, Meeting, Motion, Opinion
from app.models.minutes import Extract
from app.models.office import Topic
from app.models.outcome import Directive, Document, Publication
from app.models.panels import Panel, PanelMember
from app.models.people import Appointment, Delegation, Group
from app.models.records import Signature
from app.queries.actors import in_force
from app.queries.around import load_around
from app.queries.calendar import load_calendar
from app.queries.forms import form_of
from app.rules.catalogue import TABLES
from app.rules.defaults import DEFAULT_DAYS
from app.rules.forms import MeetingForm
from app.rules.minutes import CIRCUITS
from app.rules.workflow import State, Table

MODELS: dict[str, type[Stateful]] = {
    "motion": Motion,
    "opinion": Opinion,
    "topic": Topic,
    "panel": Panel,
    "panel_member": PanelMember,
    "meeting": Meeting,
    "item": Item,
    "attendance": Attendance,
    "document": Document,
    "extract": Extract,
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

    @property
    def form(self) -> MeetingForm:
        """A meeting's form: a shipped row, or the one that the director added."""
        return form_of(self.row, self.one("added_form"))

    def one(self, noun: str) -> Any:
        """The one related row of this noun, or None."""
        return next(iter(self.related[noun]), None)

    @property
    def _times(self) -> Mapping[str, str]:
        if self.noun == "meeting":
            return {"minutes_days": self.form.minutes_days}
        circuit = CIRCUITS.get(self.row.circuit) if self.noun == "document" else None
        return circuit.times if circuit else {}

    def days(self, name: str) -> int:
        """A time setting of the group, or the one that takes its place in this matter."""
        name = self._times.get(name, name)
        value = self.group.settings.get(name, DEFAULT_DAYS[name])
        return int(value)

    def hand_of(self, person_id: UUID) -> set[str]:
        """Steps of this round in which the person had a hand, himself or through a delegate (C4)."""
        mine = (row.action for row in self.signatures if row.signs and person_id in (row.person_id, row.for_id))
        return {action for action in mine if not any(step.beside for step in self.table.rows(action))}


async def _rows(session: AsyncSession, query: Any) -> list[Any]:
    return list((await session.scalars(query)).all())


def papers_by(subject: Subject, calendar: WorkingCalendar) -> datetime:
    """Until when the papers of this meeting reach leader and deputies (A3.4); without such a time, until its end."""
    day = local_day(subject.row.starts_at)
    name = subject.form.papers_days
    return day_end(calendar.before(day, subject.days(name)) if name else day)


async def _attach_around(session: AsyncSession, noun: str, subjects: Sequence[Subject]) -> None:
    around = await load_around(session, noun, [subject.row for subject in subjects])
    for subject in subjects:
        subject.related.update(around[subject.row.id])
    if noun == "meeting":
        calendar = await load_calendar(session)
        for subject in subjects:
            subject.related["papers_by"].append(papers_by(subject, calendar))


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
    await _attach_around(session, noun, subjects)
    await _mandates(session, noun, by_id)
    return subjects


async def load_subject(session: AsyncSession, noun: str, row: Any) -> Subject:
    return (await load_subjects(session, noun, [row]))[0]

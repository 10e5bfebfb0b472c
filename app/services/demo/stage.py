"""The stage: who is there, what day it is, and doing something as one of them."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Concatenate, ParamSpec, TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.adapters.files import FileStore
from app.core import clock
from app.core.workdays import WorkingCalendar
from app.models.matters import Decision, Motion
from app.models.outcome import Document
from app.models.people import Appointment, Group, Person, Unit
from app.policy import Policy
from app.queries.actors import load_actor
from app.rules.roles import Actor
from app.services.acts import act
from app.services.from_paper import enter
from app.services.paper import PaperEntry
from app.services.work import Work

P = ParamSpec("P")
T = TypeVar("T")
Service = Callable[Concatenate[Work, Actor, P], Awaitable[T]]

LEADER, IN_CHARGE, DIRECTOR, VICE, VICE_PLANNING = "陆衡", "秦立言", "顾清和", "方宁", "石磊"
DEPUTIES = ("苏明远", "温若兰")
HEAD, STAFF, PLANNER, PLANNING_HEAD = "姚文静", "钱小满", "季晨", "范致远"


@dataclass(frozen=True, slots=True)
class Decided:
    motion: Motion
    decision: Decision


@dataclass
class Stage:
    """What the stories share. `decided` and `registered` grow while they are told."""

    session: AsyncSession
    policy: Policy
    calendar: WorkingCalendar
    today: date
    group: Group
    people: dict[str, UUID] = field(default_factory=dict)
    units: dict[str, UUID] = field(default_factory=dict)
    heads: dict[str, str] = field(default_factory=dict)
    liaisons: dict[str, str] = field(default_factory=dict)
    decided: list[Decided] = field(default_factory=list)
    registered: list[Document] = field(default_factory=list)
    files: FileStore | None = None
    _actors: dict[str, Actor] = field(default_factory=dict)

    async def assemble(self) -> None:
        """Learn who is who from what the contact list has made."""
        self.people = {row.name: row.id for row in (await self.session.scalars(select(Person))).all()}
        self.units = {row.name: row.id for row in (await self.session.scalars(select(Unit))).all()}
        names = {key: name for name, key in (*self.people.items(), *self.units.items())}
        seats = select(Appointment).where(col(Appointment.unit_id).is_not(None))
        for row in (await self.session.scalars(seats)).all():
            unit = names[row.unit_id] if row.unit_id else ""
            if row.role in ("unit_head", "responsible"):
                self.heads[unit] = names[row.person_id]
            if row.role == "liaison":
                self.liaisons[unit] = names[row.person_id]

    def ago(self, working_days: int, hour: int = 9) -> datetime:
        """This hour of the n-th working day before today; a story yields it to go on then."""
        return clock.at(self.calendar.before(self.today, working_days), hour)

    def day(self, working_days: int) -> date:
        """The n-th working day from today on, or before it."""
        if working_days < 0:
            return self.calendar.before(self.today, -working_days)
        return self.calendar.add(self.today, working_days).date

    async def do(self, who: str, service: Service[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        clock.freeze(clock.now() + timedelta(minutes=4))
        if who not in self._actors:
            self._actors[who] = await load_actor(self.session, self.people[who], "demo")
        work = Work(self.session, self.policy, self.calendar, clock.now())
        return await service(work, self._actors[who], *args, **kwargs)

    async def enter(
        self, clerk: str, noun: str, key: UUID, action: str, paper: PaperEntry,
        service: Callable[Concatenate[Work, Actor, UUID, P], Awaitable[T]], *args: P.args, **kwargs: P.kwargs,
    ) -> T:  # fmt: skip
        """A clerk enters what somebody did on paper (C20)."""

        async def entered(work: Work, actor: Actor) -> T:
            async def taken_by(signer: Actor) -> T:
                return await service(work, signer, key, *args, **kwargs)

            return await enter(work, actor, noun, key, action, paper, taken_by)

        return await self.do(clerk, entered)

    async def act(self, who: str, noun: str, row: Any, action: str, reason: str = "") -> None:
        await self.do(who, act, noun, row.id, action, reason)

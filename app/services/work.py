"""One unit of work: a write session with the policy in force, the working calendar and the moment of acting."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.adapters.wakeups import Wakeups, of_meeting
from app.core.clock import SHANGHAI, now
from app.core.refusals import NotFound
from app.core.workdays import WorkingCalendar
from app.models.base import Stateful
from app.models.engine import Database
from app.policy import Policy, PolicyStore
from app.queries.calendar import load_calendar
from app.queries.subjects import MODELS, Subject, load_subject
from app.queries.visibility import View, row_filter
from app.rules.roles import Actor

T = TypeVar("T", bound=Stateful)


@dataclass(slots=True)
class Work:
    """`topics`: what those who wait for live news are woken for once it is committed."""

    session: AsyncSession
    policy: Policy
    calendar: WorkingCalendar
    now: datetime
    topics: set[str] = field(default_factory=set)

    @property
    def day(self) -> date:
        return self.now.astimezone(SHANGHAI).date()

    def woken_by(self, subject: Subject) -> None:
        """Those who follow a meeting look at it again after a step of it, of an item or of an attendance."""
        row = subject.row
        if meeting_id := row.id if subject.noun == "meeting" else getattr(row, "meeting_id", None):
            self.topics.add(of_meeting(meeting_id))

    async def subject(self, noun: str, object_id: UUID, actor: Actor) -> Subject:
        """The subject, if the actor may see it; otherwise NotFound, as if it did not exist (A4.4).

        Its row is locked: of two clicks at once the second waits, and meets the matter as the first has left it. On
        SQLite a unit of work has the whole database to itself anyway.
        """
        model: Any = MODELS[noun]
        query = select(model).where(model.id == object_id, row_filter(View(actor, self.policy), model))
        row = await self.session.scalar(query.with_for_update(key_share=True, of=model))
        if row is None:
            raise NotFound()
        return await load_subject(self.session, noun, row)

    async def must_see(self, model: Any, object_id: UUID, actor: Actor) -> Any:
        """A row of any readable table, or NotFound."""
        query = select(model).where(model.id == object_id, row_filter(View(actor, self.policy), model))
        row = await self.session.scalar(query)
        if row is None:
            raise NotFound()
        return row


class Works:
    """Opens units of work on one database."""

    def __init__(self, db: Database, policies: PolicyStore | None = None, news: Wakeups | None = None) -> None:
        self.db = db
        self.policies = policies or PolicyStore()
        self.news = news or Wakeups()

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Work]:
        async with self.db.write() as session:
            policy = await self.policies.current(session)
            work = Work(session, policy, await load_calendar(session), now())
            yield work
        self.news.tell(work.topics)

"""What a resolver knows of the request: who asks, in which language, and loaders that gather what siblings ask for."""

from asyncio import Lock
from collections.abc import Awaitable, Callable, Hashable, Iterable, Sequence
from dataclasses import replace
from typing import Any

import strawberry
from sqlalchemy.ext.asyncio import AsyncSession
from strawberry.dataloader import DataLoader

from app.core.workdays import WorkingCalendar
from app.models.engine import Database
from app.queries.actors import load_actor
from app.queries.calendar import load_calendar
from app.queries.identity import identify
from app.queries.visibility import View
from app.rules.roles import Actor
from app.services import readings
from app.services.accounts import person_of_token
from app.services.work import Works

Loader = DataLoader[Any, Any]
Load = Callable[[list[Any]], Awaitable[Sequence[Any]]]


def chosen_language(header: str) -> str:
    """zh unless English is preferred; of several the first that is spoken here."""
    for part in header.lower().split(","):
        tag = part.partition(";")[0].strip()
        if tag.startswith(("zh", "en")):
            return tag[:2]
    return "zh"


class Context:
    """One request, or one operation of a socket. Nothing here outlives it."""

    def __init__(self, works: Works, token: str = "", language: str = "zh", origin: str = "") -> None:
        self.works = works
        self.language = language
        self.origin = origin
        self.connection_params: dict[str, Any] | None = None
        self._token = token
        self._lock = Lock()
        self._view: View | None = None
        self._calendar: WorkingCalendar | None = None
        self._loaders: dict[Hashable, Loader] = {}
        self._restricted: set[readings.Read] = set()

    @property
    def db(self) -> Database:
        return self.works.db

    @property
    def token(self) -> str:
        """The bearer token: of the request, or of the socket's first message."""
        given = self.connection_params or {}
        header = given.get("Authorization") or given.get("authorization")
        return bearer(header) if isinstance(header, str) else self._token

    def fresh(self) -> "Context":
        """The same asker, asked anew: for the next operation or event of a socket."""
        context = Context(self.works, self._token, self.language, self.origin)
        context.connection_params = self.connection_params
        return context

    async def actor_in(self, session: AsyncSession) -> Actor:
        person_id = await person_of_token(session, self.token) if self.token else None
        return await load_actor(session, person_id, self.origin)

    async def view(self) -> View:
        """Who asks, under the policy in force: asked once per operation."""
        async with self._lock:
            if self._view is None:
                self._view = await self._identified()
            return self._view

    async def _identified(self) -> View:
        """One statement tells the asker and the policy's version; the policy itself is read when it is a new one."""
        found = await identify(self.db, self.token)
        policy = self.works.policies.known(found.version)
        if policy is None:
            async with self.db.read() as session:
                policy = await self.works.policies.current(session)
        return View(replace(found.actor, origin=self.origin), policy)

    async def calendar(self) -> WorkingCalendar:
        if self._calendar is None:
            async with self.db.read() as session:
                self._calendar = await load_calendar(session)
        return self._calendar

    def saw(self, rows: Iterable[Any]) -> None:
        """Note the restricted matters among rows that are about to be shown (A4.4)."""
        self._restricted |= readings.restricted(rows)

    def saw_restricted(self, read: Iterable[readings.Read]) -> None:
        """Note restricted matters that are about to be shown, by noun, key and group."""
        self._restricted.update(read)

    async def record_readings(self) -> None:
        """Put on the trail which restricted matters this operation showed."""
        if self._restricted:
            await readings.record(self.works, (await self.view()).actor, self._restricted)
            self._restricted = set()

    def become(self, token: str) -> None:
        """After a sign-in the rest of the answer is read as the person who signed in."""
        self._token, self.connection_params = token, None
        self.forget()

    def forget(self) -> None:
        """After a mutation everything is read anew."""
        self._view = None
        self._loaders.clear()

    def loader(self, key: Hashable, load: Load, cache_key: Callable[[Any], Hashable] | None = None) -> Loader:
        """The loader of this name; `load` answers for many keys at once."""
        if key not in self._loaders:
            self._loaders[key] = DataLoader(load_fn=load, cache_key_fn=cache_key, max_batch_size=500)
        return self._loaders[key]

    def say(self, zh: str, en: str) -> str:
        return en if self.language == "en" else zh


def bearer(header: str) -> str:
    kind, _, token = header.partition(" ")
    return token.strip() if kind.lower() == "bearer" else ""


Info = strawberry.Info[Context, None]

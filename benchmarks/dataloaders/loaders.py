"""One request's context: who asks, and a loader for each relation, so that siblings are fetched together."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select
from sqlmodel import SQLModel
from strawberry.dataloader import DataLoader

from app.models.engine import Database
from app.policy import PolicyStore
from app.queries.actors import load_actor
from app.queries.visibility import View, visible_to
from app.services.accounts import person_of_token

Model = type[SQLModel]
Loader = DataLoader[UUID, Any]


class Context:
    def __init__(self, db: Database, policies: PolicyStore, token: str) -> None:
        self.db, self.policies, self.token = db, policies, token
        self.view: View
        self._loaders: dict[Any, Loader] = {}

    async def sign_in(self) -> None:
        async with self.db.read() as session:
            person_id = await person_of_token(session, self.token)
            self.view = View(await load_actor(session, person_id), await self.policies.current(session))

    async def rows(self, query: Select[Any]) -> Sequence[Any]:
        async with self.db.read() as session:
            return (await session.scalars(query)).all()

    def seen(self, model: Model) -> Select[Any]:
        """All rows of a table that the asker may see."""
        return visible_to(self.view, model)

    async def one(self, model: Model, key: UUID | None) -> Any:
        return await self._loader(model, lambda: self._by_key(model)).load(key) if key else None

    async def many(self, model: Model, column: str, key: UUID, *by: str) -> list[Any]:
        found: list[Any] = await self._loader((model, column), lambda: self._by_column(model, column, by)).load(key)
        return found

    def _loader(self, name: Any, make: Callable[[], Loader]) -> Loader:
        if name not in self._loaders:
            self._loaders[name] = make()
        return self._loaders[name]

    def _by_key(self, model: Any) -> Loader:
        async def load(keys: list[UUID]) -> list[Any]:
            found = {row.id: row for row in await self.rows(self.seen(model).where(model.id.in_(keys)))}
            return [found.get(key) for key in keys]

        return DataLoader(load)

    def _by_column(self, model: Any, column: str, by: tuple[str, ...]) -> Loader:
        named = getattr(model, column)
        order = [getattr(model, name) for name in (*by, "id")]

        async def load(keys: list[UUID]) -> list[Any]:
            grouped = defaultdict(list)
            for row in await self.rows(self.seen(model).where(named.in_(keys)).order_by(*order)):
                grouped[getattr(row, column)].append(row)
            return [grouped[key] for key in keys]

        return DataLoader(load)

"""The root, the limits that come with Strawberry, and the ASGI app."""

import os
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import orjson
import strawberry
from strawberry.asgi import GraphQL
from strawberry.extensions import MaxAliasesLimiter, MaxTokensLimiter, QueryDepthLimiter
from strawberry.schema.config import StrawberryConfig

from app.models import matters, records
from app.models.engine import Database
from app.policy import PolicyStore
from app.queries.visibility import own_tasks
from benchmarks.dataloaders import types
from benchmarks.dataloaders.loaders import Context
from benchmarks.dataloaders.types import Info, Meeting, Motion, Node, Task
from schema.ids import need, pack, unpack
from schema.scalars import SCALARS

MODELS: dict[str, Any] = {"Meeting": matters.Meeting, "Motion": matters.Motion}


@strawberry.type
class PageInfo:
    has_next_page: bool
    end_cursor: str | None


@strawberry.type
class MotionPage:
    nodes: list[Motion]
    page_info: PageInfo


@strawberry.type
class MeetingPage:
    nodes: list[Meeting]


@strawberry.type
class TaskPage:
    nodes: list[Task]


@strawberry.input
class MeetingFilter:
    group: strawberry.ID


async def _page(info: Info, model: Any, first: int, after: str | None, *where: Any) -> tuple[Sequence[Any], PageInfo]:
    query = info.context.seen(model).where(*where)
    if after:
        query = query.where(model.id < UUID((unpack(after) or ("", ""))[1]))
    rows = await info.context.rows(query.order_by(model.id.desc()).limit(first + 1))
    page = rows[:first]
    return page, PageInfo(has_next_page=len(rows) > first, end_cursor=pack("c", page[-1].id) if page else None)


@strawberry.type
class Viewer:
    @strawberry.field
    def id(self, info: Info) -> strawberry.ID:
        return strawberry.ID(pack("Person", info.context.view.actor.person_id))

    @strawberry.field
    def name(self, info: Info) -> str:
        return info.context.view.actor.name

    @strawberry.field
    async def tasks(self, info: Info, first: int = 20) -> TaskPage:
        table: Any = records.Task
        query = info.context.seen(table).where(own_tasks(info.context.view), table.closed_at.is_(None))
        rows: Any = await info.context.rows(query.order_by(table.id).limit(first))
        return TaskPage(nodes=rows)


@strawberry.type
class Query:
    @strawberry.field
    def viewer(self) -> Viewer:
        return Viewer()

    @strawberry.field
    async def node(self, info: Info, id: strawberry.ID) -> Node | None:
        name = (unpack(id) or ("", ""))[0]
        found: Node | None = await info.context.one(MODELS[name], need(name, id))
        return found

    @strawberry.field
    async def motions(self, info: Info, first: int = 20, after: str | None = None) -> MotionPage:
        rows, page_info = await _page(info, matters.Motion, first, after)
        nodes: Any = rows
        return MotionPage(nodes=nodes, page_info=page_info)

    @strawberry.field
    async def meetings(self, info: Info, first: int = 20, filter: MeetingFilter | None = None) -> MeetingPage:
        table: Any = matters.Meeting
        where = [table.group_id == need("Group", filter.group)] if filter else []
        nodes: Any = (await _page(info, table, first, None, *where))[0]
        return MeetingPage(nodes=nodes)


class Endpoint(GraphQL[Context, None]):
    def __init__(self, schema: strawberry.Schema, db: Database) -> None:
        super().__init__(schema, graphql_ide=None)
        self.db, self.policies = db, PolicyStore()

    async def get_context(self, request: Any, response: Any) -> Context:
        context = Context(self.db, self.policies, request.headers.get("authorization", "")[7:])
        await context.sign_in()
        return context

    def encode_json(self, data: object) -> bytes:
        return orjson.dumps(data)


def create() -> Any:
    kinds = [getattr(types, name) for name in ("Opinion", "Document", "Attendance", "Directive", "AgendaItem")]
    depth, aliases, tokens = (
        QueryDepthLimiter(max_depth=16),
        MaxAliasesLimiter(max_alias_count=40),
        MaxTokensLimiter(3000),
    )
    limits: list[Any] = [lambda: depth, lambda: aliases, lambda: tokens]
    schema = strawberry.Schema(Query, types=kinds, extensions=limits, config=StrawberryConfig(scalar_map=SCALARS))
    graphql = Endpoint(schema, Database(os.environ["BENCHMARK_DATABASE"]))

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            await receive()
            await send({"type": "lifespan.startup.complete"})
            await receive()
            await send({"type": "lifespan.shutdown.complete"})
        else:
            await graphql(scope, receive, send)

    return app

"""The GraphQL schema and its endpoint: a door to app.queries and app.services that knows no rule of its own."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any
from uuid import UUID

import strawberry
from strawberry.schema.config import StrawberryConfig

from app.services.work import Works
from schema.http import Endpoint
from schema.mutation import Mutation
from schema.nodes import TYPES
from schema.payloads import REFUSALS
from schema.planned import Planner, explain
from schema.planned.payloads import Executor
from schema.prepared import Library
from schema.query import Query
from schema.scalars import SCALARS
from schema.subscription import Subscription


@cache
def build_schema() -> strawberry.Schema:
    """The schema, the same for every endpoint: it is never changed."""
    return strawberry.Schema(
        Query,
        Mutation,
        Subscription,
        types=[*TYPES.values(), *REFUSALS],
        execution_context_class=Executor,
        config=StrawberryConfig(scalar_map=SCALARS),
    )


def graphql_app(
    works: Works, *, explorer: bool = False, only_trusted: bool = False, wake: Callable[[], None] | None = None
) -> Endpoint:
    """The ASGI app for /graphql. `explorer`: introspection and the explorer page, for demonstrations only.
    `only_trusted`: no document is let in that was not registered. `wake` is called after each mutation."""
    schema = build_schema()
    plan = Planner(schema._schema, works)
    return Endpoint(schema, works, explorer=explorer, only_trusted=only_trusted, plan=plan, wake=wake)


async def explained(
    works: Works, text: str, variables: Mapping[str, Any], person_id: UUID | None, language: str
) -> str:
    """How this person's query would be answered: SQL, parameters, the database's plan."""
    return await explain.explained(build_schema()._schema, works, text, variables, person_id, language)


def faults_of(text: str) -> list[str]:
    """Why this document would not be executed, whatever its variables; empty where it would."""
    return Library(build_schema()._schema, open_schema=False).faults(text)


def sdl() -> str:
    """The published text of the schema."""
    return build_schema().as_str() + "\n"


__all__ = ["build_schema", "faults_of", "graphql_app", "sdl"]

"""The GraphQL schema and its endpoint: a door to app.queries and app.services that knows no rule of its own."""

import strawberry
from strawberry.extensions import DisableIntrospection, SchemaExtension
from strawberry.schema.config import StrawberryConfig

from app.services.work import Works
from schema.context import PerOperation
from schema.errors import Errors
from schema.limits import Limits
from schema.mutation import Mutation
from schema.nodes import TYPES
from schema.payloads import REFUSALS
from schema.query import Query
from schema.subscription import Subscription
from schema.web import Endpoint


def build_schema(*, explorable: bool = False) -> strawberry.Schema:
    """The schema. Explorable: introspection and suggestions are on."""
    extensions: list[type[SchemaExtension]] = [PerOperation, Errors, Limits]
    if not explorable:
        extensions.append(DisableIntrospection)
    return strawberry.Schema(
        Query,
        Mutation,
        Subscription,
        types=[*TYPES.values(), *REFUSALS],
        extensions=extensions,
        config=StrawberryConfig(disable_field_suggestions=not explorable),
    )


def graphql_app(works: Works, *, explorer: bool = False) -> Endpoint:
    """The ASGI app for /graphql. `explorer`: introspection and the explorer page, for demonstrations only."""
    return Endpoint(build_schema(explorable=explorer), works, explorer=explorer)


def sdl() -> str:
    """The published text of the schema."""
    return build_schema().as_str() + "\n"


__all__ = ["build_schema", "graphql_app", "sdl"]

"""Payloads of mutations and events of subscriptions: what they select of a row is one statement too, after the commit.

Strawberry runs the operation; where a resolver hands over what is finished already, nothing below it is resolved again.
"""

from functools import lru_cache
from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary

import orjson
from graphql import GraphQLError
from graphql.execution.values import VariableValues
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from app.core.refusals import Refused
from app.queries.planner.given import Sight, Terms, falling, moment_values
from app.queries.planner.shapes import Rows, Source, Unplannable
from app.queries.planner.statement import Statement, statement
from app.queries.planner.values import of_column
from app.queries.visibility import View
from app.services.work import Works
from schema.context import Context, Info
from schema.declare import Model
from schema.planned.askers import MAX_KINDS, Askers, Known
from schema.planned.builder import Builder
from schema.planned.making import made, worked_out
from schema.planned.selection import Selections
from schema.reading import one

_ASKERS: WeakKeyDictionary[Works, Askers] = WeakKeyDictionary()


class Finished:
    """An object as it goes out, its fields under the names that were asked for."""

    def __init__(self, value: dict[str, Any]) -> None:
        self.value = value


class Executor(StrawberryGraphQLCoreExecutionContext):
    """Executes as ever, but leaves alone what is finished."""

    def complete_value(
        self, return_type: Any, field_details_list: Any, info: Any, path: Any, result: Any, position_context: Any
    ) -> Any:
        if type(result) is Finished:
            return result.value
        return super().complete_value(return_type, field_details_list, info, path, result, position_context)


async def payload(info: Info, model: Model, key: UUID) -> Any:
    """The row as selected, or the row itself where no plan can be made; None where it may not be seen."""
    try:
        return await _planned(info.context, info._raw_info, model, key)
    except (Unplannable, GraphQLError, Refused):
        return await one(info.context, model, key)


async def newest(context: Context, model: Model, most: int) -> list[UUID]:
    """The keys of the newest rows that may be seen, the oldest of them first."""
    known = _known(context, await context.view())
    asked = _newest(known.sight, model, most, context.db.is_sqlite)
    said = await context.db.reader.value(asked.text, asked.arguments({**known.values, **moment_values()}))
    return [UUID(row["id"]) for row in reversed(orjson.loads(said))]


@lru_cache(maxsize=MAX_KINDS)
def _newest(sight: Sight, model: Model, most: int, lite: bool) -> Statement:
    table = Terms(sight, "").table(model)
    source = Source(table, (sight.filter(model, 0),), (falling(table.c.id),), most)
    return statement(Rows((("id", of_column(table.c.id)),), source), lite)


def _known(context: Context, view: View) -> Known:
    """With those of the same kind they share what was made for it."""
    askers = _ASKERS.get(context.works)
    if askers is None:
        askers = _ASKERS[context.works] = Askers(context.works.policies, context.db.is_sqlite)
    return askers.of(view)


async def _planned(context: Context, raw: Any, model: Model, key: UUID) -> Finished | None:
    known = _known(context, await context.view())
    fragments = {name: getattr(each, "definition", each) for name, each in raw.fragments.items()}
    selections = Selections(raw.schema, fragments, VariableValues({}, raw.variable_values))
    builder = Builder(raw.schema, selections, known.sight, context.language)
    terms = builder.terms.deeper()
    wanted = builder.give("uuid", lambda _values: key)
    shape, fix = builder.one(model, terms, raw.field_nodes, terms.table(model).c.id == wanted)
    plan = made(builder, shape, fix, context.db.is_sqlite, payload=True)
    moment = moment_values()
    arguments = plan.arguments({**known.values, **moment}, raw.variable_values)
    row = await context.db.reader.row(plan.statement.text, arguments)
    value = worked_out(plan, row, known, context, moment)
    return None if value is None else Finished(value)

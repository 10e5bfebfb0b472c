"""Payloads of mutations and events of subscriptions: what they select of a row is one statement too, after the commit.

Strawberry runs the operation; where a resolver hands over what is finished already, nothing below it is resolved again.
"""

from typing import Any
from uuid import UUID

from graphql import GraphQLError
from graphql.execution.values import VariableValues
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from app.core.refusals import Refused
from app.queries.planner.given import moment_values
from app.queries.planner.shapes import Unplannable
from schema.context import Context, Info
from schema.declare import Model
from schema.planned.askers import Askers
from schema.planned.builder import Builder
from schema.planned.making import made, worked_out
from schema.planned.selection import Selections
from schema.reading import one


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


async def _planned(context: Context, raw: Any, model: Model, key: UUID) -> Finished | None:
    known = Askers(context.works.policies, context.db.is_sqlite).of(await context.view())
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

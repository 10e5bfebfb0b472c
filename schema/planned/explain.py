"""How a query is answered, for people: the statement, its parameters, and the plan that the database makes of it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from graphql import GraphQLSchema

from app.queries.actors import load_actor
from app.queries.planner.given import moment_values
from app.queries.visibility import View
from app.services.work import Works
from schema.errors import NotExecuted
from schema.planned.planner import Planner
from schema.planned.plans import NoPlan, Plan
from schema.prepared import Library


async def explained(
    schema: GraphQLSchema, works: Works, text: str, variables: Mapping[str, Any], person_id: UUID | None, language: str
) -> str:
    """All of it as text; or why there is nothing to explain."""
    try:
        prepared = Library(schema, open_schema=True).prepare(text)
    except NotExecuted as refused:
        return "\n".join(f"refused: {error.message}" for error in refused.errors)
    planner = Planner(schema, works)
    request = planner.request(prepared, variables)
    if prepared.kind != "query" or request is None:
        return "Only a query with the variables that it declares can be explained."
    async with works.db.read() as session:
        view = View(await load_actor(session, person_id), await works.policies.current(session))
    known = planner.askers.of(view)
    plan = planner.plan(prepared, request, known, language)
    if isinstance(plan, NoPlan):
        return f"Left to the resolvers: {plan.because}."
    arguments = plan.arguments({**known.values, **moment_values()}, request.values)
    return await _told(works, plan, arguments)


async def _told(works: Works, plan: Plan, arguments: list[Any]) -> str:
    statement = plan.statement
    named = zip(statement.names, arguments, strict=True)
    lines = [statement.text, ""]
    lines += [f"{place} {name} ({kind}): {value}" for place, ((name, kind), value) in enumerate(named, start=1)]
    if plan.spoken is not None:
        lines.append("Answered from the parameters alone, without this statement.")
    if plan.fix is not None:
        lines.append("Some fields are worked out in Python from what the statement brings.")
    return "\n".join([*lines, "", *await works.db.reader.explain(statement.text, arguments)])

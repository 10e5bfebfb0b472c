"""The way from a request to its answer: who asks, which plan, one statement, bytes."""

import logging
from collections import Counter
from collections.abc import Mapping
from typing import Any, Protocol

import orjson
from graphql import DocumentNode, GraphQLError, GraphQLObjectType, GraphQLSchema, OperationDefinitionNode

from app.core.bounded import Bounded
from app.core.refusals import Refused
from app.queries.planner.given import Sight, moment_values, viewer_values
from app.queries.planner.shapes import Thing, Unplannable
from app.queries.planner.statement import statement
from app.queries.planner.values import Json
from app.queries.visibility import View
from app.services.work import Works
from schema.context import Context
from schema.planned.asides import ASIDES, groups_of, read_asides
from schema.planned.builder import Builder
from schema.planned.computed import Run
from schema.planned.filters import OtherShape
from schema.planned.plans import NoPlan, Plan, kind_of_asker
from schema.planned.readings import guarded, noted
from schema.planned.roots import Roots, seats_of
from schema.planned.selection import Selections
from schema.planned.variables import Request, Variables

logger = logging.getLogger("yishi.graphql")
FAULT = "fault"
REFUSED = NoPlan("error")
MAX_PLANS, MAX_SIGHTS, ROOM = 2000, 200, 10**9


class Prepared(Protocol):
    """A document that has been parsed, validated and measured, and the operation of it that is meant."""

    @property
    def digest(self) -> str: ...

    @property
    def document(self) -> DocumentNode: ...

    @property
    def operation(self) -> OperationDefinitionNode: ...

    @property
    def kind(self) -> str: ...

    @property
    def name(self) -> str | None: ...


class Planner:
    """Answers queries of one schema on one database. `fallen_back` counts by reason what it left to the resolvers."""

    def __init__(self, schema: GraphQLSchema, works: Works) -> None:
        self.schema = schema
        self.works = works
        self.fallen_back: Counter[str] = Counter()
        self.marked = False
        self._plans: Bounded[Any, Plan | NoPlan] = Bounded(MAX_PLANS, ROOM)
        self._sights: Bounded[Any, Sight] = Bounded(MAX_SIGHTS, ROOM)
        self._variables: Bounded[Any, Variables] = Bounded(MAX_PLANS, ROOM)

    async def __call__(self, prepared: Prepared, variables: Mapping[str, Any], context: Context) -> bytes | None:
        """The whole answer, or None for what is left to the resolvers."""
        if prepared.kind != "query":
            return None
        request = self._request(prepared, variables)
        if request is None:
            return None
        view = await context.view()
        plan = self._plan(prepared, request, view, context.language)
        if isinstance(plan, NoPlan):
            self._leave(plan.because)
            return None
        try:
            return await self._run(plan, prepared, request, context, view)
        except (GraphQLError, Refused):
            self._leave("error")
        except OtherShape:
            self._leave("form")
        return None

    def _leave(self, because: str) -> None:
        """To the resolvers, and say so: of what they answer often, a plan should be made possible."""
        self.fallen_back[because] += 1
        logger.info("not planned: %s", because)

    def _request(self, prepared: Prepared, variables: Mapping[str, Any]) -> Request | None:
        key = (prepared.digest, prepared.name)
        known = self._variables.get(key)
        if known is None:
            known = Variables(self.schema, prepared.operation)
            self._variables.put(key, known)
        return known.read(variables)

    def _sight(self, view: View) -> Sight:
        key = kind_of_asker(view)
        found = self._sights.get(key)
        if found is None:
            found = Sight(view)
            self._sights.put(key, found)
        return found

    def _plan(self, prepared: Prepared, request: Request, view: View, language: str) -> Plan | NoPlan:
        key = (prepared.digest, prepared.name, request.form, kind_of_asker(view), language, self.marked)
        found = self._plans.get(key)
        if found is None:
            found = self.plan(prepared, request, view, language)
            if found is not REFUSED:
                self._plans.put(key, found)
        return found

    def plan(self, prepared: Prepared, request: Request, view: View, language: str) -> Plan | NoPlan:
        """Made anew; whoever wants to look at it may ask too."""
        selections = Selections(self.schema, prepared.document, request.coerced)
        builder = Builder(self.schema, selections, request, self._sight(view), language, self.marked)
        root = self.schema.query_type
        assert isinstance(root, GraphQLObjectType)  # a schema has one
        try:
            shape, fix = Roots(builder).whole(root, selections.of(root, [prepared.operation.selection_set]))
            whole: Json = shape
            if builder.notes.asides:
                beside = tuple((name, ASIDES[name]()) for name in sorted(builder.notes.asides))
                whole = Thing((("answer", shape), *beside))
            made = statement(guarded(whole, builder.notes.models, self.marked), self.works.db.is_sqlite)
        except (Unplannable, GraphQLError) as error:
            return NoPlan(str(error))
        except Refused:  # these values; others of the same form may have a plan
            return REFUSED
        except Exception:  # a fault of ours, which the resolvers need not share
            logger.exception("a query could not be planned")
            return NoPlan(FAULT)
        binds = tuple((name, bind) for name, (_, bind) in builder.notes.binds.items())
        return Plan(made, binds, fix, bool(builder.notes.asides))

    async def _run(
        self, plan: Plan, prepared: Prepared, request: Request, context: Context, view: View
    ) -> bytes | None:
        found: bytes | None = await self._ask(plan, request, view)
        if found is None:  # restricted matters have come into this installation: from now on they are marked
            self.marked = True
            again = self._plan(prepared, request, view, context.language)
            assert isinstance(again, Plan)  # it was possible without the marks
            plan, found = again, await self._ask(again, request, view)
        if self.marked:
            found = noted(found, context)
        if plan.fix is not None:
            found = _fixed(plan, found, Run(view, context.language))
        return b'{"data":' + found + b"}"

    async def _ask(self, plan: Plan, request: Request, view: View) -> bytes:
        arguments = plan.arguments(standing(view), request.values)
        return await self.works.db.reader.value(plan.statement.text, arguments)


def standing(view: View) -> dict[str, Any]:
    """The parameters that every plan can use: who asks, and when."""
    said = {"name": view.actor.name, "seats": seats_of(view), "groups": groups_of(view)}
    return {**viewer_values(view), **moment_values(), **said}


def _fixed(plan: Plan, found: bytes, run: Run) -> bytes:
    assert plan.fix is not None  # the caller has looked
    answer = orjson.loads(found)
    if plan.beside:
        read_asides(answer, run)
        answer = answer["answer"]
    return orjson.dumps(plan.fix(answer, run))

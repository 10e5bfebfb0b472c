"""The way from a request to its answer: who asks, which plan, one statement, bytes."""

import logging
from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from graphql import DocumentNode, GraphQLError, GraphQLObjectType, GraphQLSchema, OperationDefinitionNode

from app.core.bounded import Bounded
from app.core.refusals import Refused
from app.models.readers import Asked
from app.queries.identity import hash_of
from app.queries.planner.given import moment_values
from app.queries.planner.shapes import Unplannable
from app.services.work import Works
from schema.context import Context
from schema.planned.askers import Askers, Heard, Known
from schema.planned.builder import Builder
from schema.planned.filters import OtherShape
from schema.planned.making import finished, made
from schema.planned.plans import OFTEN, NoPlan, Plan
from schema.planned.roots import Roots
from schema.planned.selection import Selections, fragments_of
from schema.planned.variables import Request, Variables

logger = logging.getLogger("yishi.graphql")
FAULT = "fault"
REFUSED = NoPlan("error")
MAX_PLANS, ROOM = 2000, 10**9


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


@dataclass(slots=True)
class Way:
    """One request on its way: what was found out of it so far."""

    prepared: Prepared
    request: Request
    language: str
    moment: Mapping[str, Any]
    known: Known | None = None
    plan: Plan | NoPlan | None = None
    said: bytes | None = None


class Planner:
    """Answers queries of one schema on one database. `fallen_back` counts by reason what it left to the resolvers."""

    def __init__(self, schema: GraphQLSchema, works: Works) -> None:
        self.schema = schema
        self.works = works
        self.askers = Askers(works.policies, works.db.is_sqlite)
        self.fallen_back: Counter[str] = Counter()
        self._plans: Bounded[Any, Plan | NoPlan] = Bounded(MAX_PLANS, ROOM)
        self._variables: Bounded[Any, Variables] = Bounded(MAX_PLANS, ROOM)

    async def __call__(self, prepared: Prepared, variables: Mapping[str, Any], context: Context) -> bytes | None:
        """The whole answer, or None for what is left to the resolvers."""
        if prepared.kind != "query":
            return None
        request = self.request(prepared, variables)
        if request is None:
            return None
        way = Way(prepared, request, context.language, moment_values())
        try:
            found = await self._asked(way, context)
        except (GraphQLError, Refused):
            self._leave("error")
            return None
        except OtherShape:
            self._leave("form")
            return None
        plan = way.plan
        if not isinstance(plan, Plan):
            self._leave(plan.because if plan else "policy")
            return None
        if found is None:
            return way.said
        assert way.known is not None  # there is a plan
        return finished(plan, found, way.known, context, way.moment)

    async def _asked(self, way: Way, context: Context) -> Any:
        """The database's answer, a row; None where it was not needed or could not be asked."""
        reader, token = self.works.db.reader, hash_of(context.token)
        heard, said = self.askers.heard(token), None
        who = self.askers.asks(heard)
        guess = self._guess(way, token, heard) if heard is not None and heard.asked is who else None
        if guess is not None:
            said, *found = await reader.row(*guess)
            if heard is not None and said == heard.said:
                return found
        if said is None:
            said = await reader.value(who.text, who.arguments({"token": token, **way.moment}))
        same = heard is not None and said == heard.said and self.askers.in_force(heard.known)
        known = heard.known if same and heard is not None else self.askers.hear(token, who, said)
        if known is None:  # there is more to know of him, or the policy is a new one
            known = self.askers.of(await context.view())
        asked = self._next(way, known)
        return None if asked is None else await reader.row(*asked)

    def _guess(self, way: Way, token: str, heard: Heard) -> Asked | None:
        """He who bore this token in the last request will be the same, as a rule. So who asks and his answer are asked
        for together; and the answer is used only if the database said of him, in that very row, what it said before."""
        plan = self._plans.get(self._key(way, heard.known))
        if not isinstance(plan, Plan) or plan.spoken is not None or plan.used < OFTEN:
            return None
        way.known, way.plan = heard.known, plan
        standing = {"token": token, **heard.known.values, **way.moment}
        return plan.asked_with(heard.asked, standing, way.request.values)

    def _next(self, way: Way, known: Known) -> Asked | None:
        """Now that it is known who asks: the statement of the answer."""
        way.known = known
        plan = way.plan = self._plan(way, known)
        if isinstance(plan, NoPlan):
            return None
        plan.used += 1
        if plan.spoken is not None:
            way.said = known.answer(plan, plan.spoken)
            return None
        return plan.statement.text, plan.arguments({**known.values, **way.moment}, way.request.values)

    def _leave(self, because: str) -> None:
        """To the resolvers, and say so: of what they answer often, a plan should be made possible."""
        self.fallen_back[because] += 1
        logger.info("not planned: %s", because)

    def request(self, prepared: Prepared, variables: Mapping[str, Any]) -> Request | None:
        """The variables as a plan looks at them; None where they are not what the operation declares."""
        key = (prepared.digest, prepared.name)
        known = self._variables.get(key)
        if known is None:
            known = Variables(self.schema, prepared.operation)
            self._variables.put(key, known)
        return known.read(variables)

    def _key(self, way: Way, known: Known) -> Hashable:
        return (way.prepared.digest, way.prepared.name, way.request.form, known.sight, way.language)

    def _plan(self, way: Way, known: Known) -> Plan | NoPlan:
        key = self._key(way, known)
        found = self._plans.get(key)
        if found is None:
            found = self.plan(way.prepared, way.request, known, way.language)
            if found is not REFUSED:
                self._plans.put(key, found)
        return found

    def plan(self, prepared: Prepared, request: Request, known: Known, language: str) -> Plan | NoPlan:
        """Made anew; whoever wants to look at it may ask too."""
        selections = Selections(self.schema, fragments_of(prepared.document), request.coerce())
        builder = Builder(self.schema, selections, known.sight, language)
        root = self.schema.query_type
        assert isinstance(root, GraphQLObjectType)  # a schema has one
        try:
            shape, fix = Roots(builder).whole(root, selections.of(root, [prepared.operation.selection_set]))
            return made(builder, shape, fix, self.works.db.is_sqlite)
        except (Unplannable, GraphQLError) as error:
            return NoPlan(str(error))
        except Refused:  # these values; others of the same form may have a plan
            return REFUSED
        except Exception:  # a fault of ours, which the resolvers need not share
            logger.exception("a query could not be planned")
            return NoPlan(FAULT)

"""From what was asked to the bytes of the answer: prepared document, variables, plan or execution."""

import logging
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from inspect import isawaitable
from typing import Any

import orjson
import strawberry
from graphql import ExecutionResult, execute, subscribe
from strawberry.execution import optimized_is_awaitable

from schema.context import Context
from schema.errors import NotExecuted, as_error, coded, formatted
from schema.http.asked import Asked
from schema.http.persisted import Persisted
from schema.http.tally import Tally
from schema.limits import MAX_COST
from schema.prepared import Library, Prepared

# Answers from one statement: the whole answer's bytes, or None for what it leaves to the resolvers, variables that are
# not of their types among it.
Plan = Callable[[Prepared, Mapping[str, Any], Context], Awaitable[bytes | None]]
Wake = Callable[[], None]
logger = logging.getLogger("yishi.graphql")
_QUICK: dict[str, Any] = {"is_awaitable": optimized_is_awaitable}


class Pipeline:
    """One schema, ready to answer. `plan` is asked first; `wake` is called after each mutation."""

    def __init__(
        self, schema: strawberry.Schema, library: Library, persisted: Persisted, plan: Plan | None, wake: Wake | None
    ):
        self.library = library
        self.persisted = persisted
        self.plan = plan
        self.wake = wake
        self.tally = Tally()
        self.executor: dict[str, Any] = {
            "executor_class": schema.execution_context_class,
            "hide_suggestions": library.hide,
            "operation_extensions": None,
        }

    def metrics(self) -> str:
        """What was answered, and what the planner left to the resolvers."""
        return self.tally.text(getattr(self.plan, "fallen_back", {}))

    async def prepare(self, asked: Asked) -> Prepared:
        """What is to be executed; raises NotExecuted where something stands in the way."""
        text = await self.persisted.text(asked)
        prepared = self.library.prepare(text, asked.operation)
        self.persisted.keep(asked, text)
        prepared.check(asked.variables)
        return prepared

    async def answer(self, prepared: Prepared, asked: Asked, context: Context) -> bytes:
        """A query or a mutation, executed."""
        if prepared.kind == "subscription":
            raise NotExecuted(
                coded("Subscribe over a socket or with Accept: text/event-stream.", "SUBSCRIPTION_REFUSED")
            )
        try:
            body, by = await self._planned(prepared, asked.variables, context), "plan"
            if body is None:
                body, by = await self._execute(prepared, asked.variables, context), "resolvers"
            self.tally.answers[prepared.kind, by] += 1
            await context.record_readings()
        finally:
            if prepared.kind == "mutation" and self.wake is not None:
                self.wake()
        return _with_cost(body, prepared, asked) if asked.extensions.get("cost") is True else body

    async def _planned(self, prepared: Prepared, variables: Mapping[str, Any], context: Context) -> bytes | None:
        """A query that the planner stumbles over is answered all the same: the resolvers are another way."""
        if self.plan is None:
            return None
        try:
            return await self.plan(prepared, variables, context)
        except Exception:
            if prepared.kind != "query":
                raise
            logger.exception("a plan failed; the resolvers answer instead")
            return None

    async def _execute(self, prepared: Prepared, variables: Mapping[str, Any], context: Context) -> bytes:
        self.library.coerce(prepared, variables)
        result = execute(
            self.library.schema,
            prepared.document,
            context_value=context,
            variable_values=dict(variables),
            operation_name=prepared.name,
            **self.executor,
            **_QUICK,
        )
        return result_bytes(await result if isawaitable(result) else result)

    async def events(self, prepared: Prepared, asked: Asked, context: Context) -> AsyncGenerator[bytes, None]:
        """The answers of a subscription as they come; of anything else its one answer."""
        if prepared.kind != "subscription":
            yield await self.answer(prepared, asked, context)
            return
        self.library.coerce(prepared, asked.variables)
        source = subscribe(
            self.library.schema,
            prepared.document,
            context_value=context,
            variable_values=dict(asked.variables),
            operation_name=prepared.name,
            **self.executor,
        )
        found = await source if isawaitable(source) else source
        if isinstance(found, ExecutionResult):
            raise NotExecuted(*(found.errors or ()))
        try:
            async for result in found:
                self.tally.answers["subscription", "resolvers"] += 1
                yield result_bytes(result)
                await context.record_readings()
        except Exception as error:
            raise NotExecuted(as_error(error)) from error
        finally:
            await found.aclose()  # type: ignore[attr-defined]


def result_bytes(result: ExecutionResult) -> bytes:
    """Errors first, where there are any, so that they are seen."""
    whole: dict[str, Any] = {"errors": formatted(result.errors)} if result.errors else {}
    return as_json({**whole, "data": result.data})


def as_json(value: Any) -> bytes:
    try:
        return orjson.dumps(value)
    except TypeError:  # half of a surrogate pair, which is no text
        return orjson.dumps(_mended(value))


def _mended(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {_mended(key): _mended(each) for key, each in value.items()}
    return [_mended(each) for each in value] if isinstance(value, list) else value


def _with_cost(body: bytes, prepared: Prepared, asked: Asked) -> bytes:
    """The answer with what it was estimated to cost; reported because the request asked for it."""
    weight = prepared.weigh(asked.variables)
    cost = {"estimated": weight.cost, "most": MAX_COST, "depth": weight.depth}
    return body[:-1] + b',"extensions":' + orjson.dumps({"cost": cost}) + b"}"

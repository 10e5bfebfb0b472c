"""How a mutation runs: identify the actor, one unit of work, call the service, commit, then read what was selected."""

import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass, replace
from functools import cache
from typing import Annotated, Any, get_type_hints
from uuid import UUID

import orjson
import strawberry
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.refusals import Conflict, Refused, invalid
from app.models.idempotency import Idempotency
from app.queries.subjects import MODELS
from app.rules.roles import Actor
from app.services.from_paper import enter
from app.services.secrecy import tell_officer
from app.services.work import Work
from schema.context import Info
from schema.declare import Model
from schema.ids import need
from schema.naming import camel
from schema.nodes import BY_MODEL
from schema.paper import paper_of, step_on_paper, with_paper
from schema.payloads import Acted, answer
from schema.payloads import payload as union_of
from schema.planned.payloads import payload

Call = Callable[[Work, Actor, Any], Awaitable[Any]]
MAX_KEY = 100


@strawberry.input(description="What every act can carry.")
class Act:
    idempotency_key: str | None = strawberry.field(
        default=None, description="A key of the client's own: the same key of the same person acts only once."
    )


@dataclass(frozen=True, slots=True)
class Mutation:
    """One mutation: `call` does the act and names the row of `model` that it was about. `on_paper`: the step of a table
    that a clerk can enter from paper by it (C20)."""

    name: str
    model: Model
    says: str
    given: type
    call: Call
    on_paper: tuple[str, str] | None = None


@cache
def payload_of(model: Model) -> Any:
    return union_of(BY_MODEL[model])


MUTATIONS: dict[str, Mutation] = {}


def declare(mutation: Mutation) -> None:
    if mutation.name in MUTATIONS:
        raise ValueError(f"two mutations are called {mutation.name}")
    if step := step_on_paper(mutation.name):
        mutation = replace(mutation, given=with_paper(mutation.given), on_paper=step)
    MUTATIONS[mutation.name] = mutation


def mutation(model: Model, says: str) -> Callable[[Call], Call]:
    """The function's name names the mutation, the type of its last argument is the input."""

    def register(call: Any) -> Any:
        name = camel(call.__name__)
        declare(Mutation(name, model, says, _own_input(name, get_type_hints(call)["given"]), call))
        return call

    return register


def _own_input(name: str, given: Any) -> type:
    """Each mutation has an input of its own name, so that it can grow apart from its siblings."""
    wanted = f"{name[:1].upper()}{name[1:]}Input"
    if given.__name__ == wanted:
        return given  # type: ignore[no-any-return]
    said = given.__strawberry_definition__.description
    return strawberry.input(type(wanted, (given,), {}), description=said)


def fingerprint(name: str, given: Any) -> str:
    """Of the operation and its input: whoever repeats a key must ask for the same."""
    content = {key: value for key, value in asdict(given).items() if key != "idempotency_key"}
    return hashlib.sha256(name.encode() + orjson.dumps(content, default=str, option=orjson.OPT_SORT_KEYS)).hexdigest()


async def _earlier(session: AsyncSession, actor: Actor, act: Mutation, given: Any) -> UUID | None:
    """The row of the first act under this key."""
    key = given.idempotency_key
    if not key or actor.person_id is None:
        return None
    if len(key) > MAX_KEY:
        raise invalid("idempotencyKey", f"幂等键最多{MAX_KEY}个字符。", f"A key has at most {MAX_KEY} characters.")
    table: Any = Idempotency
    row = await session.scalar(select(table).where(table.person_id == actor.person_id, table.key == key))
    if row is not None and row.fingerprint != fingerprint(act.name, given):
        raise invalid("idempotencyKey", "这个幂等键已用于另一次操作。", "This key was used for another act.")
    return row.object_id if row else None


def _remember(work: Work, actor: Actor, act: Mutation, given: Any, object_id: UUID) -> None:
    if given.idempotency_key and actor.person_id:
        work.session.add(
            Idempotency(
                person_id=actor.person_id,
                key=given.idempotency_key,
                operation=act.name,
                fingerprint=fingerprint(act.name, given),
                noun=BY_MODEL[act.model].name,
                object_id=object_id,
                at=work.now,
            )
        )


def _key(found: Any) -> UUID:
    """Services answer with a row, with a subject or with a key."""
    row = getattr(found, "row", found)
    key: UUID = row if isinstance(row, UUID) else row.id
    return key


async def _call(work: Work, actor: Actor, act: Mutation, given: Any) -> Any:
    """The act, by whoever asks; or by whoever signed it on paper, when a clerk enters it (C20)."""
    paper = paper_of(given.paper) if act.on_paper else None
    if paper is None or act.on_paper is None:
        return await act.call(work, actor, given)
    noun, action = act.on_paper
    key = given.id if hasattr(given, "id") else getattr(given, f"{noun}_id")
    object_id = need(BY_MODEL[MODELS[noun]].name, key)
    return await enter(work, actor, noun, object_id, action, paper, lambda signer: act.call(work, signer, given))


async def _act(info: Info, act: Mutation, given: Any) -> UUID:
    async with info.context.works.begin() as work:
        actor = await info.context.actor_in(work.session)
        done = await _earlier(work.session, actor, act, given)
        if done is None:
            done = _key(await _call(work, actor, act, given))
            _remember(work, actor, act, given, done)
        return done


async def _act_once(info: Info, act: Mutation, given: Any) -> UUID:
    """Of two requests at once the second meets the first one's rows; under a key it answers what the first did."""
    try:
        return await _act(info, act, given)
    except (IntegrityError, Conflict) as error:
        async with info.context.db.read() as session:
            done = await _earlier(session, await info.context.actor_in(session), act, given)
        if done is None:
            raise Conflict() from error
        return done


async def _tell_of_secrets(info: Info, refused: Refused) -> None:
    if refused.refusal.code == "state_secret":
        await tell_officer(info.context.works, (await info.context.view()).actor, None)


def resolver(act: Mutation) -> Any:
    async def resolve(info: Info, given: Any) -> Any:
        try:
            done = await _act_once(info, act, given)
        except Refused as refused:
            await _tell_of_secrets(info, refused)
            return answer(info.context, refused)
        finally:
            info.context.forget()
        return await payload(info, act.model, done) or Acted(done=True)

    named = strawberry.argument(name="input", description="What the act needs.")
    resolve.__annotations__.update({"given": Annotated[act.given, named], "return": payload_of(act.model)})
    return resolve

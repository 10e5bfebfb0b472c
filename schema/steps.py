"""A mutation for every step of every table that needs no payload: a new row in a table is a new mutation."""

from typing import Any

import strawberry

from app.queries.subjects import MODELS
from app.rules.catalogue import TABLES
from app.rules.roles import Actor
from app.rules.workflow import Step, Table
from app.services.acts import WITH_PAYLOAD, act
from app.services.work import Work
from schema.acting import Act, Mutation, declare
from schema.ids import need
from schema.naming import mutation_name, steps_of
from schema.nodes import BY_MODEL


def _input(name: str, table: Table, step: Step) -> type:
    reason = "Why; must be given." if step.reason else "Why, if there is something to say."
    body: dict[str, Any] = {
        "__annotations__": {"id": strawberry.ID, "reason": str, "opinion": str},
        "id": strawberry.field(description=f"The {table.en.lower()}."),
        "reason": strawberry.field(default="", description=reason),
        "opinion": strawberry.field(default="", description="The signer's words; none counts as consent."),
    }
    title = f"{name[:1].upper()}{name[1:]}Input"
    return strawberry.input(type(title, (Act,), body), description=f"For {step.en} ({step.zh}).")


def _call(noun: str, action: str) -> Any:
    model = MODELS[noun]

    async def call(work: Work, actor: Actor, given: Any) -> Any:
        key = need(BY_MODEL[model].name, given.id)
        return await act(work, actor, noun, key, action, given.reason, given.opinion)

    return call


def declare_steps() -> None:
    for noun, table in TABLES.items():
        for action in steps_of(noun):
            if (noun, action) in WITH_PAYLOAD:
                continue
            step, name = table.rows(action)[0], mutation_name(noun, action)
            says = f"{step.zh}: {step.en}, under {step.clause}."
            declare(Mutation(name, MODELS[noun], says, _input(name, table, step), _call(noun, action)))


declare_steps()

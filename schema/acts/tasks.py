"""Acts on tasks: a reminder by hand (C2, B2.7)."""

from typing import Any

import strawberry

from app.models.records import Task
from app.rules.roles import Actor
from app.services import reminding
from app.services.work import Work
from schema.acting import Act, mutation
from schema.ids import need


@strawberry.input(description="A reminder by hand.")
class ChaseTaskInput(Act):
    id: strawberry.ID = strawberry.field(description="The task.")
    reason: str = strawberry.field(description="Why; whoever owes the task reads it.")


@mutation(Task, "催办: remind whoever owes this task, once a day, with a reason (C2).")
async def chase_task(work: Work, actor: Actor, given: ChaseTaskInput) -> Any:
    return await reminding.chase_task(work, actor, need("Task", given.id), given.reason)

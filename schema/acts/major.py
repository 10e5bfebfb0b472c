"""Major administrative decisions (国务院令第713号): the profile on and off, requirements begun and met."""

from datetime import date
from typing import Any

import strawberry

from app.models.matters import Motion
from app.models.review import Requirement
from app.rules.roles import Actor
from app.services import major
from app.services.work import Work
from schema.acting import Act, mutation
from schema.enums import RequirementKind
from schema.ids import need


@strawberry.input(description="The director's judgement whether a motion is a major decision.")
class MajorInput(Act):
    id: strawberry.ID = strawberry.field(description="The motion.")
    reason: str = strawberry.field(default="", description="Why; must be given.")


@strawberry.input(description="A requirement that begins.")
class BeginRequirementMotionInput(Act):
    id: strawberry.ID = strawberry.field(description="The motion.")
    kind: RequirementKind = strawberry.field(description="What begins.")
    starts_on: date = strawberry.field(description="The first day.")
    ends_on: date | None = strawberry.field(default=None, description="The last day for comments; by default 30 days.")
    reason: str = strawberry.field(default="", description="The published reason for a shorter period.")
    published_in: str = strawberry.field(default="", description="Where that reason is published.")


@strawberry.input(description="What came of a requirement.")
class MeetRequirementMotionInput(Act):
    id: strawberry.ID = strawberry.field(description="The motion.")
    kind: RequirementKind = strawberry.field(description="Which requirement.")
    result: str = strawberry.field(description="What came of it.")


@mutation(Motion, "按重大行政决策办理: switch the profile of State Council order 713 on (A3.3).")
async def mark_major_motion(work: Work, actor: Actor, given: MajorInput) -> Any:
    return await major.mark_major(work, actor, need("Motion", given.id), given.reason)


@mutation(Motion, "不再按重大行政决策办理: switch the profile off; the reason stays on record (A3.3).")
async def unmark_major_motion(work: Work, actor: Actor, given: MajorInput) -> Any:
    return await major.unmark_major(work, actor, need("Motion", given.id), given.reason)


@mutation(Requirement, "启动程序: public comments, risk assessment, legality review or experts begin (A3.3).")
async def begin_requirement_motion(work: Work, actor: Actor, given: BeginRequirementMotionInput) -> Any:
    key, kind = need("Motion", given.id), given.kind.value
    return await major.begin_requirement(
        work, actor, key, kind, given.starts_on, given.ends_on, given.reason, given.published_in
    )


@mutation(Requirement, "完成程序: record what came of a requirement (A3.3).")
async def meet_requirement_motion(work: Work, actor: Actor, given: MeetRequirementMotionInput) -> Any:
    return await major.meet_requirement(work, actor, need("Motion", given.id), given.kind.value, given.result)

"""Drafting and correcting motions (A1, A3.2)."""

from decimal import Decimal
from typing import Any

import strawberry

from app.models.matters import Motion
from app.rules.roles import Actor
from app.services import motions
from app.services.work import Work
from schema.acting import Act, mutation
from schema.enums import Category, Disclosure
from schema.ids import need, need_all, want


@strawberry.input(description="What the drafter of a motion writes.")
class MotionContent(Act):
    title: str = strawberry.field(description="What it is called.")
    body: str = strawberry.field(description="Its text.")
    category: Category = strawberry.field(description="Which of the ten categories it belongs to (A1.2, A1.3).")
    proposing_unit_id: strawberry.ID | None = strawberry.field(
        default=None, description="The unit whose proposal it is."
    )
    project: str = strawberry.field(default="", description="The project it is about.")
    year: int | None = strawberry.field(default=None, description="The year it plans for.")
    amount_asked: Decimal | None = strawberry.field(default=None, description="The amount asked for, in yuan.")
    disclosure: Disclosure = strawberry.field(default=Disclosure.INTERNAL, description="Its disclosure class (A4.4).")
    follows_id: strawberry.ID | None = strawberry.field(
        default=None, description="The decided motion it takes up again (A4.3)."
    )
    tags: list[str] = strawberry.field(
        default_factory=list, description="Words by which rules name the units to be asked (A3.3)."
    )


@strawberry.input(description="A new motion.")
class DraftMotionInput(MotionContent):
    group_id: strawberry.ID = strawberry.field(description="The leading group.")


@strawberry.input(description="A motion's text anew.")
class EditMotionInput(MotionContent):
    id: strawberry.ID = strawberry.field(description="The motion.")


@strawberry.input(description="The director's judgement on a motion.")
class SetTechnicalInput(Act):
    id: strawberry.ID = strawberry.field(description="The motion.")
    technical: bool = strawberry.field(description="Whether it is highly specialized.")
    reason: str = strawberry.field(default="", description="Why; must be given.")


@strawberry.input(description="Who is put on a restricted motion's list.")
class ListUnitsInput(Act):
    id: strawberry.ID = strawberry.field(description="The motion.")
    unit_ids: list[strawberry.ID] = strawberry.field(default_factory=list, description="Units that need to know.")
    person_ids: list[strawberry.ID] = strawberry.field(default_factory=list, description="Persons who need to know.")


def _draft(given: Any) -> motions.MotionDraft:
    return motions.MotionDraft(
        title=given.title,
        body=given.body,
        category=given.category.value,
        proposing_unit_id=want("Unit", given.proposing_unit_id),
        project=given.project,
        year=given.year,
        amount_asked=given.amount_asked,
        disclosure=given.disclosure.value,
        follows_id=want("Motion", given.follows_id),
        tags=given.tags,
    )


@mutation(Motion, "起草议题: draft a motion (A3.2).")
async def draft_motion(work: Work, actor: Actor, given: DraftMotionInput) -> Any:
    return await motions.draft_motion(work, actor, need("Group", given.group_id), _draft(given))


@mutation(Motion, "修改议题: correct a draft or a returned motion (A3.2).")
async def edit_motion(work: Work, actor: Actor, given: EditMotionInput) -> Any:
    return await motions.edit_motion(work, actor, need("Motion", given.id), _draft(given))


@mutation(Motion, "调整专业性标记: set or lift the technical flag (A3.7).")
async def set_technical(work: Work, actor: Actor, given: SetTechnicalInput) -> Any:
    return await motions.set_technical(work, actor, need("Motion", given.id), given.technical, given.reason)


@mutation(Motion, "列入知悉名单: put units and persons on a restricted motion's list (A4.4).")
async def list_units(work: Work, actor: Actor, given: ListUnitsInput) -> Any:
    units, people = need_all("Unit", given.unit_ids), need_all("Person", given.person_ids)
    return await motions.list_units(work, actor, need("Motion", given.id), units, people)

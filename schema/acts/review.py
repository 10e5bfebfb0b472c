"""Drafts inside a unit, amendments by passage, and the consolidated sheet (A3.3)."""

from typing import Any

import strawberry

from app.models.matters import Motion, Opinion
from app.models.review import OpinionAmendment
from app.rules.roles import Actor
from app.services import amendments, opinion_drafts, sheets
from app.services.amendments import Amendment
from app.services.work import Work
from schema.acting import Act, mutation
from schema.enums import AmendmentOutcome, Position
from schema.ids import need


@strawberry.input(description="A passage as the unit would have it.")
class AmendmentInput:
    passage: str = strawberry.field(default="", description="The passage as it stands; empty: something new.")
    wording: str = strawberry.field(default="", description="How it should read; empty: strike it out.")
    reason: str = strawberry.field(default="", description="Why.")


def amendments_of(given: list[AmendmentInput]) -> list[Amendment]:
    return [Amendment(each.passage, each.wording, each.reason) for each in given]


@strawberry.input(description="The unit's draft.")
class DraftAnswerOpinionInput(Act):
    id: strawberry.ID = strawberry.field(description="The opinion that was asked.")
    position: Position | None = strawberry.field(default=None, description="What the unit would say.")
    text: str = strawberry.field(default="", description="Its words.")
    amendments: list[AmendmentInput] = strawberry.field(default_factory=list, description="What it would change.")


@strawberry.input(description="A draft that its unit's head releases.")
class ReleaseOpinionInput(Act):
    id: strawberry.ID = strawberry.field(description="The opinion that was asked.")


@strawberry.input(description="What became of an amendment.")
class SettleAmendmentInput(Act):
    id: strawberry.ID = strawberry.field(description="The amendment.")
    outcome: AmendmentOutcome = strawberry.field(description="Taken over, in part, or not.")
    reason: str = strawberry.field(default="", description="Why not in full; must be given then.")


@strawberry.input(description="A version of the consolidated opinion.")
class DraftSheetMotionInput(Act):
    id: strawberry.ID = strawberry.field(description="The motion.")
    text: str = strawberry.field(
        default="", description="The consolidated opinion; by default it is made from the units' answers."
    )


@mutation(Opinion, "拟写意见: draft the unit's answer; nobody outside the unit sees it (A3.3).")
async def draft_answer_opinion(work: Work, actor: Actor, given: DraftAnswerOpinionInput) -> Any:
    position = given.position.value if given.position else ""
    key = need("Opinion", given.id)
    return await opinion_drafts.save_draft(work, actor, key, position, given.text, amendments_of(given.amendments))


@mutation(Opinion, "签发意见: the head of the unit releases what was drafted (A3.3).")
async def release_opinion(work: Work, actor: Actor, given: ReleaseOpinionInput) -> Any:
    return await opinion_drafts.release(work, actor, need("Opinion", given.id))


@mutation(OpinionAmendment, "答复修改意见: say what became of an amendment, and why (A3.3).")
async def settle_amendment(work: Work, actor: Actor, given: SettleAmendmentInput) -> Any:
    key = need("OpinionAmendment", given.id)
    return await amendments.settle(work, actor, key, given.outcome.value, given.reason)


@mutation(Motion, "拟写汇总意见: write or edit the consolidated opinion; each time a version (A3.3).")
async def draft_sheet_motion(work: Work, actor: Actor, given: DraftSheetMotionInput) -> Any:
    key = need("Motion", given.id)
    await sheets.draft_sheet(work, actor, key, given.text)
    return key

"""Preliminary review (A3.3)."""

from datetime import date
from typing import Any

import strawberry

from app.models.matters import Motion, Opinion
from app.rules.roles import Actor
from app.services import freshness, opinions, review_clock
from app.services.work import Work
from schema.acting import Act, mutation
from schema.acts.review import AmendmentInput, amendments_of
from schema.enums import Position
from schema.ids import need, need_all


@strawberry.input(description="Whom to ask about a motion.")
class AskOpinionsInput(Act):
    id: strawberry.ID = strawberry.field(description="The motion.")
    unit_ids: list[strawberry.ID] = strawberry.field(description="The units; those the category always asks are added.")
    due_on: date | None = strawberry.field(default=None, description="Until when; by default 5 working days.")


@strawberry.input(description="A unit's answer.")
class AnswerOpinionInput(Act):
    id: strawberry.ID = strawberry.field(description="The opinion that was asked.")
    position: Position = strawberry.field(description="What the unit says.")
    text: str = strawberry.field(default="", description="Its words.")
    amendments: list[AmendmentInput] = strawberry.field(default_factory=list, description="What it would change.")


@strawberry.input(description="More time for an answer.")
class ExtendOpinionInput(Act):
    id: strawberry.ID = strawberry.field(description="The opinion that was asked.")
    due_on: date = strawberry.field(description="The new date.")
    reason: str = strawberry.field(default="", description="Why; must be given.")


@strawberry.input(description="The director's decision on more time.")
class MoreTimeInput(Act):
    id: strawberry.ID = strawberry.field(description="The opinion.")
    reason: str = strawberry.field(default="", description="Why; must be given when it is refused.")


@strawberry.input(description="A request whose clock was stopped.")
class RestartOpinionInput(Act):
    id: strawberry.ID = strawberry.field(description="The opinion.")
    due_on: date = strawberry.field(description="The new date.")


@strawberry.input(description="A unit whose opinion was given on an earlier text (C16).")
class AskAgainOpinionInput(Act):
    id: strawberry.ID = strawberry.field(description="The opinion.")
    due_on: date | None = strawberry.field(default=None, description="Until when; by default 5 working days.")


@strawberry.input(description="The text of a motion in review, amended (C16).")
class AmendMotionInput(Act):
    id: strawberry.ID = strawberry.field(description="The motion.")
    title: str = strawberry.field(description="The title as it shall be.")
    body: str = strawberry.field(description="The text as it shall be.")
    reason: str = strawberry.field(default="", description="Why; must be given.")


@strawberry.input(description="A signer who signed an earlier text (C16).")
class AskSignerAgainMotionInput(Act):
    id: strawberry.ID = strawberry.field(description="The motion.")
    signature_id: strawberry.ID = strawberry.field(description="The signature on the earlier text.")


@strawberry.input(description="A signer's word on the changed text (C16).")
class ReaffirmMotionInput(Act):
    id: strawberry.ID = strawberry.field(description="The motion.")
    opinion: str = strawberry.field(default="", description="His words; none counts as consent.")


@strawberry.input(description="The office's answer to a unit's disagreement.")
class RespondToOpinionInput(Act):
    id: strawberry.ID = strawberry.field(description="The opinion.")
    response: str = strawberry.field(description="The answer.")


@strawberry.input(description="The preliminary opinion.")
class ConsolidateOpinionsInput(Act):
    id: strawberry.ID = strawberry.field(description="The motion.")
    text: str = strawberry.field(default="", description="The consolidated opinion; by default the newest sheet's.")


@mutation(Motion, "征求意见: ask units for their opinion (A3.3).")
async def ask_opinions(work: Work, actor: Actor, given: AskOpinionsInput) -> Any:
    key = need("Motion", given.id)
    await opinions.ask_opinions(work, actor, key, need_all("Unit", given.unit_ids), given.due_on)
    return key


@mutation(Opinion, "答复意见: answer for one's unit; after closing it counts as late (A3.3).")
async def answer_opinion(work: Work, actor: Actor, given: AnswerOpinionInput) -> Any:
    given_amendments = amendments_of(given.amendments)
    key, position = need("Opinion", given.id), given.position.value
    return await opinions.answer_opinion(work, actor, key, position, given.text, given_amendments)


@mutation(Opinion, "申请延期: ask once for more time (A3.3).")
async def extend_opinion(work: Work, actor: Actor, given: ExtendOpinionInput) -> Any:
    return await opinions.extend_opinion(work, actor, need("Opinion", given.id), given.due_on, given.reason)


@mutation(Opinion, "回应不同意见: answer a disagreement (A3.3).")
async def respond_to_opinion(work: Work, actor: Actor, given: RespondToOpinionInput) -> Any:
    return await opinions.respond(work, actor, need("Opinion", given.id), given.response)


@mutation(Motion, "汇总初审意见: consolidate the opinions (A3.3).")
async def consolidate_opinions(work: Work, actor: Actor, given: ConsolidateOpinionsInput) -> Any:
    return await opinions.consolidate(work, actor, need("Motion", given.id), given.text)


@mutation(Opinion, "准予延期: grant more time; the date first set stays visible (A3.3).")
async def grant_more_time_opinion(work: Work, actor: Actor, given: MoreTimeInput) -> Any:
    return await opinions.grant_more_time(work, actor, need("Opinion", given.id))


@mutation(Opinion, "不予延期: refuse more time; the old date stands (A3.3).")
async def refuse_more_time_opinion(work: Work, actor: Actor, given: MoreTimeInput) -> Any:
    return await opinions.refuse_more_time(work, actor, need("Opinion", given.id), given.reason)


@mutation(Opinion, "重新起算: start the clock of a stopped request again, with a new date (A3.3).")
async def restart_opinion(work: Work, actor: Actor, given: RestartOpinionInput) -> Any:
    return await review_clock.restart(work, actor, need("Opinion", given.id), given.due_on)


@mutation(Opinion, "就修改稿再次征求: ask one unit again whose opinion was given on an earlier text (C16).")
async def ask_again_opinion(work: Work, actor: Actor, given: AskAgainOpinionInput) -> Any:
    return await freshness.ask_opinion_again(work, actor, need("Opinion", given.id), given.due_on)


@mutation(Motion, "修改文稿: amend the text of a motion in review; what was given on the earlier text shows it (C16).")
async def amend_motion(work: Work, actor: Actor, given: AmendMotionInput) -> Any:
    return await freshness.amend_motion(work, actor, need("Motion", given.id), given.title, given.body, given.reason)


@mutation(Motion, "请重新确认: ask one signer to reaffirm on the changed text (C16).")
async def ask_signer_again_motion(work: Work, actor: Actor, given: AskSignerAgainMotionInput) -> Any:
    key, signature = need("Motion", given.id), need("Signature", given.signature_id)
    return await freshness.ask_signer_again(work, actor, key, signature)


@mutation(Motion, "确认修改稿: reaffirm on the changed text (C16).")
async def reaffirm_motion(work: Work, actor: Actor, given: ReaffirmMotionInput) -> Any:
    return await freshness.reaffirm(work, actor, need("Motion", given.id), given.opinion)

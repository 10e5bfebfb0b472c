"""Directives until they are issued, and the parts of one (A3.6, B2.7, C17, C19)."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import strawberry

from app.models.matters import Decision
from app.models.outcome import Directive
from app.rules.roles import Actor
from app.services import directives
from app.services.work import Work
from schema.acting import Act, mutation
from schema.enums import Period
from schema.ids import need, need_all, want


@strawberry.input(description="What a directive asks for.")
class DirectiveContent:
    title: str = strawberry.field(description="What it is called.")
    result: str = strawberry.field(description="The result that can be checked (C19).")
    lead_unit_id: strawberry.ID = strawberry.field(description="The unit that leads.")
    cooperating_unit_ids: list[strawberry.ID] = strawberry.field(
        default_factory=list, description="The units that cooperate, members or not."
    )
    due_on: date = strawberry.field(description="Until when; of standing work its yearly review date.")
    period: Period | None = strawberry.field(default=None, description="How often progress is reported.")
    standing: bool = strawberry.field(default=False, description="Whether it is standing work.")
    past_confirmed: bool = strawberry.field(default=False, description="Confirms that a date in the past is meant.")
    evidence_required: bool = strawberry.field(
        default=False, description="Whether completion is reported with evidence only."
    )
    project: str = strawberry.field(default="", description="The project it belongs to.")
    amount: Decimal | None = strawberry.field(default=None, description="The money it is about, in yuan.")
    measure: str = strawberry.field(default="", description="By what it is seen that the result is there.")


@strawberry.input(description="A task for a lead unit.")
class DraftDirectiveInput(Act, DirectiveContent):
    group_id: strawberry.ID = strawberry.field(description="The leading group.")
    decision_id: strawberry.ID | None = strawberry.field(
        default=None, description="The decision behind it; without one only the directors assign (B2.7)."
    )


@strawberry.input(description="Several tasks from one decision.")
class DraftDirectivesInput(Act):
    decision_id: strawberry.ID = strawberry.field(description="The decision behind them.")
    directives: list[DirectiveContent] = strawberry.field(description="The directives; all are drafted or none.")


@strawberry.input(description="A draft anew.")
class EditDirectiveInput(Act, DirectiveContent):
    id: strawberry.ID = strawberry.field(description="The draft.")


@strawberry.input(description="A directive.")
class DirectiveInput(Act):
    id: strawberry.ID = strawberry.field(description="The directive.")


@strawberry.input(description="The task of one cooperating unit within a directive.")
class PartContent:
    title: str = strawberry.field(description="What it is called.")
    result: str = strawberry.field(description="The result that can be checked (C19).")
    lead_unit_id: strawberry.ID = strawberry.field(description="One of the units that cooperate in the whole.")
    due_on: date | None = strawberry.field(default=None, description="Until when; without it as the whole.")
    cooperating_unit_ids: list[strawberry.ID] = strawberry.field(
        default_factory=list, description="Further cooperating units of the whole."
    )
    period: Period | None = strawberry.field(default=None, description="How often progress is reported.")
    evidence_required: bool = strawberry.field(
        default=False, description="Whether completion is reported with evidence only."
    )
    measure: str = strawberry.field(default="", description="By what it is seen that the result is there.")


@strawberry.input(description="A directive and its parts.")
class SplitDirectiveInput(Act):
    id: strawberry.ID = strawberry.field(description="The directive.")
    parts: list[PartContent] = strawberry.field(description="The parts; all are issued or none.")


@strawberry.input(description="An answer to what a draft leaves open (C19).")
class AnswerDirectiveQuestionInput(Act):
    id: strawberry.ID = strawberry.field(description="The question.")
    text: str = strawberry.field(default="", description="The result that can be checked, where that is asked.")
    due_on: date | None = strawberry.field(default=None, description="The date, where that is asked.")
    unit_ids: list[strawberry.ID] = strawberry.field(
        default_factory=list, description="The units that are meant, where that is asked."
    )
    confirmed: bool = strawberry.field(
        default=False, description="Confirms a date in the past as it is, or that no unit is meant."
    )


def _draft(given: DirectiveContent, decision_id: UUID | None = None) -> directives.DirectiveDraft:
    return directives.DirectiveDraft(
        title=given.title,
        result=given.result,
        lead_unit_id=need("Unit", given.lead_unit_id),
        due_on=given.due_on,
        cooperating_unit_ids=need_all("Unit", given.cooperating_unit_ids),
        period=given.period.value if given.period else "",
        standing=given.standing,
        decision_id=decision_id,
        past_confirmed=given.past_confirmed,
        evidence_required=given.evidence_required,
        project=given.project,
        amount=given.amount,
        measure=given.measure,
    )


def _part(given: PartContent) -> directives.PartDraft:
    return directives.PartDraft(
        title=given.title,
        result=given.result,
        lead_unit_id=need("Unit", given.lead_unit_id),
        due_on=given.due_on,
        cooperating_unit_ids=need_all("Unit", given.cooperating_unit_ids),
        period=given.period.value if given.period else "",
        evidence_required=given.evidence_required,
        measure=given.measure,
    )


@mutation(Directive, "拟办督办事项: draft a directive (C19).")
async def draft_directive(work: Work, actor: Actor, given: DraftDirectiveInput) -> Any:
    draft = _draft(given, want("Decision", given.decision_id))
    return await directives.draft_directive(work, actor, need("Group", given.group_id), draft)


@mutation(Decision, "拟办多项督办事项: draft several directives from one decision at once (A3.6, C17).")
async def draft_directives(work: Work, actor: Actor, given: DraftDirectivesInput) -> Any:
    decision: Decision = await work.must_see(Decision, need("Decision", given.decision_id), actor)
    drafts = [_draft(each) for each in given.directives]
    await directives.draft_directives(work, actor, decision.group_id, decision.id, drafts)
    return decision


@mutation(Directive, "修改督办事项: correct a draft (C19).")
async def edit_directive(work: Work, actor: Actor, given: EditDirectiveInput) -> Any:
    return await directives.edit_directive(work, actor, need("Directive", given.id), _draft(given))


@mutation(Directive, "下达: issue a directive; its units have part from now (A3.6).")
async def issue_directive(work: Work, actor: Actor, given: DirectiveInput) -> Any:
    return await directives.issue_directive(work, actor, need("Directive", given.id))


@mutation(Directive, "答复疑点: answer what a draft leaves open; until then it cannot be issued (C19).")
async def answer_directive_question(work: Work, actor: Actor, given: AnswerDirectiveQuestionInput) -> Any:
    answer = directives.Answer(given.text, given.due_on, need_all("Unit", given.unit_ids), given.confirmed)
    return await directives.answer_question(work, actor, need("DirectiveQuestion", given.id), answer)


@mutation(Directive, "分解: split a directive into tasks of its cooperating units, two levels deep (C19).")
async def split_directive(work: Work, actor: Actor, given: SplitDirectiveInput) -> Any:
    key = need("Directive", given.id)
    await directives.split_directive(work, actor, key, [_part(each) for each in given.parts])
    return key

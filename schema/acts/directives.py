"""Directives and their reports (A3.6, B2.7, C3)."""

from datetime import date
from typing import Any

import strawberry

from app.models.outcome import Directive, Report
from app.rules.roles import Actor
from app.services import directive_questions, directives
from app.services.directive_questions import Answer
from app.services.work import Work
from schema.acting import Act, mutation
from schema.enums import Period
from schema.ids import need, need_all, want


@strawberry.input(description="A task for a lead unit.")
class DraftDirectiveInput(Act):
    group_id: strawberry.ID = strawberry.field(description="The leading group.")
    title: str = strawberry.field(description="What it is called.")
    result: str = strawberry.field(description="The result that can be checked (C19).")
    lead_unit_id: strawberry.ID = strawberry.field(description="The unit that leads.")
    cooperating_unit_ids: list[strawberry.ID] = strawberry.field(
        default_factory=list, description="The units that cooperate."
    )
    due_on: date = strawberry.field(description="Until when; of standing work its yearly review date.")
    period: Period | None = strawberry.field(default=None, description="How often progress is reported.")
    standing: bool = strawberry.field(default=False, description="Whether it is standing work.")
    decision_id: strawberry.ID | None = strawberry.field(
        default=None, description="The decision behind it; without one only the directors assign (B2.7)."
    )
    past_confirmed: bool = strawberry.field(default=False, description="Confirms that a date in the past is meant.")


@strawberry.input(description="A directive.")
class DirectiveInput(Act):
    id: strawberry.ID = strawberry.field(description="The directive.")


@strawberry.input(description="A report on a directive.")
class ReportInput(Act):
    directive_id: strawberry.ID = strawberry.field(description="The directive.")
    text: str = strawberry.field(description="What is reported.")


@strawberry.input(description="More time for a directive.")
class AskExtensionInput(Act):
    id: strawberry.ID = strawberry.field(description="The directive.")
    due_on: date = strawberry.field(description="The new date.")
    reason: str = strawberry.field(default="", description="Why; must be given.")


@strawberry.input(description="Why more time is refused.")
class RefuseExtensionInput(Act):
    id: strawberry.ID = strawberry.field(description="The directive.")
    reason: str = strawberry.field(default="", description="Why; must be given.")


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


@mutation(Directive, "拟办督办事项: draft a directive (C19).")
async def draft_directive(work: Work, actor: Actor, given: DraftDirectiveInput) -> Any:
    draft = directives.DirectiveDraft(
        title=given.title,
        result=given.result,
        lead_unit_id=need("Unit", given.lead_unit_id),
        due_on=given.due_on,
        cooperating_unit_ids=need_all("Unit", given.cooperating_unit_ids),
        period=given.period.value if given.period else "",
        standing=given.standing,
        decision_id=want("Decision", given.decision_id),
        past_confirmed=given.past_confirmed,
    )
    return await directives.draft_directive(work, actor, need("Group", given.group_id), draft)


@mutation(Directive, "下达: issue a directive; its units have part from now (A3.6).")
async def issue_directive(work: Work, actor: Actor, given: DirectiveInput) -> Any:
    return await directives.issue_directive(work, actor, need("Directive", given.id))


@mutation(Directive, "答复疑点: answer what a draft leaves open; until then it cannot be issued (C19).")
async def answer_directive_question(work: Work, actor: Actor, given: AnswerDirectiveQuestionInput) -> Any:
    answer = Answer(given.text, given.due_on, need_all("Unit", given.unit_ids), given.confirmed)
    return await directive_questions.answer_question(work, actor, need("DirectiveQuestion", given.id), answer)


@mutation(Report, "报告进展: report progress (C3).")
async def report_progress(work: Work, actor: Actor, given: ReportInput) -> Any:
    return await directives.report_progress(work, actor, need("Directive", given.directive_id), given.text)


@mutation(Report, "报告办结: report completion (C3).")
async def report_completion(work: Work, actor: Actor, given: ReportInput) -> Any:
    return await directives.report_completion(work, actor, need("Directive", given.directive_id), given.text)


@mutation(Directive, "申请延期: ask for more time (C3).")
async def ask_extension(work: Work, actor: Actor, given: AskExtensionInput) -> Any:
    return await directives.ask_extension(work, actor, need("Directive", given.id), given.due_on, given.reason)


@mutation(Directive, "同意延期: grant more time; reminders start anew (C2, C3).")
async def grant_extension(work: Work, actor: Actor, given: DirectiveInput) -> Any:
    return await directives.grant_extension(work, actor, need("Directive", given.id))


@mutation(Directive, "不同意延期: refuse more time (C3).")
async def refuse_extension(work: Work, actor: Actor, given: RefuseExtensionInput) -> Any:
    return await directives.refuse_extension(work, actor, need("Directive", given.id), given.reason)

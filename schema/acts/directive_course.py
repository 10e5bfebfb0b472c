"""Directives under way: reports, more time, another year, reopening (C3, C19)."""

from datetime import date
from typing import Any

import strawberry

from app.models.outcome import Directive, Document, Report
from app.rules.roles import Actor
from app.services import directives
from app.services.work import Work
from schema.acting import Act, mutation
from schema.acts.directives import DirectiveInput
from schema.ids import need


@strawberry.input(description="A report on a directive.")
class ReportInput(Act):
    directive_id: strawberry.ID = strawberry.field(description="The directive.")
    text: str = strawberry.field(description="What is reported.")
    evidence: str = strawberry.field(default="", description="What proves it: papers, numbers, where they lie.")


@strawberry.input(description="A report that says no more than that nothing is new.")
class ReportNothingNewInput(Act):
    directive_id: strawberry.ID = strawberry.field(description="The directive.")


@strawberry.input(description="More time for a directive.")
class AskExtensionInput(Act):
    id: strawberry.ID = strawberry.field(description="The directive.")
    due_on: date = strawberry.field(description="The new date.")
    reason: str = strawberry.field(default="", description="Why; must be given.")


@strawberry.input(description="Why more time is refused.")
class RefuseExtensionInput(Act):
    id: strawberry.ID = strawberry.field(description="The directive.")
    reason: str = strawberry.field(default="", description="Why; must be given.")


@strawberry.input(description="Standing work that goes on.")
class RenewDirectiveInput(Act):
    id: strawberry.ID = strawberry.field(description="The directive.")
    due_on: date | None = strawberry.field(default=None, description="The next review; by default a year later.")


@strawberry.input(description="A closed directive that is taken up again.")
class ReopenDirectiveInput(Act):
    id: strawberry.ID = strawberry.field(description="The directive.")
    due_on: date = strawberry.field(description="The new date.")
    reason: str = strawberry.field(default="", description="Why; must be given.")


@mutation(Report, "报告进展: report progress; it answers the oldest periodic report that is owed (C3).")
async def report_progress(work: Work, actor: Actor, given: ReportInput) -> Any:
    key = need("Directive", given.directive_id)
    return await directives.report_progress(work, actor, key, given.text, given.evidence)


@mutation(Report, "报告无新进展: report that nothing is new; twice in a row at most (C3).")
async def report_nothing_new(work: Work, actor: Actor, given: ReportNothingNewInput) -> Any:
    return await directives.report_nothing_new(work, actor, need("Directive", given.directive_id))


@mutation(Report, "报告办结: report completion, with evidence where the directive asks for it (C3, C19).")
async def report_completion(work: Work, actor: Actor, given: ReportInput) -> Any:
    key = need("Directive", given.directive_id)
    return await directives.report_completion(work, actor, key, given.text, given.evidence)


@mutation(Directive, "申请延期: ask for more time, before the due date (C3).")
async def ask_extension(work: Work, actor: Actor, given: AskExtensionInput) -> Any:
    return await directives.ask_extension(work, actor, need("Directive", given.id), given.due_on, given.reason)


@mutation(Directive, "同意延期: grant more time; reminders start anew (C2, C3).")
async def grant_extension(work: Work, actor: Actor, given: DirectiveInput) -> Any:
    return await directives.grant_extension(work, actor, need("Directive", given.id))


@mutation(Directive, "不同意延期: refuse more time (C3).")
async def refuse_extension(work: Work, actor: Actor, given: RefuseExtensionInput) -> Any:
    return await directives.refuse_extension(work, actor, need("Directive", given.id), given.reason)


@strawberry.input(description="A report of results to the group.")
class DraftResultsReportInput(Act):
    group_id: strawberry.ID = strawberry.field(description="The leading group.")
    since: date | None = strawberry.field(default=None, description="Also what was closed from this day on.")


@mutation(Document, "起草办理情况报告: draft the report of results to the group from how its directives stand (A3.6).")
async def draft_results_report(work: Work, actor: Actor, given: DraftResultsReportInput) -> Any:
    return await directives.draft_results_report(work, actor, need("Group", given.group_id), given.since)


@mutation(Directive, "转入下一年度: standing work goes on until its next review (C19).")
async def renew_directive(work: Work, actor: Actor, given: RenewDirectiveInput) -> Any:
    return await directives.renew_directive(work, actor, need("Directive", given.id), given.due_on)


@mutation(Directive, "重新办理: take up again what was closed, with a new date (C3).")
async def reopen_directive(work: Work, actor: Actor, given: ReopenDirectiveInput) -> Any:
    return await directives.reopen_directive(work, actor, need("Directive", given.id), given.due_on, given.reason)

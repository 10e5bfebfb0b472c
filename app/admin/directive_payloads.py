"""Acts on directives that carry more than a reason, as forms of their page (C3, C19)."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from app.admin.fields import DUE, REASON, WORDS, Field, Payload
from app.admin.forms import Form
from app.rules.roles import Actor
from app.services import directives
from app.services.work import Work

DRAFT_FIELDS = (
    Field("title", "督办事项", "Title"),
    Field("result", "可以检查的成果", "A result that can be checked", "text"),
    Field("measure", "衡量标准", "By what it is measured", needed=False),
    Field("lead_unit_id", "牵头单位", "Lead unit", "choice", choices="units"),
    Field("cooperating", "配合单位和实施单位", "Cooperating and implementing units", "choices", needed=False,
          choices="units"),
    Field("due_on", "完成时限", "Due", "day"),
    Field("period", "反馈周期", "Reports", "choice", needed=False, choices="periods"),
    Field("standing", "长期坚持(时限为每年检查日)", "Standing work", "check", needed=False),
    Field("evidence_required", "办结须附佐证材料", "Completion needs evidence", "check", needed=False),
    Field("project", "所属项目", "Project", needed=False),
    Field("amount", "涉及资金(元)", "Money (yuan)", "amount", needed=False),
    Field("past_confirmed", "时限早于今天,确认无误", "The past date is meant", "check", needed=False),
)  # fmt: skip
EDIT_FIELDS = tuple(replace(field, prefilled=True) for field in DRAFT_FIELDS)
EVIDENCE = Field("evidence", "佐证材料(名称、文号或存放处)", "Evidence (papers, numbers, place)", needed=False)
_PART_FIELDS = (
    Field("title", "分解事项", "Part"),
    Field("result", "可以检查的成果", "A result that can be checked", "text"),
    Field("measure", "衡量标准", "By what it is measured", needed=False),
    Field("lead_unit_id", "承担的配合单位", "Cooperating unit that leads it", "choice", choices="helpers"),
    Field("further", "其他配合单位", "Further cooperating units", "choices", needed=False, choices="helpers"),
    Field("due_on", "完成时限(不填同上级时限)", "Due (default: as the whole)", "day", needed=False),
    Field("period", "反馈周期", "Reports", "choice", needed=False, choices="periods"),
    Field("evidence_required", "办结须附佐证材料", "Completion needs evidence", "check", needed=False),
)
_NEXT_REVIEW = Field("due_on", "下一次检查日(不填为一年后)", "Next review (default: a year later)", "day", needed=False)


def draft_of(form: Form, decision_id: UUID | None = None, prefix: str = "") -> directives.DirectiveDraft:
    return directives.DirectiveDraft(
        title=form.text(f"{prefix}title"), result=form.text(f"{prefix}result"),
        lead_unit_id=form.uuid(f"{prefix}lead_unit_id"), due_on=form.day(f"{prefix}due_on"),
        cooperating_unit_ids=form.uuids(f"{prefix}cooperating"), period=form.text(f"{prefix}period"),
        standing=form.checked(f"{prefix}standing"), decision_id=decision_id,
        past_confirmed=form.checked(f"{prefix}past_confirmed"),
        evidence_required=form.checked(f"{prefix}evidence_required"), project=form.text(f"{prefix}project"),
        amount=form.amount_or_none(f"{prefix}amount"), measure=form.text(f"{prefix}measure"),
    )  # fmt: skip


async def _edit(work: Work, actor: Actor, key: UUID, form: Form) -> Any:
    return await directives.edit_directive(work, actor, key, draft_of(form))


async def _answer_question(work: Work, actor: Actor, key: UUID, form: Form) -> Any:
    answer = directives.Answer(
        form.text("text"), form.day_or_none("due_on"), form.uuids("unit_ids"), confirmed=form.checked("confirmed")
    )
    return await directives.answer_question(work, actor, form.uuid("question_id"), answer)


async def _issue(work: Work, actor: Actor, key: UUID, form: Form) -> Any:
    return await directives.issue_directive(work, actor, key)


async def _split(work: Work, actor: Actor, key: UUID, form: Form) -> Any:
    part = directives.PartDraft(
        form.text("title"), form.text("result"), form.uuid("lead_unit_id"), form.day_or_none("due_on"),
        cooperating_unit_ids=form.uuids("further"), period=form.text("period"),
        evidence_required=form.checked("evidence_required"), measure=form.text("measure"),
    )  # fmt: skip
    return await directives.split_directive(work, actor, key, [part])


async def _report(work: Work, actor: Actor, key: UUID, form: Form) -> Any:
    return await directives.report_progress(work, actor, key, form.text("text"), form.text("evidence"))


async def _nothing_new(work: Work, actor: Actor, key: UUID, form: Form) -> Any:
    return await directives.report_nothing_new(work, actor, key)


async def _report_completion(work: Work, actor: Actor, key: UUID, form: Form) -> Any:
    return await directives.report_completion(work, actor, key, form.text("text"), form.text("evidence"))


async def _ask_extension(work: Work, actor: Actor, key: UUID, form: Form) -> Any:
    return await directives.ask_extension(work, actor, key, form.day("due_on"), form.text("reason"))


async def _grant_extension(work: Work, actor: Actor, key: UUID, form: Form) -> Any:
    return await directives.grant_extension(work, actor, key)


async def _refuse_extension(work: Work, actor: Actor, key: UUID, form: Form) -> Any:
    return await directives.refuse_extension(work, actor, key, form.text("reason"))


async def _renew(work: Work, actor: Actor, key: UUID, form: Form) -> Any:
    return await directives.renew_directive(work, actor, key, form.day_or_none("due_on"))


async def _reopen(work: Work, actor: Actor, key: UUID, form: Form) -> Any:
    return await directives.reopen_directive(work, actor, key, form.day("due_on"), form.text("reason"))


PAYLOADS: dict[tuple[str, str], Payload] = {
    ("directive", "edit"): Payload(_edit, EDIT_FIELDS),
    ("directive", "answer_question"): Payload(_answer_question),
    ("directive", "issue"): Payload(_issue),
    ("directive", "split"): Payload(_split, _PART_FIELDS),
    ("directive", "report"): Payload(_report, (WORDS, EVIDENCE)),
    ("directive", "report_nothing_new"): Payload(_nothing_new),
    ("directive", "report_completion"): Payload(_report_completion, (WORDS, EVIDENCE)),
    ("directive", "ask_extension"): Payload(_ask_extension, (DUE, REASON)),
    ("directive", "grant_extension"): Payload(_grant_extension),
    ("directive", "refuse_extension"): Payload(_refuse_extension, (REASON,)),
    ("directive", "renew"): Payload(_renew, (_NEXT_REVIEW,)),
    ("directive", "reopen"): Payload(_reopen, (DUE, REASON)),
}

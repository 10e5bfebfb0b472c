"""Directives until they are issued: from a recorded decision or by assignment (A3.6, B2.7, C17, C19)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlmodel import col

from app.core.enforces import enforces
from app.core.periods import PERIODS
from app.core.refusals import Invalid, Problem, Refusal, Refused, invalid
from app.core.units import UnitKind
from app.models.matters import Decision
from app.models.outcome import Directive, DirectiveQuestion, DirectiveUnit
from app.models.people import GroupUnit
from app.queries.subjects import Subject
from app.rules.roles import Actor, Role
from app.services import parts, tasks, transitions
from app.services.audiences import resolve
from app.services.motions import is_amount
from app.services.permits import require, require_group
from app.services.secrets import refuse_secrets
from app.services.work import Work

DECIDED = ("passed", "passed_with_amendments", "referred")
CONFIRMED = "时限属实 confirmed"
LONGEST_MEASURE = 200
ASSIGNERS = frozenset({Role.OFFICE_DIRECTOR, Role.OFFICE_DEPUTY_DIRECTOR})
OFFICE_KINDS = frozenset({UnitKind.OFFICE.value, UnitKind.DEPARTMENT.value})


@dataclass(frozen=True, slots=True)
class DirectiveDraft:
    """`due_on` of standing work (长期坚持) is its yearly review date (C19). `past_confirmed`: a past date is meant."""

    title: str
    result: str
    lead_unit_id: UUID
    due_on: date | None
    cooperating_unit_ids: Sequence[UUID] = ()
    period: str = ""
    standing: bool = False
    decision_id: UUID | None = None
    past_confirmed: bool = False
    evidence_required: bool = False
    project: str = ""
    amount: Decimal | None = None
    measure: str = ""


def _check(work: Work, draft: DirectiveDraft) -> None:
    problems = []
    if not draft.title.strip():
        problems.append(Problem("title", "请填写督办事项。", "Give the directive a title."))
    if not draft.result.strip():
        problems.append(Problem("result", "请写明可以检查的成果。", "Write a result that can be checked."))
    if draft.due_on is None:
        problems.append(Problem("dueOn", "请填写完成时限。", "Set the due date."))
    elif draft.due_on < work.day and not draft.past_confirmed:
        problems.append(Problem("dueOn", "完成时限早于今天,须确认。", "The due date lies in the past; confirm it."))
    if draft.period and draft.period not in PERIODS:
        problems.append(Problem("period", "反馈周期须是周、双周、月或季。", f"One of: {', '.join(PERIODS)}."))
    if draft.amount is not None and not is_amount(draft.amount):
        problems.append(Problem("amount", "金额须是正数。", "The amount must be positive."))
    if len(draft.measure.strip()) > LONGEST_MEASURE:
        problems.append(Problem("measure", "衡量标准不得超过200字。", "The measure has at most 200 characters."))
    if problems:
        raise Invalid(problems, "C19")
    refuse_secrets(draft.title, draft.result, draft.measure, draft.project)


async def unit_kinds(work: Work, group_id: UUID, unit_ids: Sequence[UUID]) -> dict[UUID, str]:
    query = select(GroupUnit).where(col(GroupUnit.group_id) == group_id, col(GroupUnit.unit_id).in_(list(unit_ids)))
    found = {row.unit_id: row.kind for row in (await work.session.scalars(query)).all()}
    if set(unit_ids) - set(found):
        raise invalid("units", "有单位不属于本领导小组。", "A unit does not belong to this group.", "A3.6")
    return found


@enforces("C17", "B2.7")
def why_no_source(actor: Actor, group_id: UUID, decision: Decision | None) -> Refusal | None:
    """A directive comes from a recorded decision; without one only the director and deputy directors assign."""
    if decision is None:
        if actor.roles_in(group_id) & ASSIGNERS:
            return None
        return Refusal(
            "no_decision",
            "督办事项须来自议定事项,或者由办公室主任、副主任交办。",
            "A directive needs a recorded decision, or the director or a deputy director assigns.",
            "C17",
            "办公室主任、副主任",
            "the director or a deputy director",
        )
    if decision.kind in DECIDED and decision.group_id == group_id:
        return None
    return Refusal("not_decided", "该事项没有通过,不能据此督办。", "This was not passed; no directive follows.", "C17")


async def _source(work: Work, actor: Actor, group_id: UUID, decision_id: UUID | None) -> Decision | None:
    decision = await work.must_see(Decision, decision_id, actor) if decision_id else None
    if refusal := why_no_source(actor, group_id, decision):
        raise Refused(refusal)
    return decision


async def draft_directive(work: Work, actor: Actor, group_id: UUID, draft: DirectiveDraft) -> Directive:
    await require_group(work, group_id)
    require(work, actor, "directive", "draft", group_id, "B2.7")
    _check(work, draft)
    decision = await _source(work, actor, group_id, draft.decision_id)
    return await store_draft(work, actor, group_id, draft, decision, actor.me)


async def store_draft(
    work: Work, actor: Actor, group_id: UUID, draft: DirectiveDraft, decision: Decision | None, issuer_id: UUID
) -> Directive:
    """Write a draft that has been checked; `issuer_id` is who is to issue it."""
    kinds = await unit_kinds(work, group_id, [draft.lead_unit_id, *draft.cooperating_unit_ids])
    row = Directive(
        group_id=group_id,
        state="draft",
        decision_id=draft.decision_id,
        issuer_id=issuer_id,
        drafter_id=actor.person_id,
        disclosure=decision.disclosure if decision else "internal",
        **_columns(draft, kinds),
    )
    work.session.add(row)
    await work.session.flush()
    work.session.add_all(_helpers(row, draft, kinds))
    await work.session.flush()
    await transitions.begin(
        work, "directive", row, actor, "B1.5" if decision else "B2.7", ("drafter", "office", "leader", "deputies")
    )
    await _keep_confirmation(work, actor, row, draft)
    return row


def _columns(draft: DirectiveDraft, kinds: Mapping[UUID, str]) -> dict[str, Any]:
    return {
        "title": draft.title.strip(),
        "result": draft.result.strip(),
        "lead_unit_id": draft.lead_unit_id,
        "lead_is_office": kinds[draft.lead_unit_id] in OFFICE_KINDS,
        "due_on": draft.due_on,
        "period": draft.period,
        "standing": draft.standing,
        "evidence_required": draft.evidence_required,
        "project": draft.project.strip(),
        "measure": draft.measure.strip(),
        "amount": draft.amount,
    }


def _helpers(row: Directive, draft: DirectiveDraft, kinds: Mapping[UUID, str]) -> list[DirectiveUnit]:
    return [
        DirectiveUnit(directive_id=row.id, unit_id=unit_id, is_office=kinds[unit_id] in OFFICE_KINDS)
        for unit_id in dict.fromkeys(draft.cooperating_unit_ids)
    ]


@enforces("C19")
async def _keep_confirmation(work: Work, actor: Actor, row: Directive, draft: DirectiveDraft) -> None:
    """Who confirmed a date in the past is kept with the draft, as the answer to a question."""
    if draft.due_on is None or draft.due_on >= work.day or not draft.past_confirmed:
        return
    about = draft.due_on.isoformat()
    query = select(DirectiveQuestion).where(
        col(DirectiveQuestion.directive_id) == row.id, col(DirectiveQuestion.kind) == "past_date",
        col(DirectiveQuestion.about) == about,
    )  # fmt: skip
    question = await work.session.scalar(query)
    if question is None:
        question = DirectiveQuestion(directive_id=row.id, kind="past_date", about=about, asked_at=work.now)
        work.session.add(question)
    question.answer, question.answered_by, question.answered_at = CONFIRMED, actor.person_id, work.now
    await work.session.flush()


@enforces("C17", "C19")
async def draft_directives(
    work: Work, actor: Actor, group_id: UUID, decision_id: UUID, drafts: Sequence[DirectiveDraft]
) -> list[Directive]:
    """Several at once from one decision; all of them or none."""
    if not drafts:
        raise invalid("directives", "至少拟一项。", "Draft at least one.", "A3.6")
    return [await draft_directive(work, actor, group_id, replace(each, decision_id=decision_id)) for each in drafts]


async def edit_directive(work: Work, actor: Actor, directive_id: UUID, draft: DirectiveDraft) -> Directive:
    """Correct a draft; where it comes from stays."""
    subject = await work.subject("directive", directive_id, actor)
    _check(work, draft)
    kinds = await unit_kinds(work, subject.row.group_id, [draft.lead_unit_id, *draft.cooperating_unit_ids])
    await transitions.perform(work, subject, "edit", actor, changes=_columns(draft, kinds))
    row: Directive = subject.row
    await work.session.execute(delete(DirectiveUnit).where(col(DirectiveUnit.directive_id) == row.id))
    work.session.add_all(_helpers(row, draft, kinds))
    await _keep_confirmation(work, actor, row, draft)
    await work.session.flush()
    await settle(work, actor, subject)
    return row


@enforces("C1", "C19")
async def settle(work: Work, actor: Actor, subject: Subject) -> None:
    """Once the last question is answered the office owes no answer, and whoever is to issue the draft is told."""
    questions = subject.related["question"]
    owed = [task for task in await tasks.open_tasks(work, subject) if task.kind == "question"]
    if owed and all(row.answered_at for row in questions):
        await transitions.advance(work, subject, "settle_questions", actor)


@enforces("A3.6", "A4.4")
async def issue_directive(work: Work, actor: Actor, directive_id: UUID) -> Directive:
    """Lay the task on its units: from now they have part in this directive and the decision behind it."""
    subject = await work.subject("directive", directive_id, actor)
    holders = [*resolve(subject, "lead_unit"), *resolve(subject, "cooperating_units")]
    await parts.require_listed(work, subject, holders)
    await transitions.perform(work, subject, "issue", actor, changes={"issuer_id": actor.person_id})
    row: Directive = subject.row
    if row.decision_id:
        await parts.grant(work, "decision", row.decision_id, holders, "A4.4", await parts.lists_of(work, subject))
    return row

"""A directive is split into tasks of its cooperating units, two levels deep (C19)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.core.enforces import enforces
from app.core.periods import PERIODS
from app.core.refusals import Invalid, Problem, Refused
from app.models.outcome import Directive, DirectiveUnit
from app.queries.subjects import Subject, load_subject
from app.rules.checkable import is_checkable
from app.rules.roles import Actor
from app.services import parts as sight
from app.services import transitions
from app.services.audiences import resolve
from app.services.directives.drafts import LONGEST_MEASURE
from app.services.secrets import refuse_secrets
from app.services.work import Work


@dataclass(frozen=True, slots=True)
class PartDraft:
    """The task of one cooperating unit; without a date it is due with the whole."""

    title: str
    result: str
    lead_unit_id: UUID
    due_on: date | None = None
    cooperating_unit_ids: Sequence[UUID] = ()
    period: str = ""
    evidence_required: bool = False
    measure: str = ""


@enforces("C19")
async def split_directive(work: Work, actor: Actor, directive_id: UUID, drafts: Sequence[PartDraft]) -> list[Directive]:
    """Each part is issued at once to a cooperating unit; the whole can be completed when its parts are closed."""
    subject = await work.subject("directive", directive_id, actor)
    if blocked := transitions.why_not(work.policy, subject, "split", actor, work.now):
        raise Refused(blocked)
    helpers = {row.unit_id: row for row in subject.related["cooperating"]}
    _check(work, subject, helpers, drafts)
    await transitions.perform(work, subject, "split", actor)
    return [await _lay(work, actor, subject, helpers, draft) for draft in drafts]


def _check(work: Work, subject: Subject, helpers: dict[UUID, DirectiveUnit], drafts: Sequence[PartDraft]) -> None:
    problems = [] if drafts else [Problem("parts", "至少分解出一项。", "Split off at least one part.")]
    for draft in drafts:
        problems += _faults(work, subject, helpers, draft)
    if problems:
        raise Invalid(problems, "C19")
    refuse_secrets(*(text for draft in drafts for text in (draft.title, draft.result, draft.measure)))


def _faults(work: Work, subject: Subject, helpers: dict[UUID, DirectiveUnit], draft: PartDraft) -> list[Problem]:
    found = []
    if not draft.title.strip() or not is_checkable(draft.result):
        found.append(Problem("result", "请写明事项和可以检查的成果。", "Name the task and a result one can check."))
    named = [draft.lead_unit_id, *draft.cooperating_unit_ids]
    if any(unit_id not in helpers for unit_id in named):
        found.append(Problem("leadUnitId", "只能分解给配合单位。", "Parts go to cooperating units."))
    if len(draft.measure.strip()) > LONGEST_MEASURE:
        found.append(Problem("measure", "衡量标准不得超过200字。", "The measure has at most 200 characters."))
    if draft.lead_unit_id in draft.cooperating_unit_ids:
        found.append(Problem("cooperatingUnitIds", "牵头单位不能同时配合。", "Who leads does not cooperate as well."))
    due, last = draft.due_on or subject.row.due_on, subject.row.due_on
    if due is None or due < work.day or (last and due > last):
        found.append(Problem("dueOn", "时限须在今天与上级时限之间。", "The date lies between today and the whole's."))
    if draft.period and draft.period not in PERIODS:
        found.append(Problem("period", "反馈周期须是周、双周、月或季。", f"One of: {', '.join(PERIODS)}."))
    return found


@enforces("C19", "A4.4")
async def _lay(
    work: Work, actor: Actor, whole: Subject, helpers: dict[UUID, DirectiveUnit], draft: PartDraft
) -> Directive:
    """More time for a part is granted by whoever issued the whole; the unit that leads the whole sees its parts."""
    parent: Directive = whole.row
    row = Directive(
        group_id=parent.group_id, state="draft", decision_id=parent.decision_id, title=draft.title.strip(),
        result=draft.result.strip(), lead_unit_id=draft.lead_unit_id,
        lead_is_office=helpers[draft.lead_unit_id].is_office, issuer_id=parent.issuer_id,
        due_on=draft.due_on or parent.due_on, period=draft.period, evidence_required=draft.evidence_required,
        project=parent.project, measure=draft.measure.strip(),
        drafter_id=actor.person_id, disclosure=parent.disclosure, parent_id=parent.id,
        depth=parent.depth + 1,
    )  # fmt: skip
    work.session.add(row)
    await work.session.flush()
    work.session.add_all(
        DirectiveUnit(directive_id=row.id, unit_id=unit_id, is_office=helpers[unit_id].is_office)
        for unit_id in dict.fromkeys(draft.cooperating_unit_ids)
    )
    await work.session.flush()
    await transitions.begin(work, "directive", row, actor, "C19", ("drafter", "office", "leader", "deputies"))
    part = await load_subject(work.session, "directive", row)
    lists = await sight.lists_of(work, part)
    holders = [*resolve(part, "lead_unit"), *resolve(part, "cooperating_units"), *resolve(whole, "lead_unit")]
    await sight.require_listed(work, part, holders)
    await sight.grant(work, "directive", row.id, holders, "C19", lists)
    await transitions.advance(work, part, "issue", actor)
    return row

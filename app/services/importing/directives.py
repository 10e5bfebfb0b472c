"""A task breakdown against what the installation holds: each row a draft, with a question for what it leaves open
(C12, C17, C19, B2.7).

A row is known again by where it comes from, its year, task, requirement and lead unit; what is known is left alone.
"""

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.adapters import breakdown_columns as words
from app.adapters.breakdown import BreakdownReading, BreakdownRow
from app.core.clock import today
from app.core.enforces import enforces
from app.core.faults import Fault, Note, in_order
from app.core.refusals import Refused
from app.models.outcome import DirectiveSource
from app.policy import PolicyStore
from app.queries.calendar import load_calendar
from app.rules.checkable import is_checkable
from app.rules.questions import sentence
from app.services.directives import DirectiveDraft, ask, store_draft
from app.services.importing.breakdown_units import GroupUnits, load_units
from app.services.importing.plan import Change, FaultyPlan, ImportPlan
from app.services.importing.source import NoSource, Source, find_source
from app.services.secrets import refuse_secrets
from app.services.work import Work

REVIEW_DAY = (12, 31)


@dataclass(frozen=True, slots=True)
class PlannedDraft:
    row: BreakdownRow
    draft: DirectiveDraft
    questions: tuple[tuple[str, str], ...]
    key: str
    content: str


@dataclass(slots=True)
class DirectivesPlan(ImportPlan):
    source: Source | None = None
    drafts: list[PlannedDraft] = field(default_factory=list)


@enforces("C12", "C19")
async def plan(
    session: AsyncSession, group_code: str | None, reading: BreakdownReading, number: str = "", person: str = ""
) -> DirectivesPlan:
    made = DirectivesPlan(faults=list(reading.faults), notes=list(reading.notes))
    try:
        made.source = await find_source(session, group_code, number, person)
    except NoSource as problem:
        made.faults.append(problem.fault)
        return made
    group = made.source.group
    made.group_id, made.group_code, made.group_name = group.id, group.code, group.name
    units = await load_units(session, group)
    for row in reading.rows:
        _draft(made, made.source, units, row, reading.year)
    _rows_written_twice(made)
    await _leave_what_is_known(session, made)
    made.faults = in_order(made.faults)
    if made.faults:
        made.changes, made.drafts = [], []
    else:
        made.changes = [_change(planned) for planned in made.drafts]
    return made


def _draft(made: DirectivesPlan, source: Source, units: GroupUnits, row: BreakdownRow, year: int | None) -> None:
    """One row: its draft and questions, or its faults."""
    lead, helpers = units.lead(row), units.cooperating(row)
    faults = [*([lead] if isinstance(lead, Fault) else []), *helpers.faults, *_secrets(row)]
    if faults or isinstance(lead, Fault):
        made.faults += faults
        return
    due = _due(made, row, year)
    draft = DirectiveDraft(
        title=row.title, result=row.requirement, lead_unit_id=lead.id, due_on=due,
        cooperating_unit_ids=[unit.id for unit in helpers.units.values()], period=row.period,
        standing=row.deadline.standing, decision_id=source.decision.id if source.decision else None,
    )  # fmt: skip
    questions = (*_questions(row, due), *(("units", name) for name in helpers.open_words))
    key = _hash(str(source.group.id), source.key, str(year or ""), row.title, row.requirement, str(lead.id))
    content = _hash(row.due_text, row.period, *row.cooperating)
    made.drafts.append(PlannedDraft(row, draft, questions, key, content))


def _secrets(row: BreakdownRow) -> list[Fault]:
    """A row that carries the mark of a state secret is never stored (A4.4); the fault does not repeat its text."""
    try:
        refuse_secrets(row.title, row.requirement)
    except Refused as refused:
        said = refused.refusal
        return [
            Fault(row.row, "", "", "", said.zh, said.en, "请从表中删去这一行,转涉密渠道办理。",
                  "take the row out of the sheet and use the classified way.")
        ]  # fmt: skip
    return []


def _due(made: DirectivesPlan, row: BreakdownRow, year: int | None) -> date | None:
    """The date; of standing work the yearly review that its text names, or else the year's end (C19)."""
    deadline = row.deadline
    if not deadline.standing:
        if deadline.day and not deadline.literal:
            made.notes.append(
                Note(
                    row.row, f"“{row.due_text}”理解为{deadline.day}。", f"“{row.due_text}” is taken as {deadline.day}."
                )
            )
        return deadline.day
    review = deadline.day or date(year or today().year, *REVIEW_DAY)
    while review < today():
        review = _next_year(review)
    made.notes.append(
        Note(row.row, f"“{row.due_text}”:长期坚持,每年检查,首次检查日{review}。",
             f"“{row.due_text}” is standing work, reviewed each year, first on {review}.")
    )  # fmt: skip
    return review


def _next_year(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # 29 February
        return date(day.year + 1, 2, 28)


def _questions(row: BreakdownRow, due: date | None) -> list[tuple[str, str]]:
    found = []
    if not is_checkable(row.requirement):
        found.append(("result", row.requirement))
    if due is None:
        found.append(("date", row.due_text))
    elif due < today():
        found.append(("past_date", due.isoformat()))
    return found


def _rows_written_twice(made: DirectivesPlan) -> None:
    first: dict[str, int] = {}
    for planned in made.drafts:
        if planned.key in first:
            made.faults.append(
                planned.row.fault(
                    words.TITLE, f"与第{first[planned.key]}行重复。", f"the same as row {first[planned.key]}.",
                    "请删去一行,或者写明两行的要求有何不同。", "remove one, or write how the two requirements differ.",
                )
            )  # fmt: skip
        first.setdefault(planned.key, planned.row.row)


async def _leave_what_is_known(session: AsyncSession, made: DirectivesPlan) -> None:
    keys = [planned.key for planned in made.drafts]
    query = select(DirectiveSource).where(col(DirectiveSource.key).in_(keys))
    known = {row.key: row for row in await session.scalars(query)}
    for planned in made.drafts:
        stored = known.get(planned.key)
        if stored and stored.content != planned.content:
            made.notes.append(
                Note(planned.row.row, "这一行已经导入,但配合单位、时限或周期与上次不同;请在督办事项页面上改。",
                     "This row came in before with other units, date or period; change them on the directive's page.")
            )  # fmt: skip
    made.drafts = [planned for planned in made.drafts if planned.key not in known]
    made.notes += [
        Note(planned.row.row, f"疑点:{sentence(kind, about)}", f"A question: {sentence(kind, about, 'en')}")
        for planned in made.drafts
        for kind, about in planned.questions
    ]
    made.notes.sort(key=lambda note: note.row or 0)


def _change(planned: PlannedDraft) -> Change:
    row, draft, asked = planned.row, planned.draft, len(planned.questions)
    helpers = len(draft.cooperating_unit_ids)
    due_zh = f"每年检查,首次{draft.due_on}" if draft.standing else f"时限{draft.due_on or '待定'}"
    due_en = f"reviewed yearly from {draft.due_on}" if draft.standing else f"due {draft.due_on or 'open'}"
    zh = f"拟办“{row.title}”,牵头{row.lead},配合{helpers}个单位,{due_zh}"
    en = f"Draft “{row.title}”, led by {row.lead}, {_count(helpers, 'cooperating unit')}, {due_en}"
    zh += f",{asked}个疑点。" if asked else "。"
    en += f", {_count(asked, 'open question')}." if asked else "."
    return Change(row.row, "directive", "draft", zh, en, clause="B1.5")


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _hash(*cells: str) -> str:
    return hashlib.sha256("\x1f".join(cells).encode()).hexdigest()


@enforces("C12")
async def apply(session: AsyncSession, made: DirectivesPlan, at: datetime) -> int:
    """Write the drafts as any other draft is written, with parts and an entry on the trail, and their questions."""
    if made.faults or made.source is None:
        raise FaultyPlan(made.faults)
    source = made.source
    work = Work(session, await PolicyStore().current(session), await load_calendar(session), at)
    for planned in made.drafts:
        await _carry_out(work, source, planned)
    return len(made.drafts)


async def _carry_out(work: Work, source: Source, planned: PlannedDraft) -> None:
    row = await store_draft(work, source.actor, source.group.id, planned.draft, source.decision, source.issuer_id)
    await ask(work, row.id, planned.questions)
    work.session.add(DirectiveSource(directive_id=row.id, key=planned.key, content=planned.content))
    await work.session.flush()

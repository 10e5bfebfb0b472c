"""What a draft leaves open is asked, kept and answered; until then it cannot be issued (C19)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from app.core.enforces import enforces
from app.core.refusals import Refused, invalid
from app.models.outcome import Directive, DirectiveQuestion, DirectiveUnit
from app.models.people import Unit
from app.queries.subjects import Subject, load_subject
from app.rules.checkable import is_checkable
from app.rules.roles import Actor
from app.services import transitions
from app.services.directives.drafts import CONFIRMED, OFFICE_KINDS, settle, unit_kinds
from app.services.guards import GUARDS
from app.services.secrets import refuse_secrets
from app.services.work import Work

LONGEST_RESULT = 500


@dataclass(frozen=True, slots=True)
class Answer:
    """A result in words, a date, units; or the confirmation that a past date is meant, that no unit is."""

    text: str = ""
    due_on: date | None = None
    unit_ids: Sequence[UUID] = ()
    confirmed: bool = False


@enforces("C19", "C1")
async def ask(work: Work, directive_id: UUID, questions: Sequence[tuple[str, str]]) -> None:
    """Put questions, each a kind and the words that left it open, on a draft; the office owes the answers."""
    if not questions:
        return
    work.session.add_all(
        DirectiveQuestion(directive_id=directive_id, kind=kind, about=about[:200], asked_at=work.now)
        for kind, about in dict.fromkeys(questions)
    )
    await work.session.flush()
    draft = await load_subject(work.session, "directive", await work.session.get(Directive, directive_id))
    await transitions.advance(work, draft, "leave_open")


@enforces("C19")
async def answer_question(work: Work, actor: Actor, question_id: UUID, given: Answer) -> Directive:
    question: DirectiveQuestion = await work.must_see(DirectiveQuestion, question_id, actor)
    subject = await work.subject("directive", question.directive_id, actor)
    if question.answered_at is not None:
        raise Refused(GUARDS["question_open"].refusal())
    changes, said, units = await _understood(work, subject, question, given)
    await transitions.perform(work, subject, "answer_question", actor, changes=changes)
    work.session.add_all(units)
    question.answer, question.answered_by, question.answered_at = said[:1000], actor.me, work.now
    await work.session.flush()
    await settle(work, actor, subject)
    directive: Directive = subject.row
    return directive


Understood = tuple[dict[str, Any], str, list[DirectiveUnit]]


async def _understood(work: Work, subject: Subject, question: DirectiveQuestion, given: Answer) -> Understood:
    """What the answer sets on the directive, how it reads, and the units that it adds."""
    if question.kind == "result":
        return {"result": _result(given.text)}, given.text.strip(), []
    if question.kind == "units":
        return await _units(work, subject, given)
    day = _day(work, question.kind, given)
    return ({"due_on": day} if day else {}), (day.isoformat() if day else CONFIRMED), []


def _result(text: str) -> str:
    if not text.strip() or len(text) > LONGEST_RESULT:
        raise invalid("text", "请写明成果,不超过500字。", "Write the result, in at most 500 characters.", "C19")
    if not is_checkable(text):
        raise invalid("text", "只有“尽快”“加强”一类的话,没有可以检查的成果。", "Nothing in it can be checked.", "C19")
    refuse_secrets(text)
    return text.strip()


def _day(work: Work, kind: str, given: Answer) -> date | None:
    """The new date; None where a past date was confirmed as it is."""
    if given.due_on is None:
        if kind == "past_date" and given.confirmed:
            return None
        raise invalid("dueOn", "请填写完成时限。", "Set the due date.", "C19")
    if given.due_on < work.day and not given.confirmed:
        raise invalid("confirmed", "时限早于今天,请确认。", "The date lies in the past; confirm it.", "C19")
    return given.due_on


async def _units(work: Work, subject: Subject, given: Answer) -> Understood:
    wanted = list(dict.fromkeys(given.unit_ids))
    if not wanted and not given.confirmed:
        raise invalid("unitIds", "请选定单位,或者确认不选。", "Choose units, or confirm that there is none.", "C19")
    if subject.row.lead_unit_id in wanted:
        raise invalid("unitIds", "牵头单位不能同时是配合单位。", "The lead unit cannot cooperate as well.", "A3.6")
    kinds = await unit_kinds(work, subject.row.group_id, wanted)
    known = {row.unit_id for row in subject.related["cooperating"]}
    rows = [
        DirectiveUnit(directive_id=subject.row.id, unit_id=key, is_office=kinds[key] in OFFICE_KINDS)
        for key in wanted
        if key not in known
    ]
    names = (await work.session.scalars(select(col(Unit.name)).where(col(Unit.id).in_(wanted)))).all()
    return {}, "、".join(names) or "没有其他单位 none", rows

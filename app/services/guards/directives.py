"""Guards of directives."""

from datetime import datetime

from app.queries.subjects import Subject
from app.rules.checkable import is_checkable
from app.rules.roles import Role
from app.services.guards.registry import guard
from app.services.hands import Hand


@guard("C19")
def checkable(subject: Subject, hand: Hand, now: datetime) -> bool:
    """须写明可以检查的成果,不能只有“尽快”“适时”“加强”一类的要求。
    The result must be one that can be checked; words such as 尽快, 适时, 加强 alone are none.
    拟办人 / the author"""
    return is_checkable(subject.row.result)


def _open_questions(subject: Subject) -> bool:
    return any(question.answered_at is None for question in subject.related["question"])


@guard("C19")
def questions_answered(subject: Subject, hand: Hand, now: datetime) -> bool:
    """拟稿还有没有答复的疑点(成果、时限或者单位不明确)。
    The draft still has open questions about its result, its date or its units.
    办公室答复疑点 / the office, by answering them"""
    return not _open_questions(subject)


@guard("C19")
def question_open(subject: Subject, hand: Hand, now: datetime) -> bool:
    """没有待答复的疑点。
    No question waits for an answer.
    无 / nobody"""
    return _open_questions(subject)


@guard("C19")
def dated(subject: Subject, hand: Hand, now: datetime) -> bool:
    """须有完成时限;长期坚持的工作须有每年检查日。
    There must be a due date; standing work needs a yearly review date.
    拟办人 / the author"""
    return subject.row.due_on is not None


@guard("A3.6")
def lead_is_clear(subject: Subject, hand: Hand, now: datetime) -> bool:
    """牵头单位只能有一个,且不能同时是配合单位。
    There is exactly one lead unit, and it is not a cooperating unit as well.
    拟办人 / the author"""
    return all(row.unit_id != subject.row.lead_unit_id for row in subject.related["cooperating"])


@guard("C3")
def of_lead_unit(subject: Subject, hand: Hand, now: datetime) -> bool:
    """只有牵头单位可以办理。
    Only the lead unit may do this.
    牵头单位 / the lead unit"""
    units = hand.departments if subject.row.lead_is_office else hand.units
    return subject.row.lead_unit_id in units


@guard("C3")
def is_issuer(subject: Subject, hand: Hand, now: datetime) -> bool:
    """只有下达人可以办理。
    Only whoever issued the directive may do this.
    下达人 / the issuer"""
    return bool(subject.row.issuer_id == hand.principal) or hand.role == Role.OFFICE_DIRECTOR


@guard("C3")
def extension_pending(subject: Subject, hand: Hand, now: datetime) -> bool:
    """没有待批准的延期申请。
    No request for more time is pending.
    牵头单位 / the lead unit"""
    return subject.row.extension_to is not None


@guard("C3")
def no_extension_pending(subject: Subject, hand: Hand, now: datetime) -> bool:
    """已有一份延期申请待批准。
    A request for more time is already pending.
    下达人 / the issuer"""
    return subject.row.extension_to is None


@guard("C3")
def is_verifier(subject: Subject, hand: Hand, now: datetime) -> bool:
    """办公室牵头的事项由分管副组长核验,其他事项由办公室核验。
    What the office leads is verified by the deputy in charge; everything else by the office.
    核验人 / the verifier"""
    return (hand.role == Role.DEPUTY_IN_CHARGE) == bool(subject.row.lead_is_office)


@guard("C19")
def not_reporter(subject: Subject, hand: Hand, now: datetime) -> bool:
    """报告人不能核验自己报告的事项。
    Who reports is never who verifies.
    另一名核验人 / another verifier"""
    return subject.row.reporter_id not in hand.people

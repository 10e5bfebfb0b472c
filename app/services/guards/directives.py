"""Guards of directives."""

from datetime import datetime

from app.core.clock import SHANGHAI
from app.queries.subjects import Subject
from app.rules.checkable import is_checkable
from app.rules.roles import Role
from app.services.guards.registry import guard
from app.services.hands import Hand

MOST_QUIET, DEEPEST = 2, 2


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


@guard("C19")
def past_confirmed(subject: Subject, hand: Hand, now: datetime) -> bool:
    """完成时限已过,须确认或者改定。
    The due date has passed; it is to be confirmed or changed.
    拟办人 / the author"""
    due = subject.row.due_on
    if due is None or due >= now.astimezone(SHANGHAI).date():
        return True
    answered = [question for question in subject.related["question"] if question.answered_at]
    return any(due.isoformat() in (question.answer, question.about) for question in answered)


@guard("A3.6")
def lead_is_clear(subject: Subject, hand: Hand, now: datetime) -> bool:
    """牵头单位只能有一个,且不能同时是配合单位。
    There is exactly one lead unit, and it is not a cooperating unit as well.
    拟办人 / the author"""
    return all(row.unit_id != subject.row.lead_unit_id for row in subject.related["cooperating"])


@guard("A3.6")
def document_out(subject: Subject, hand: Hand, now: datetime) -> bool:
    """本领导小组规定,督办事项待文件印发后下达。
    This group issues a directive after the document of its decision is out.
    办公室印发文件 / the office, by issuing the document"""
    waits = subject.group.settings.get("directive_waits_for_document") and subject.row.decision_id
    return not waits or any(document.state == "registered" for document in subject.related["document"])


@guard("C3")
def of_lead_unit(subject: Subject, hand: Hand, now: datetime) -> bool:
    """只有牵头单位可以办理。
    Only the lead unit may do this.
    牵头单位 / the lead unit"""
    units = hand.departments if subject.row.lead_is_office else hand.units
    return subject.row.lead_unit_id in units


@guard("C3")
def is_issuer(subject: Subject, hand: Hand, now: datetime) -> bool:
    """只有下达人可以办理;下达人离任后由办公室主任、副主任办理。
    Only whoever issued the directive may do this; once he has left the office, the director or a deputy director.
    下达人 / the issuer"""
    own: bool = subject.row.issuer_id == hand.principal
    in_office = any(row.person_id == subject.row.issuer_id for row in subject.appointments)
    return own or hand.role == Role.OFFICE_DIRECTOR or (hand.role == Role.OFFICE_DEPUTY_DIRECTOR and not in_office)


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


@guard("C3")
def is_closer(subject: Subject, hand: Hand, now: datetime) -> bool:
    """由办公室主任办结;办公室牵头的事项,分管副组长也可以办结。
    The director closes it; what the office itself leads the deputy in charge may close as well.
    办公室主任 / the office director"""
    return hand.role != Role.DEPUTY_IN_CHARGE or bool(subject.row.lead_is_office)


@guard("C19")
def not_reporter(subject: Subject, hand: Hand, now: datetime) -> bool:
    """报告人不能核验自己报告的事项。
    Who reports is never who verifies.
    另一名核验人 / another verifier"""
    return subject.row.reporter_id not in hand.people


@guard("C3")
def periodic(subject: Subject, hand: Hand, now: datetime) -> bool:
    """该事项没有定期报告的要求。
    No periodic reports are asked for.
    无 / nobody"""
    return bool(subject.row.period)


@guard("C3")
def something_new_due(subject: Subject, hand: Hand, now: datetime) -> bool:
    """已连续两次报告无新进展,这次须写明进展。
    Nothing new was reported twice in a row; this time say what was done.
    牵头单位 / the lead unit"""
    return bool(subject.row.quiet_reports < MOST_QUIET)


@guard("C19")
def may_split(subject: Subject, hand: Hand, now: datetime) -> bool:
    """由牵头单位,或者办公室主任、副主任分解。
    The lead unit splits it, or the director or a deputy director.
    牵头单位 / the lead unit"""
    return hand.role in (Role.OFFICE_DIRECTOR, Role.OFFICE_DEPUTY_DIRECTOR) or of_lead_unit(subject, hand, now)


@guard("C19")
def not_too_deep(subject: Subject, hand: Hand, now: datetime) -> bool:
    """督办事项最多分解两级。
    A directive is split two levels deep at most.
    无 / nobody"""
    return bool(subject.row.depth < DEEPEST)


@guard("C19")
def parts_closed(subject: Subject, hand: Hand, now: datetime) -> bool:
    """分解出的事项还没有全部办结。
    Not all of its parts are closed.
    各分解事项的牵头单位 / the units that lead the parts"""
    return all(part.state in ("closed", "withdrawn") for part in subject.related["part"])


@guard("C19")
def whole_open(subject: Subject, hand: Hand, now: datetime) -> bool:
    """上级督办事项已经办结,须先重新办理上级事项。
    The whole of which this is a part is closed; that is reopened first.
    下达人 / the issuer"""
    return all(parent.state not in ("closed", "withdrawn") for parent in subject.related["parent"])


@guard("C19")
def is_standing(subject: Subject, hand: Hand, now: datetime) -> bool:
    """只有长期坚持的工作可以转入下一年度。
    Only standing work goes on after its review.
    无 / nobody"""
    return bool(subject.row.standing)

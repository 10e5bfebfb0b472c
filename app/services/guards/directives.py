"""Guards of directives."""

from datetime import datetime

from app.queries.subjects import Subject
from app.rules.roles import Role
from app.services.guards.registry import guard
from app.services.hands import Hand


@guard("C19")
def checkable(subject: Subject, hand: Hand, now: datetime) -> bool:
    """须写明可以检查的成果,不能只有“尽快”“适时”“加强”一类的要求。
    The result must be one that can be checked; words such as 尽快, 适时, 加强 alone are none.
    拟办人 / the author"""
    text = subject.row.result.strip()
    for word in (
        "尽快",
        "适时",
        "加强",
        "进一步",
        "切实",
        "认真",
        "抓好",
        "落实",
        "推进",
        "工作",
        "管理",
        "完成",
        "编制",
    ):
        text = text.replace(word, "")
    return len([char for char in text if char.isalnum()]) >= 2


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

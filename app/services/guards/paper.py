"""Guards of what was entered from paper and is contested by its signer (C20)."""

from datetime import datetime

from app.queries.subjects import Subject
from app.services.guards.registry import guard
from app.services.hands import Hand


@guard("C20")
def opinions_uncontested(subject: Subject, hand: Hand, now: datetime) -> bool:
    """有单位对代录的答复提出异议,初审暂停汇总。
    A unit objects to an answer that was entered for it; what rests on it is suspended.
    该单位撤回异议,或者办公室作废代录、再次征求 / that unit withdraws it, or the office voids the entry or asks again"""
    return not any(row.objected_at and not row.voided_at for row in subject.related["opinion_signature"])

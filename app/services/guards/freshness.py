"""Guards of what was given on a text that has changed since (C16)."""

from datetime import datetime

from app.queries.subjects import Subject
from app.services.guards.registry import guard
from app.services.hands import Hand


@guard("C16")
def judged_earlier_text(subject: Subject, hand: Hand, now: datetime) -> bool:
    """该单位所依据的文稿没有改动,对代录的答复也没有异议,无须再次征求。
    The text on which this unit gave its opinion has not changed, and it contests no entry; nobody else is asked again.
    拟稿人修改文稿 / the drafter, by amending the text"""
    return bool(subject.row.stale) or any(row.objected_at for row in subject.signatures)


@guard("A3.3")
def motion_in_review(subject: Subject, hand: Hand, now: datetime) -> bool:
    """议题不在初审中,不能再征求意见。
    The motion is not in preliminary review, so nobody is asked.
    办公室 / the office"""
    motion = subject.one("motion")
    return motion is not None and motion.state == "under_review"


@guard("C16")
def signed_on_earlier_text(subject: Subject, hand: Hand, now: datetime) -> bool:
    """各项签署所依据的文稿没有改动,无须重新确认。
    Every signature was given on the present text; nobody is asked again.
    拟稿人修改文稿 / the drafter, by amending the text"""
    return any(row.signs and row.stale for row in subject.signatures)


@guard("C16")
def own_signature_on_earlier_text(subject: Subject, hand: Hand, now: datetime) -> bool:
    """您没有在此前的文稿上签署,或者已经确认修改稿。
    You have signed no earlier text, or have reaffirmed on the present one.
    在此前文稿上签署的人员 / whoever signed an earlier text"""
    own = [
        row
        for row in subject.signatures
        if row.signs and (hand.people & {row.person_id, row.for_id} or (row.for_role or row.role) == hand.role.value)
    ]
    return any(row.stale for row in own) and all(row.stale for row in own if row.action == "reaffirm")

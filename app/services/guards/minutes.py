"""Guards of minutes: who drafts them, which way they go, what they may claim (B2.6, C17)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from app.queries.subjects import Subject
from app.rules import claims, minutes
from app.rules.minutes import CIRCUITS
from app.services.guards.registry import guard
from app.services.hands import Hand

ENDED = frozenset({"cancelled", "voided"})


@guard("B2.6")
def drafts_minutes(subject: Subject, hand: Hand, now: datetime) -> bool:
    """办公室会议的纪要由承办会议的部门起草,领导小组会议的纪要由办公室起草。
    Minutes of an office meeting are drafted by the department that organized it, those of the group by the office.
    承办部门或者办公室 / the organizing department, or the office"""
    if subject.form.minutes_by != "organizer":
        return True
    organizer = str(subject.row.organizer_id or subject.group.settings.get("general_affairs", ""))
    return not organizer or organizer in {str(key) for key in hand.departments}


@guard("B2.6")
def no_minutes_yet(subject: Subject, hand: Hand, now: datetime) -> bool:
    """本次会议已有纪要。
    This meeting has minutes already.
    作废后重新起草 / cancel or void them first"""
    return all(not row.circuit or row.state in ENDED for row in subject.related["document"])


@guard("B2.6")
def decision_document(subject: Subject, hand: Hand, now: datetime) -> bool:
    """会议纪要不走发文程序的这一步:先送主持人审核,或者送主任审定。
    Minutes begin otherwise: put to the presider, or to the office director.
    拟稿人 / the drafter"""
    return not subject.row.circuit


def _ends(subject: Subject) -> str:
    circuit = CIRCUITS.get(subject.row.circuit)
    return circuit.code if circuit else ""


@guard("B2.6")
def presider_checks(subject: Subject, hand: Hand, now: datetime) -> bool:
    """只有领导小组会议的纪要送主持人审核。
    Only minutes of the group's meetings are put to the presider.
    办公室会议纪要送主任 / those of the office go to the director"""
    return _ends(subject) == "A3.5"


@guard("B2.6")
def director_approves(subject: Subject, hand: Hand, now: datetime) -> bool:
    """只有办公室会议的纪要由主任审定。
    Only minutes of office meetings are approved by the director.
    领导小组会议纪要送主持人 / those of the group go to the presider"""
    return _ends(subject) == "director"


def titles_of(subject: Subject) -> list[str]:
    return [row.title for row in _in_order(subject.related["section"])]


def _in_order(sections: Sequence[Any]) -> list[Any]:
    return sorted(sections, key=lambda row: row.position)


@guard("B2.6")
def items_in_order(subject: Subject, hand: Hand, now: datetime) -> bool:
    """纪要须按议程顺序逐项记载,每项以“一、”加议题名称单独成行。
    Minutes go through the agenda item by item, each under a line of its own with its number and title.
    拟稿人 / the drafter"""
    return minutes.split(subject.row.body, titles_of(subject)) is not None


def claims_of(document: Any, sections: Sequence[Any], decisions: Sequence[Any]) -> list[claims.Claim]:
    """What the text of minutes claims to have been decided and no item recorded (C17)."""
    if not document.circuit:
        return []
    rows = _in_order(sections)
    parts = minutes.split(document.body, [row.title for row in rows])
    recorded = {row.item_id: _recorded(row) for row in decisions}
    if parts is None:  # then nobody knows what belongs to which item: each claim is held against all decisions
        whole = claims.Recorded("passed", "\n".join(row.text for row in recorded.values()))
        return claims.unfounded("", [(document.body, whole)])
    found = [(text, recorded.get(row.item_id)) for text, row in zip(parts.items, rows, strict=True)]
    return claims.unfounded(parts.head, found)


def _recorded(row: Any) -> claims.Recorded:
    amount = row.amount_approved
    said = [row.text, row.conditions, row.presider_reason, "" if amount is None else f"核定金额{minutes.money(amount)}"]
    return claims.Recorded(row.kind, "\n".join(said))


@guard("C17")
def claims_settled(subject: Subject, hand: Hand, now: datetime) -> bool:
    """纪要中有议定内容没有相应的议定事项记录,请修改或者确认。
    The minutes claim a decision that no item recorded; mend it, or confirm it with a reason.
    拟稿人 / the drafter"""
    return not claims_open(subject, hand, now)


@guard("C17")
def claims_open(subject: Subject, hand: Hand, now: datetime) -> bool:
    """没有需要确认的议定内容。
    Nothing claims a decision that was not recorded.
    无 / nobody"""
    row = subject.row
    found = claims_of(row, subject.related["section"], subject.related["recorded"])
    return row.claims_hash != row.content_hash and bool(found)

"""Guards of documents and publications."""

from datetime import datetime
from typing import Any

from app.queries.subjects import Subject
from app.rules.group_settings import DEFAULT_KINDS
from app.services import text_hash
from app.services.guards.registry import guard
from app.services.hands import Hand

RESULTS = "报告"


@guard("A3.5")
def kind_allowed(subject: Subject, hand: Hand, now: datetime) -> bool:
    """本领导小组不能制发这一文种;请示只能有一个主送机关。
    This group may not issue documents of this kind; a request has exactly one addressee.
    拟稿人 / the drafter"""
    allowed = subject.group.settings.get("document_kinds", DEFAULT_KINDS)
    addressee = subject.row.addressee.strip()
    single = subject.row.kind != "请示" or (bool(addressee) and not any(mark in addressee for mark in "、,，;；"))
    return subject.row.kind in allowed and single


@guard("A3.5")
def carries_decisions(subject: Subject, hand: Hand, now: datetime) -> bool:
    """文件须载有同一次会议通过的议定事项;暂缓、未通过或仅记录的事项不另行发文。
    A document carries decisions of one meeting that were passed; what was deferred or noted needs none.
    拟稿人 / the drafter"""
    decisions = subject.related["decision"]
    if subject.row.reports_results:
        return not decisions and subject.row.kind == RESULTS
    passed = all(row.kind in ("passed", "passed_with_amendments", "referred") for row in decisions)
    single = subject.row.kind != "请示" or len(decisions) == 1
    return bool(decisions) and passed and single and len({row.meeting_id for row in decisions}) == 1


@guard("A3.5")
def same_text(subject: Subject, hand: Hand, now: datetime) -> bool:
    """正文在签署后有改动,须重新走签署程序。
    The text has changed since it was signed; the circuit must begin again.
    拟稿人 / the drafter"""
    current = text_hash.of(subject.row)
    kept = {current} | _hashes_before(subject, current)
    return all(row.content_hash in kept for row in subject.signatures if row.signs)


def _hashes_before(subject: Subject, current: str) -> set[str]:
    """The hashes of earlier texts that lead to the present one by confirmed corrections only."""
    found: set[str] = set()
    for row in reversed(subject.related["correction"]):
        if row.confirmed_at and row.after_hash in {current} | found:
            found.add(row.before_hash)
    return found


def _pending(subject: Subject) -> list[Any]:
    return [row for row in subject.related["correction"] if row.confirmed_at is None and row.dropped_at is None]


@guard("A3.5")
def correction_pending(subject: Subject, hand: Hand, now: datetime) -> bool:
    """没有待复核的文字更正。
    No correction waits for a second reader.
    拟稿部门 / the drafting department"""
    return bool(_pending(subject))


@guard("A3.5")
def no_correction_pending(subject: Subject, hand: Hand, now: datetime) -> bool:
    """有文字更正待复核。
    A correction waits for its second reader.
    复核人 / the second reader"""
    return not _pending(subject)


@guard("A3.5")
def second_reader(subject: Subject, hand: Hand, now: datetime) -> bool:
    """更正须由另一人复核。
    A correction is confirmed by a second reader.
    办公室另一人 / somebody else of the office"""
    return all(row.proposed_by not in hand.people for row in _pending(subject))


@guard("C4")
def not_issuing_for_leader(subject: Subject, hand: Hand, now: datetime) -> bool:
    """您受组长委托签发本文件,不再会签。
    You issue this document for the leader and are left out of countersigning it.
    由您签发 / you, by issuing it"""
    return all(row.delegate_id != hand.person_id for row in subject.related["delegation"])


@guard("C10")
def has_public_text(subject: Subject, hand: Hand, now: datetime) -> bool:
    """尚未拟写公开文本。
    The public text has not been written.
    拟稿人 / the drafter"""
    return bool(subject.row.text.strip())


@guard("C10")
def second_person(subject: Subject, hand: Hand, now: datetime) -> bool:
    """保密审查须由拟稿人以外的人办理。
    The secrecy check is for somebody other than the drafter.
    另一名有权人员 / another person entitled to act"""
    return subject.row.drafter_id not in hand.people


@guard("A4.4")
def not_restricted(subject: Subject, hand: Hand, now: datetime) -> bool:
    """工作秘密事项不得公开。
    A restricted matter is not made public.
    办公室 / the office"""
    return bool(subject.row.disclosure != "restricted")


@guard("C10")
def document_issued(subject: Subject, hand: Hand, now: datetime) -> bool:
    """文件尚未印发,不能公开。
    The document has not been registered yet.
    办公室 / the office"""
    document = subject.one("document")
    return document is not None and document.state == "registered"


@guard("C10")
def lawful_ground(subject: Subject, hand: Hand, now: datetime) -> bool:
    """不予公开须引用政府信息公开条例第十四条、第十五条或第十六条。
    Withholding needs a ground of articles 14, 15 or 16 of the regulation on government information.
    拟稿人 / the drafter"""
    return subject.row.ground in ("14", "15", "16")


@guard("C10")
def not_public(subject: Subject, hand: Hand, now: datetime) -> bool:
    """该文件已经公开,须先撤回公开。
    The document is public; the publication is taken back first.
    办公室主任 / the office director"""
    return all(row.state != "published" for row in subject.related["publication"])

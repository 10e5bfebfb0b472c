"""Guards of documents and publications."""

from datetime import datetime

from app.queries.subjects import Subject
from app.services import text_hash
from app.services.guards.registry import guard
from app.services.hands import Hand


@guard("A3.5")
def kind_allowed(subject: Subject, hand: Hand, now: datetime) -> bool:
    """本领导小组不能制发这一文种;请示只能有一个主送机关。
    This group may not issue documents of this kind; a request has exactly one addressee.
    拟稿人 / the drafter"""
    default = ["决定", "意见", "通知", "通报", "报告", "请示", "批复", "函", "纪要"]
    allowed = subject.group.settings.get("document_kinds", default)
    single = subject.row.kind != "请示" or not any(mark in subject.row.addressee for mark in "、,,;;")
    return subject.row.kind in allowed and single


@guard("A3.5")
def carries_decisions(subject: Subject, hand: Hand, now: datetime) -> bool:
    """文件须载有同一次会议通过的议定事项;暂缓、未通过或仅记录的事项不另行发文。
    A document carries decisions of one meeting that were passed; what was deferred or noted needs none.
    拟稿人 / the drafter"""
    decisions = subject.related["decision"]
    passed = all(row.kind in ("passed", "passed_with_amendments", "referred") for row in decisions)
    single = subject.row.kind != "请示" or len(decisions) == 1
    return bool(decisions) and passed and single and len({row.meeting_id for row in decisions}) == 1


@guard("A3.5")
def same_text(subject: Subject, hand: Hand, now: datetime) -> bool:
    """正文在签署后有改动,须重新走签署程序。
    The text has changed since it was signed; the circuit must begin again.
    拟稿人 / the drafter"""
    current = text_hash.of(subject.row)
    return all(row.content_hash == current for row in subject.signatures if row.signs)


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

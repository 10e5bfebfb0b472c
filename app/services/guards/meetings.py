"""Guards of meetings, agenda items and attendance."""

from datetime import datetime

from app.core.clock import local_day
from app.queries.subjects import Subject
from app.rules.agenda import RAISED
from app.rules.roles import HANDLERS, Role
from app.services.guards.registry import guard
from app.services.hands import Hand

GUESTS = frozenset({"invited", "expert"})


@guard("A3.1")
def has_items(subject: Subject, hand: Hand, now: datetime) -> bool:
    """议程为空,请先列入议题。
    The agenda is empty; put a motion on it first.
    办公室 / the office"""
    return any(row.state == "listed" and row.kind in ("matter", "panel") for row in subject.related["item"])


@guard("A2.2")
def presides(subject: Subject, hand: Hand, now: datetime) -> bool:
    """会议由主持人本人主持,不得转托他人。
    The presider presides himself and hands it on to nobody.
    办公室变更主持人并再次请示 / the office changes the presider and asks again"""
    return bool(subject.row.presider_id == hand.person_id)


@guard("A2.2")
def is_presider(subject: Subject, hand: Hand, now: datetime) -> bool:
    """只有本次会议的主持人可以办理。
    Only the presider of this meeting may do this.
    主持人 / the presider"""
    meeting = subject.one("meeting")
    return meeting is not None and meeting.presider_id == hand.principal


@guard("A3.1")
def on_the_day(subject: Subject, hand: Hand, now: datetime) -> bool:
    """会议须在组长同意的日期召开,改期须先变更会议并再次请示。
    A meeting is opened on the day that the leader agreed to; another day asks him again.
    办公室先变更会议 / the office changes the meeting first"""
    return local_day(now) == local_day(subject.row.starts_at)


@guard("A3.4")
def papers_in_time(subject: Subject, hand: Hand, now: datetime) -> bool:
    """有议程的材料没有按时送达组长、副组长。
    The papers of an item did not reach the leader and the deputies in time.
    组长可以对该议程准予免提前送达 / the leader may waive it for the item"""
    limits: list[datetime] = subject.related["papers_by"]
    if not subject.form.papers_days:
        return True
    listed = [row for row in subject.related["item"] if row.state == "listed" and row.kind == "matter"]
    contested = {row.object_id for row in subject.related["item_signature"] if row.objected_at and not row.voided_at}
    return all(
        (row.papers_waived and row.id not in contested)
        or (row.papers_delivered_at is not None and bool(limits) and row.papers_delivered_at < limits[0])
        for row in listed
    )


@guard("A4.3")
def all_items_settled(subject: Subject, hand: Hand, now: datetime) -> bool:
    """尚有议程没有记录议定事项。
    An agenda item has no recorded decision yet.
    办公室 / the office"""
    return all(row.state != "listed" or row.kind == "directives" for row in subject.related["item"])


@guard("A4.3")
def in_session(subject: Subject, hand: Hand, now: datetime) -> bool:
    """会议没有在进行中。
    The meeting is not in session.
    主持人 / the presider"""
    meeting = subject.one("meeting")
    return meeting is not None and meeting.state == "in_session"


@guard("A4.1")
def meeting_running(subject: Subject, hand: Hand, now: datetime) -> bool:
    """会议尚未开始或者已经结束。
    The meeting has not begun, or is over.
    主持人 / the presider"""
    return in_session(subject, hand, now)


@guard("A4.1")
def before_opening(subject: Subject, hand: Hand, now: datetime) -> bool:
    """会议已经开始,请直接向主持人说明。
    The meeting has begun; speak to the presider.
    主持人 / the presider"""
    meeting = subject.one("meeting")
    return meeting is not None and meeting.state in ("convened", "agreed")


@guard("B2.6")
def is_recipient(subject: Subject, hand: Hand, now: datetime) -> bool:
    """纪要由收到的单位或者本人签收。
    Minutes are received by the unit or person to whom they were sent.
    收到纪要的单位或者本人 / the addressee"""
    row = subject.row
    return row.unit_id in hand.units | hand.departments if row.unit_id else bool(row.person_id == hand.principal)


@guard("A4.1")
def of_called_unit(subject: Subject, hand: Hand, now: datetime) -> bool:
    """只有被通知参会的单位或者本人可以回复;受邀领导和专家可以由办公室代为登记。
    Only who was called may answer; for invited officials and experts the office may.
    被通知的单位或者本人 / the unit or person called"""
    row = subject.row
    if row.unit_id:
        return row.unit_id in hand.units | hand.departments
    for_guest = row.capacity in GUESTS and hand.role in HANDLERS
    return bool(row.person_id == hand.principal) or for_guest


@guard("A3.1")
def before_consent(subject: Subject, hand: Hand, now: datetime) -> bool:
    """会议已报批,议程变更须先变更会议。
    Consent was already asked; change the meeting first.
    办公室 / the office"""
    meeting = subject.one("meeting")
    return meeting is not None and (meeting.state == "draft" or subject.row.state == "proposed")


@guard("A3.1")
def no_item_pending(subject: Subject, hand: Hand, now: datetime) -> bool:
    """有临时增加的议程尚待同意。
    A late item still awaits consent.
    组长(办公室会议为主任)批复,或者办公室撤下 / the leader (in the office the director), or the office removes it"""
    return all(row.state != "proposed" for row in subject.related["item"])


@guard("A3.1")
def item_consents(subject: Subject, hand: Hand, now: datetime) -> bool:
    """临时议程由组长同意,办公室会议的由主任同意。
    The leader consents to a late item, in office meetings the director.
    组长或者办公室主任 / the leader, or the office director"""
    return hand.role == (Role.LEADER if subject.row.motion_id else Role.OFFICE_DIRECTOR)


@guard("A2.1")
def before_session(subject: Subject, hand: Hand, now: datetime) -> bool:
    """会议已经开始或者结束,不能再作安排。
    The meeting has begun or is over; nothing is arranged any more.
    主持人当场掌握 / the presider, in the meeting"""
    meeting = subject.one("meeting")
    return meeting is not None and meeting.state in ("draft", "requested", "agreed", "convened", "postponed")


@guard("C17")
def only_noted(subject: Subject, hand: Hand, now: datetime) -> bool:
    """临时提出的事项和督办进展只能听取或者提请上级决定,不能当场议定。
    What is raised on the spot, and the state of directives, can be noted or referred and never decided.
    作为议题另行提请 / a motion of its own"""
    draft = subject.one("decision_draft")
    return subject.row.kind == "matter" or draft is None or draft.kind in RAISED


@guard("C17")
def presider_reason(subject: Subject, hand: Hand, now: datetime) -> bool:
    """各方意见与议定结果不一致,须记录主持人的理由。
    The positions and the decision differ: the presider's reason must be recorded.
    主持人 / the presider"""
    draft = subject.one("decision_draft")
    against = {
        "passed": {"disagree"},
        "passed_with_amendments": {"disagree"},
        "not_passed": {"agree", "agree_with_amendments"},
    }
    positions = {row.position for row in subject.related["statement"]}
    differs = draft is not None and bool(positions & against.get(draft.kind, set()))
    return not differs or bool(draft.presider_reason.strip())

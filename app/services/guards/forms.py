"""Guards that ask the meeting's form: who asks, who agrees, who presides, who organizes (A2.2, A3.1, B2.3, B2.5)."""

from datetime import datetime

from app.core.clock import local_day
from app.queries.actors import holds_on
from app.queries.subjects import Subject
from app.rules.roles import Role
from app.services.guards.registry import guard
from app.services.hands import Hand


@guard("A3.1")
def asks_for_it(subject: Subject, hand: Hand, now: datetime) -> bool:
    """这种形式的会议由办公室请示。
    A meeting of this form is asked for by the office.
    办公室 / the office"""
    return hand.role in subject.form.asked_by


@guard("B2.3")
def chooses(subject: Subject, hand: Hand, now: datetime) -> bool:
    """领导小组的会议须请示组长;只有办公室会议由主任决定召开。
    Meetings of the group need the leader's consent; only office meetings are the director's to choose.
    办公室请示组长 / the office asks the leader"""
    return subject.form.of_office and hand.role == subject.form.agreed_by


@guard("A3.1")
def consents(subject: Subject, hand: Hand, now: datetime) -> bool:
    """领导小组会议由组长同意,办公室会议由主任同意。
    The leader consents to meetings of the group, the director to those of the office.
    组长或者办公室主任 / the leader, or the office director"""
    return hand.role == subject.form.agreed_by


@guard("A2.2")
def presider_may(subject: Subject, hand: Hand, now: datetime) -> bool:
    """会议当日主持人须任组长,或者组长委托的副组长;办公室会议须任主任,或者主任指定的副主任。
    On that day the presider is the leader or a deputy he delegates; in the office the director or a deputy he names.
    办公室更换主持人 / the office names another presider"""
    allowed = {role.value for role in subject.form.presiders}
    group_id, day = subject.row.group_id, local_day(subject.row.starts_at)
    posts = [row for row in subject.related["presider_post"] if row.group_id == group_id and holds_on(row, day)]
    return any(row.role in allowed for row in posts)


@guard("B2.5")
def organizer_fits(subject: Subject, hand: Hand, now: datetime) -> bool:
    """承办部门不是综合部,须有该部提出的议题列入议程。
    A department other than General Affairs organizes only a meeting that hears a topic of its own.
    办公室调整承办部门或议程 / the office changes the organizer or the agenda"""
    organizer = subject.row.organizer_id
    general_affairs = subject.group.settings.get("general_affairs")
    if organizer is None or str(organizer) == general_affairs:
        return True
    heard = {row.topic_id for row in subject.related["item"] if row.state == "listed"}
    return any(row.department_id == organizer and row.id in heard for row in subject.related["topic"])


@guard("B2.5")
def organizes(subject: Subject, hand: Hand, now: datetime) -> bool:
    """办公室会议由承办部门(一般为综合部,专题会议可以是提出议题的部)组织。
    The department that organizes the office meeting does this: General Affairs as a rule.
    承办部门 / the organizing department"""
    at_the_top = hand.role in (Role.OFFICE_DIRECTOR, Role.OFFICE_DEPUTY_DIRECTOR)
    organizer = subject.row.organizer_id
    return at_the_top or organizer is None or organizer in hand.departments

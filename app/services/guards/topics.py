"""Guards of office topics (B2.4), and of what the group hands to the office (B1.8)."""

from datetime import datetime

from app.queries.departments import remit_of
from app.queries.subjects import Subject
from app.rules.roles import Role
from app.services.guards.registry import guard
from app.services.hands import Hand


def _in_charge(subject: Subject, hand: Hand) -> bool:
    department = str(subject.row.department_id)
    return any(
        row.person_id == hand.principal
        and row.role == Role.OFFICE_DEPUTY_DIRECTOR.value
        and department in row.in_charge_of
        for row in subject.appointments
    )


@guard("B2.4")
def heads_department(subject: Subject, hand: Hand, now: datetime) -> bool:
    """办公室议题由本部负责人提出。
    The head of the department submits its topics.
    该部负责人 / the department's head"""
    return subject.row.department_id in hand.departments


@guard("B2.4")
def within_remit(subject: Subject, hand: Hand, now: datetime) -> bool:
    """议题不在本部职责范围内,也不是领导小组交办的事项。
    The topic lies outside the department's remit and was not handed over by the group.
    由职责所在的部提出 / the department whose remit it is"""
    if subject.one("decision") is not None:
        return True
    department = subject.one("department")
    places = [row for row in subject.related["place"] if row.group_id == subject.row.group_id]
    return any(subject.row.subject in remit_of(place, department.name) for place in places)


@guard("B2.4")
def in_charge_of_department(subject: Subject, hand: Hand, now: datetime) -> bool:
    """由分管该部的副主任审核。
    The deputy director in charge of the department reviews it.
    分管副主任 / the deputy director in charge"""
    return _in_charge(subject, hand)


@guard("B2.4")
def topic_turn(subject: Subject, hand: Hand, now: datetime) -> bool:
    """现在不轮到您办理。
    It is not your turn on this topic.
    当前环节的办理人 / whoever's step it is"""
    if subject.row.state == "submitted":
        return hand.role == Role.OFFICE_DEPUTY_DIRECTOR and _in_charge(subject, hand)
    return hand.role == Role.OFFICE_DIRECTOR

"""Guards of opinions asked in preliminary review (A3.3)."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from app.core.clock import local_day
from app.queries.subjects import Subject
from app.services.guards.registry import guard
from app.services.hands import Hand


@guard("A3.3")
def opinions_in(subject: Subject, hand: Hand, now: datetime) -> bool:
    """尚有单位未启动、未答复且未到期,或者中止后没有重新起算,不能汇总。
    Some units were not asked yet, have time left, or were stopped and not started again.
    被征求意见的单位,或者办公室 / the units asked, or the office"""
    return in_hand(subject.related["opinion"], local_day(now))


def in_hand(opinions: Sequence[Any], day: date) -> bool:
    """Whether every opinion asked for was given, or its day has passed."""
    waiting = [row for row in opinions if row.state in ("not_started", "stopped")]
    running = [row for row in opinions if row.state == "asked" and row.due_on >= day]
    return bool(opinions) and not waiting and not running


@guard("A3.3")
def disagreements_answered(subject: Subject, hand: Hand, now: datetime) -> bool:
    """有单位不同意,汇总意见中尚未逐条回应。
    A unit disagrees and the consolidated opinion does not answer it.
    办公室 / the office"""
    return all(row.response.strip() for row in subject.related["opinion"] if row.position == "disagree")


@guard("A3.3")
def amendments_settled(subject: Subject, hand: Hand, now: datetime) -> bool:
    """有单位提出的修改意见尚未逐条说明采纳情况。
    What became of an amendment that a unit proposed has not been said.
    办公室 / the office"""
    return all(row.outcome for row in subject.related["amendment"])


@guard("A3.3")
def of_asked_unit(subject: Subject, hand: Hand, now: datetime) -> bool:
    """只有被征求意见的单位或者部门可以答复。
    Only the unit or department that was asked may answer.
    被征求意见的单位或者部门 / the unit or department asked"""
    row = subject.row
    return row.unit_id in (hand.departments if row.of_office else hand.units)


@guard("A3.3")
def not_extended(subject: Subject, hand: Hand, now: datetime) -> bool:
    """已申请过一次延期,只能延期一次。
    More time was asked for once already.
    办公室 / the office"""
    return not subject.row.extended


@guard("A3.3")
def before_due(subject: Subject, hand: Hand, now: datetime) -> bool:
    """期限已过,须在到期前提出。
    The due date has passed; more time is asked for before it.
    办公室 / the office"""
    return bool(local_day(now) <= subject.row.due_on)


@guard("A3.3")
def more_time_asked(subject: Subject, hand: Hand, now: datetime) -> bool:
    """没有待决定的延期申请。
    Nobody has asked for more time.
    被征求意见的单位 / the unit asked"""
    return subject.row.extension_to is not None


@guard("A3.3")
def in_time(subject: Subject, hand: Hand, now: datetime) -> bool:
    """期限已过,按逾期答复办理。
    The due date has passed; the reply is recorded as late.
    被征求意见的单位,办理“逾期答复” / the unit asked, by answering late"""
    return bool(local_day(now) <= subject.row.due_on)


@guard("A3.3")
def past_due(subject: Subject, hand: Hand, now: datetime) -> bool:
    """尚未到期,按正常答复办理。
    The due date has not passed; the reply is in time.
    被征求意见的单位,办理“答复意见” / the unit asked, by answering"""
    return bool(local_day(now) > subject.row.due_on or subject.row.state == "closed")


@guard("A3.3")
def motion_admitted_again(subject: Subject, hand: Hand, now: datetime) -> bool:
    """议题退回后尚未重新审定,计时不能恢复。
    The motion was returned and is not admitted again; the clock stays stopped.
    拟稿人和审定人 / the drafter, and those who admit it"""
    motion = subject.one("motion")
    return motion is not None and motion.state in ("admitted", "under_review")

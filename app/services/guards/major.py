"""Guards of major administrative decisions (国务院令第713号): what must have been done before it is discussed."""

from datetime import datetime

from app.core.clock import local_day
from app.queries.subjects import Subject
from app.rules.major import REQUIREMENTS
from app.services.guards.registry import guard
from app.services.hands import Hand


@guard("A3.3")
def not_major(subject: Subject, hand: Hand, now: datetime) -> bool:
    """已经按重大行政决策办理。
    The profile for major decisions is on already.
    办公室主任 / the office director"""
    return not subject.row.major


@guard("A3.3")
def is_major(subject: Subject, hand: Hand, now: datetime) -> bool:
    """本议题没有按重大行政决策办理。
    This motion does not follow the profile for major decisions.
    办公室主任 / the office director"""
    return bool(subject.row.major)


@guard("A3.3")
def major_requirements_met(subject: Subject, hand: Hand, now: datetime) -> bool:
    """重大行政决策的公众参与、专家论证、风险评估、合法性审查尚未全部完成,或者期限未满。
    Public comments, experts, risk assessment or legality review are not done yet, or their time is not over.
    办公室 / the office"""
    if not subject.row.major:
        return True
    day = local_day(now)
    done = {
        row.kind
        for row in subject.related["requirement"]
        if row.lifted_at is None and row.met_on is not None and (row.ends_on is None or row.ends_on <= day)
    }
    return done >= set(REQUIREMENTS)


@guard("C17")
def presider_last(subject: Subject, hand: Hand, now: datetime) -> bool:
    """重大行政决策由主持人最后表态:到会单位尚未全部发言。
    On a major decision the presider speaks last: not every unit that is present has spoken.
    到会单位 / the units present"""
    motion = subject.one("motion")
    if motion is None or not motion.major:
        return True
    present = {row.unit_id for row in subject.related["attendance"] if row.signed_in_at is not None}
    return present <= {row.unit_id for row in subject.related["statement"]}

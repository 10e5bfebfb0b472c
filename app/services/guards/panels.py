"""Guards of expert panels and of their members (A3.7, C16)."""

from datetime import datetime
from typing import Any

from app.core.clock import local_day
from app.queries.panels import Concern, day_of, in_term_on
from app.queries.subjects import Subject
from app.rules.panel import IN_FORCE, LEAST_MEMBERS, OPEN_TO_EXPERTS, RUNNING, STANDING
from app.services.guards.registry import guard
from app.services.hands import Hand


def _experts(subject: Subject) -> list[Any]:
    """The pool's entries of the members who count."""
    counted = {row.expert_id for row in subject.related["panel_member"] if row.state in IN_FORCE}
    return [expert for expert in subject.related["expert"] if expert.id in counted]


@guard("A3.7")
def panel_composed(subject: Subject, hand: Hand, now: datetime) -> bool:
    """专家小组须为三人以上单数,并确定组长。
    A panel has an odd number of at least three members, and a chair among them.
    办公室 / the office"""
    members = [row for row in subject.related["panel_member"] if row.state in IN_FORCE]
    chaired = subject.row.chair_id in {row.person_id for row in members}
    return len(members) >= LEAST_MEMBERS and len(members) % 2 == 1 and chaired


@guard("A3.7")
def no_conflict(subject: Subject, hand: Hand, now: datetime) -> bool:
    """有专家与提请单位或实施单位存在利害关系,应当回避。
    An expert has a conflict of interest with the proposing or an implementing unit.
    办公室先让其回避 / the office keeps him out first"""
    concern = Concern.of(subject.related["concerned"])
    return not any(concern.conflict(expert) for expert in _experts(subject))


@guard("A3.7")
def members_in_term(subject: Subject, hand: Hand, now: datetime) -> bool:
    """有专家在论证之日不在聘期内。
    The term of an expert does not reach the day of the panel.
    办公室另请专家或者续聘 / the office names another, or renews the term"""
    return all(in_term_on(expert, day_of(subject.row)) for expert in _experts(subject))


@guard("A3.7")
def motion_waits(subject: Subject, hand: Hand, now: datetime) -> bool:
    """专家论证应在议题审定之后、列入议程之前进行。
    A panel is called after the motion was admitted and before it is on an agenda.
    办公室 / the office"""
    motion = subject.one("motion")
    return motion is not None and motion.state in ("admitted", "under_review", "ready")


@guard("A3.7")
def session_day(subject: Subject, hand: Hand, now: datetime) -> bool:
    """只有以会议方式进行的论证才有论证会,且须在约定之日召开。
    Only a panel that meets has a session, and it begins on its day.
    办公室 / the office"""
    row = subject.row
    return row.mode == "meeting" and row.starts_at is not None and local_day(row.starts_at) <= local_day(now)


@guard("B2.3")
def no_joint_meeting(subject: Subject, hand: Hand, now: datetime) -> bool:
    """本小组已列入联合会议的议程,论证会随该会议召开。
    The panel sits at a joint meeting, and its session opens with that.
    会议主持人 / the presider of that meeting"""
    return all(row.state != "listed" for row in subject.related["joint_item"])


@guard("A3.7")
def panel_concludes(subject: Subject, hand: Hand, now: datetime) -> bool:
    """专家论证的议程由专家组组长形成结论,不另记议定事项。
    What comes of a panel's item is the conclusion of its chair, not a decision.
    专家组组长 / the chair of the panel"""
    return bool(subject.row.kind != "panel")


@guard("A3.7")
def is_panel_chair(subject: Subject, hand: Hand, now: datetime) -> bool:
    """结论由专家组组长作出。
    The chair of the panel concludes.
    专家组组长 / the chair"""
    return bool(subject.row.chair_id == hand.person_id)


@guard("A3.7")
def all_views_in(subject: Subject, hand: Hand, now: datetime) -> bool:
    """尚有专家没有出具意见。
    An expert has not given his view yet.
    该专家;或者办公室解除邀请 / that expert, or the office releases him"""
    return all(row.state == "given" for row in subject.related["panel_member"] if row.state in IN_FORCE)


@guard("A3.7")
def is_panelist(subject: Subject, hand: Hand, now: datetime) -> bool:
    """只有受邀的专家本人可以办理。
    Only the expert himself may do this.
    该专家 / that expert"""
    open_now = subject.one("panel") is not None and subject.one("panel").state in OPEN_TO_EXPERTS
    return open_now and bool(subject.row.person_id == hand.person_id)


@guard("A3.7")
def panel_running(subject: Subject, hand: Hand, now: datetime) -> bool:
    """论证尚未开始或者已有结论。
    The panel has not begun, or has concluded.
    办公室 / the office"""
    panel = subject.one("panel")
    return panel is not None and panel.state in RUNNING


@guard("C16")
def view_outdated(subject: Subject, hand: Hand, now: datetime) -> bool:
    """议题文本没有变化,不需要重新出具意见。
    The text of the motion has not changed since this view was given.
    议题修改后 / once the motion's text has changed"""
    return bool(subject.row.stale)


def _contested(subject: Subject) -> bool:
    """An expert objects to a view that was entered for him; a voided one is no view any more."""
    rows = subject.signatures if subject.noun == "panel_member" else subject.related["view_signature"]
    return any(row.objected_at and not row.voided_at for row in rows)


@guard("C20")
def views_uncontested(subject: Subject, hand: Hand, now: datetime) -> bool:
    """专家对代录的意见提出异议,专家小组的结论暂停生效。
    An expert objects to a view that was entered for him; what rests on it is suspended.
    该专家撤回异议,或者办公室作废代录的意见 / that expert withdraws it, or the office voids what was entered"""
    if subject.noun == "item":
        draft = subject.one("decision_draft")
        return draft is None or draft.kind == "deferred" or not _contested(subject)
    return not _contested(subject)


@guard("C20")
def view_contested(subject: Subject, hand: Hand, now: datetime) -> bool:
    """没有专家对代录的意见提出异议。
    No expert objects to a view that was entered for him.
    该专家 / that expert"""
    return _contested(subject)


def _stands(panels: list[Any]) -> bool:
    """A conclusion stands, and no panel is still at work."""
    states = {panel.state for panel in panels}
    return bool(states & STANDING and not states & set(OPEN_TO_EXPERTS))


@guard("A3.7")
def panel_stands(subject: Subject, hand: Hand, now: datetime) -> bool:
    """专家小组的结论已经失效,本议题只能暂缓。
    The conclusion of the expert panel has fallen; the item can only be deferred.
    办公室重新组织专家论证 / the office convenes another panel"""
    motion, draft = subject.one("motion"), subject.one("decision_draft")
    undecided = draft is None or draft.kind == "deferred"
    return motion is None or not motion.technical or undecided or _stands(subject.related["panel"])


@guard("A3.7")
def panel_concluded(subject: Subject, hand: Hand, now: datetime) -> bool:
    """本议题专业性较强,专家小组尚未形成结论。
    This motion is technical and the expert panel has not concluded.
    办公室组织专家论证 / the office convenes the panel"""
    return not subject.row.technical or _stands(subject.related["panel"])

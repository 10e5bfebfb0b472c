"""A group's settings (C13, A3.5): the code that begins its numbers, its times, its customs."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import time
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import select
from sqlmodel import col

from app.core.enforces import enforces
from app.core.refusals import Invalid, Problem
from app.models.people import Appointment, Group, GroupUnit
from app.queries.actors import in_force
from app.rules.defaults import DEFAULT_DAYS
from app.rules.file_types import FILE_TYPES
from app.rules.group_settings import DEFAULT_NUMBERS, FLAGS, KINDS, MOST_DAYS, MOST_REMINDERS, NUMBERS, UNITS
from app.rules.roles import Actor
from app.services import trail
from app.services.permits import require, require_group
from app.services.work import Work


@dataclass(frozen=True, slots=True)
class SettingsDraft:
    """What is to be set; what is not named stays. `days`, `flags`, `units`, `numbers` by the names of the settings."""

    body_code: str | None = None
    days: Mapping[str, int] = field(default_factory=dict)
    flags: Mapping[str, bool] = field(default_factory=dict)
    units: Mapping[str, UUID] = field(default_factory=dict)
    numbers: Mapping[str, int] = field(default_factory=dict)
    document_kinds: Collection[str] | None = None
    chase_hours: tuple[str, str] | None = None
    file_types: Collection[str] | None = None
    secrecy_officer: UUID | None = None


@enforces("C13", "A3.5")
async def edit_group(work: Work, actor: Actor, group_id: UUID, draft: SettingsDraft) -> Group:
    """Set them from now on: numbers and due dates that exist stay as they are. Each changed setting is on the trail."""
    require(work, actor, "group", "edit", None, "C13")
    group = await require_group(work, group_id)
    await _check(work, group_id, draft)
    wanted: dict[str, Any] = {**draft.days, **draft.numbers, **draft.flags}
    wanted |= {name: str(key) for name, key in draft.units.items()}
    if draft.document_kinds is not None:
        wanted["document_kinds"] = [kind for kind in KINDS if kind in draft.document_kinds]
    if draft.chase_hours is not None:
        wanted["chase_hours"] = list(draft.chase_hours)
    if draft.file_types is not None:
        wanted["file_types"] = [ending for ending in FILE_TYPES if ending in draft.file_types]
    if draft.secrecy_officer is not None:
        wanted["secrecy_officer"] = str(draft.secrecy_officer)
    changed = {name: value for name, value in wanted.items() if _present(group, name) != value}
    group.settings = {**group.settings, **changed}
    if draft.body_code is not None and draft.body_code.strip() != group.body_code:
        group.body_code = changed["body_code"] = draft.body_code.strip()
    await work.session.flush()
    for name, value in changed.items():
        await put_on_trail(work, actor, group_id, name, value)
    return group


def _present(group: Group, name: str) -> Any:
    usual = {**DEFAULT_DAYS, **DEFAULT_NUMBERS, **dict.fromkeys(FLAGS, False)}
    return group.settings.get(name, usual.get(name))


async def _check(work: Work, group_id: UUID, draft: SettingsDraft) -> None:
    problems = [*_days(draft.days), *_numbers(draft.numbers), *_unknown(draft)]
    if draft.body_code is not None and not 0 < len(draft.body_code.strip()) <= 32:
        problems.append(Problem("bodyCode", "机关代字为1至32字。", "The body code has 1 to 32 characters."))
    kinds = draft.document_kinds
    if kinds is not None and (not kinds or set(kinds) - set(KINDS)):
        problems.append(Problem("documentKinds", f"文种须是:{'、'.join(KINDS)}。", "Choose of the fifteen kinds."))
    if draft.chase_hours is not None and not _are_hours(*draft.chase_hours):
        problems.append(Problem("chaseHours", "催办时段如 08:30 至 17:30。", "Hours such as 08:30 to 17:30."))
    types = draft.file_types
    if types is not None and (not types or set(types) - set(FILE_TYPES)):
        problems.append(
            Problem("fileTypes", f"文件类型须是:{'、'.join(FILE_TYPES)}。", f"Of: {', '.join(FILE_TYPES)}.")
        )
    if draft.secrecy_officer is not None and not await _holds_a_post(work, group_id, draft.secrecy_officer):
        problems.append(Problem("secrecyOfficer", "保密员须在本领导小组任职。", "He holds a post in this group."))
    places = {row.unit_id: row.kind for row in (await _places(work, group_id))}
    for name, unit_id in draft.units.items():
        if unit_id not in places or (name == "general_affairs") != (places[unit_id] == "department"):
            problems.append(Problem(name, "请选择本领导小组的相应单位。", "Choose a fitting unit of this group."))
    if problems:
        raise Invalid(problems, "C13")


async def _holds_a_post(work: Work, group_id: UUID, person_id: UUID) -> bool:
    post = select(col(Appointment.id)).where(
        col(Appointment.group_id) == group_id, col(Appointment.person_id) == person_id, in_force(work.day)
    )
    return await work.session.scalar(post.limit(1)) is not None


def _days(days: Mapping[str, int]) -> list[Problem]:
    wrong = [name for name, value in days.items() if name in DEFAULT_DAYS and not 0 <= value <= MOST_DAYS]
    return [Problem(name, f"天数须在0至{MOST_DAYS}之间。", f"0 to {MOST_DAYS} days.") for name in wrong]


def _numbers(numbers: Mapping[str, int]) -> list[Problem]:
    wrong = [name for name, value in numbers.items() if not 0 <= value <= MOST_REMINDERS]
    return [Problem(name, f"须在0至{MOST_REMINDERS}之间。", f"0 to {MOST_REMINDERS}.") for name in wrong]


def _unknown(draft: SettingsDraft) -> list[Problem]:
    known = {"days": set(DEFAULT_DAYS), "flags": set(FLAGS), "units": set(UNITS), "numbers": set(NUMBERS)}
    unknown = [name for part, names in known.items() for name in getattr(draft, part) if name not in names]
    return [Problem("name", f"没有“{name}”这项设置。", f"There is no setting {name!r}.") for name in unknown]


def _are_hours(begin: str, end: str) -> bool:
    try:
        return time.fromisoformat(begin) < time.fromisoformat(end)
    except ValueError:
        return False


async def _places(work: Work, group_id: UUID) -> list[GroupUnit]:
    query = select(GroupUnit).where(col(GroupUnit.group_id) == group_id)
    return list((await work.session.scalars(query)).all())


async def put_on_trail(work: Work, actor: Actor, group_id: UUID, name: str, value: Any) -> None:
    """One changed setting: its name, and the hash of its value."""
    await trail.append(
        work.session,
        trail.entry(
            work.now,
            "group",
            f"set_{name}",
            "C13",
            object_id=group_id,
            group_id=group_id,
            actor_id=actor.person_id,
            origin=actor.origin,
            content_hash=hashlib.sha256(orjson.dumps(value)).hexdigest(),
        ),
    )

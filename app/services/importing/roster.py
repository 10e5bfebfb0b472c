"""An office's contact list against what the installation holds: what is new, what changes, who succeeds whom (C12, C5).

Whoever is not in the list stays as he is; the list tells who came, never by itself who left.
"""

from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.adapters.roster import RosterReading, RosterRow
from app.core.clock import today
from app.core.enforces import enforces
from app.core.faults import Fault, file_fault, in_order
from app.models.people import Group
from app.rules.roles import ADMINISTRATORS, RANKS
from app.services.importing.people import PeoplePlanner
from app.services.importing.plan import Change, ImportPlan, apply
from app.services.importing.posts import PostPlanner
from app.services.importing.stock import load_stock
from app.services.importing.units import UnitPlanner

__all__ = ["ImportPlan", "apply", "plan"]

FIRST_CODE = "main"


@enforces("C12")
async def plan(session: AsyncSession, group_code: str | None, reading: RosterReading) -> ImportPlan:
    """What the list would change. Without a code: the group that the title names, else the only one there is."""
    made = ImportPlan(faults=list(reading.faults), notes=list(reading.notes))
    group = await _group(session, group_code, reading, made)
    if group is None:
        return made
    stock = await load_stock(session, group, today())
    units = UnitPlanner(stock, reading.rows, made)
    people = PeoplePlanner(stock, made)
    posts = PostPlanner(stock, reading.rows, made, units, people)
    units.plan()
    people.plan(reading.rows)
    for row in sorted(reading.rows, key=_from_the_top):
        if row.role in ADMINISTRATORS:
            posts.administrator(row)
        else:
            posts.post(row)
    if not made.faults:  # otherwise rows are missing only because they must be mended first
        posts.note_who_is_not_listed()
    made.faults = in_order([_with_letter(fault, reading) for fault in made.faults])
    if made.faults:
        made.changes = []
    return made


def _with_letter(fault: Fault, reading: RosterReading) -> Fault:
    letter = fault.column_letter or reading.letters.get(fault.column_name, "")
    return replace(fault, column_letter=letter)


def _from_the_top(row: RosterRow) -> tuple[int, int]:
    """The highest posts first: who gives one up for another is known by then."""
    return RANKS[row.role], row.row


async def _group(session: AsyncSession, code: str | None, reading: RosterReading, made: ImportPlan) -> Group | None:
    groups = list(await session.scalars(select(Group)))
    if code is None:
        named = [group for group in groups if group.name == reading.group_name]
        found = named or ([] if reading.group_name else groups)
        if len(found) > 1 or (groups and not found and not reading.group_name):
            made.faults.append(_which_group(groups))
            return None
    else:
        found = [group for group in groups if group.code == code]
    group = found[0] if found else _new_group(code or _free_code(groups), reading, made)
    made.group_id, made.group_code, made.group_name = group.id, group.code, group.name
    return group


def _new_group(code: str, reading: RosterReading, made: ImportPlan) -> Group:
    group = Group(code=code[:32], name=(reading.group_name or code)[:120])
    made.changes.append(
        Change(None, "group", "create", f"新建领导小组“{group.name}”({group.code})。",
               f"New leading group “{group.name}” ({group.code}).", group.id, (group,), clause="A1.1")
    )  # fmt: skip
    return group


def _free_code(groups: list[Group]) -> str:
    taken = {group.code for group in groups}
    names = (FIRST_CODE, *(f"group-{number}" for number in range(2, len(groups) + 3)))
    return next(name for name in names if name not in taken)


def _which_group(groups: list[Group]) -> Fault:
    codes = "、".join(f"{group.code}({group.name})" for group in groups)
    return file_fault(
        "看不出这份名单属于哪个领导小组。", "It does not show to which leading group this list belongs.",
        f"请用 --group 指明:{codes}。", f"name it with --group: {codes}.",
    )  # fmt: skip

"""Attendance over the year by unit: a list, a picture of it, and a spreadsheet (A4.1, C12)."""

from urllib.parse import quote
from uuid import UUID

from sqlmodel import col
from starlette.responses import Response

from app.adapters.workbook import KIND, workbook
from app.admin.ask import Ask
from app.admin.door import Page
from app.admin.forms import as_uuid
from app.admin.html import finish, show
from app.core.clock import today
from app.core.refusals import Invalid, NotFound
from app.models.people import Group
from app.queries.attendance_year import COUNTED, UnitYear, attendance_of_year
from app.queries.visibility import visible_to


async def _chosen(ask: Ask) -> tuple[list[Group], UUID | None, int, list[UnitYear]]:
    """The asker's groups, the one he chose, the year, and what he sees of its attendance."""
    mine = {seat.group_id for seat in ask.actor.seats if seat.group_id}
    query = visible_to(ask.view, Group).where(col(Group.id).in_(mine)).order_by(col(Group.name))
    groups = list((await ask.session.scalars(query)).all())
    written, year = ask.request.query_params.get("group", ""), ask.request.query_params.get("year", "")
    try:
        wanted = as_uuid("group", written) if written else groups[0].id if groups else None
    except Invalid as error:
        raise NotFound() from error
    if wanted is not None and wanted not in {group.id for group in groups}:
        raise NotFound()
    when = int(year) if year.isascii() and year.isdigit() and 2000 <= int(year[:5]) <= 2100 else today().year
    rows = await attendance_of_year(ask.session, ask.view, wanted, when) if wanted else []
    return groups, wanted, when, rows


async def attendance(ask: Ask) -> Response:
    groups, group_id, year, rows = await _chosen(ask)
    return show(
        ask, "admin/attendance/list.html", groups=groups, group_id=group_id, year=year, rows=rows, counted=COUNTED
    )


async def export(ask: Ask) -> Response:
    _, _, year, rows = await _chosen(ask)
    header = [
        ask.say("单位", "Unit"),
        *(ask.say(*names) for names in COUNTED.values()),
        ask.say("到会率%", "Present %"),
    ]
    lines = ([row.name, *(getattr(row, name) for name in COUNTED), row.percent] for row in rows)
    response = Response(workbook(ask.say("出席情况", "Attendance"), header, lines, (24,)), media_type=KIND)
    plain = f'attachment; filename="attendance-{year}.xlsx"'
    response.headers["content-disposition"] = f"{plain}; filename*=UTF-8''{quote(f'出席情况-{year}.xlsx')}"
    return finish(ask, response)


PAGES = (Page("/attendance", attendance), Page("/attendance/export.xlsx", export))

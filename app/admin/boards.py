"""Directives at a glance: boards, league table, punctuality as a picture with its table, a spreadsheet (C3, C12)."""

from collections.abc import Sequence
from datetime import date
from urllib.parse import quote
from uuid import UUID

from sqlmodel import col
from starlette.responses import Response

from app.adapters.workbook import KIND, Cell, workbook
from app.admin.ask import Ask
from app.admin.door import Page
from app.admin.drafts import groups_for
from app.admin.forms import as_day, as_uuid
from app.admin.html import finish, go, show
from app.admin.words import Words, link
from app.core.clock import local_day, today
from app.core.refusals import Invalid, NotFound
from app.models.people import Group
from app.queries.boards import ASSIGNED, BY, board
from app.queries.league import FORMULA, league, punctuality
from app.queries.results import Result, results
from app.queries.visibility import visible_to
from app.services.directives import draft_results_report

MONTHS = 12


async def _groups(ask: Ask) -> Sequence[Group]:
    mine = {seat.group_id for seat in ask.actor.seats if seat.group_id}
    query = visible_to(ask.view, Group).where(col(Group.id).in_(mine)).order_by(col(Group.name))
    return (await ask.session.scalars(query)).all()


async def _chosen(ask: Ask) -> tuple[Sequence[Group], UUID | None, list[Result]]:
    """The asker's groups, the one of them that he chose (otherwise his first), and what he sees of its directives."""
    groups = await _groups(ask)
    written = ask.request.query_params.get("group", "")
    try:
        wanted = as_uuid("group", written) if written else None
    except Invalid as error:
        raise NotFound() from error
    if wanted is not None and wanted not in {group.id for group in groups}:
        raise NotFound()
    group_id = wanted or (groups[0].id if groups else None)
    rows = await results(ask.session, ask.view, group_id) if group_id else []
    ask.saw(row.row for row in rows)
    return groups, group_id, rows


def _day(ask: Ask, name: str, otherwise: date) -> date:
    written = ask.request.query_params.get(name, "")
    try:
        return as_day(name, written) if written else otherwise
    except Invalid as error:
        raise NotFound() from error


async def boards(ask: Ask) -> Response:
    groups, group_id, rows = await _chosen(ask)
    by = ask.request.query_params.get("by", "unit")
    if by not in BY:
        raise NotFound()
    return show(
        ask, "admin/boards/board.html", groups=groups, group_id=group_id, by=by, columns=board(rows, by),
        nameless=ask.say(*ASSIGNED),
    )  # fmt: skip


async def league_table(ask: Ask) -> Response:
    groups, group_id, rows = await _chosen(ask)
    start, end = _day(ask, "from", today().replace(month=1, day=1)), _day(ask, "to", today())
    return show(
        ask, "admin/boards/league.html", groups=groups, group_id=group_id, start=start, end=end,
        places=league(rows, start, end, today()), months=punctuality(rows, today(), MONTHS), formula=ask.say(*FORMULA),
        may_report=group_id in groups_for(ask, "document:draft"),
    )  # fmt: skip


async def export(ask: Ask) -> Response:
    _, _, rows = await _chosen(ask)
    header = [ask.say(zh, en) for zh, en in HEADER]
    words = Words(ask.language)
    content = workbook(ask.say("督办事项", "Directives"), header, (_line(words, row) for row in rows), WIDTHS)
    name = quote(f"督办事项-{today()}.xlsx")
    response = Response(content, media_type=KIND)
    plain = f'attachment; filename="directives-{today()}.xlsx"'
    response.headers["content-disposition"] = f"{plain}; filename*=UTF-8''{name}"
    return finish(ask, response)


HEADER = (
    ("督办事项", "Directive"), ("成果", "Result"), ("衡量标准", "Measure"), ("牵头单位", "Lead unit"),
    ("配合单位", "Cooperating units"),
    ("完成时限", "Due"), ("长期坚持", "Standing"), ("反馈周期", "Reports"), ("状态", "State"), ("亮灯", "Light"),
    ("议定事项", "Decision"), ("下达人", "Issued by"), ("项目", "Project"), ("资金(元)", "Money (yuan)"),
    ("报告办结日期", "Completion reported"), ("办结日期", "Closed"),
)  # fmt: skip
WIDTHS = (30, 40, 24, 18, 40, 12, 10, 10, 12, 10, 40, 10, 20, 14, 14, 12)


def _line(words: Words, each: Result) -> list[Cell]:
    row = each.row
    return [
        row.title, row.result, row.measure, each.unit, "、".join(each.helpers), row.due_on,
        words.pick("是", "yes") if row.standing else "",
        words.of("PERIODS", row.period), words.state("directive", row.state), words.of("LIGHTS", each.light),
        each.decision, each.issuer, row.project, row.amount, each.completed_on,
        local_day(row.closed_at) if row.closed_at else None,
    ]  # fmt: skip


async def report(ask: Ask) -> Response:
    """Draft the report of results to the group (A3.6)."""
    async with ask.begin() as work:
        row = await draft_results_report(work, ask.actor, ask.form.uuid("group_id"), ask.form.day_or_none("since"))
    return go(ask, link("document", row.id))


PAGES = (
    Page("/directives/board", boards),
    Page("/directives/league", league_table),
    Page("/directives/export.xlsx", export),
    Page("/directives/report", report, "POST"),
)

"""Boards, league table and punctuality: one formula, over what one may see (C3, A4.4)."""

from datetime import date, timedelta
from typing import Any

import pytest

from app.core.clock import today
from app.models.outcome import Directive
from app.queries.actors import load_actor
from app.queries.boards import board
from app.queries.league import Score, league, months_back, punctuality, score
from app.queries.results import Result, results
from app.queries.visibility import View
from app.services import directives
from app.services.directives import DirectiveDraft
from tests.support.city import City, build

pytestmark = pytest.mark.clause("C3")
DAY = date(2026, 6, 15)


def result(
    unit: str, due: date | None, completed: date | None = None, state: str = "in_progress", light: str = "green"
) -> Result:
    return Result(Directive(state=state, due_on=due, title="t"), unit, (), "议定", "主任", light, completed)


def june(day: int) -> date:
    return date(2026, 6, day)


def test_the_formula() -> None:
    """In time, late, open and overdue count; due today and still open, suspended, withdrawn and undated do not."""
    rows = [
        result("甲", june(10), june(10), "closed"), result("甲", june(10), june(11), "verified"),
        result("甲", june(14)), result("甲", june(15)), result("甲", june(20), june(1), "reported"),
        result("甲", june(10), june(10), "suspended"), result("甲", june(10), june(10), "withdrawn"),
        result("甲", None),
        result("甲", date(2026, 7, 1), june(3), "closed"),
    ]  # fmt: skip
    assert score(rows, june(1), june(30), DAY) == Score(4, 2)
    assert score(rows, june(1), june(30), DAY).percent == 50.0
    assert score(rows, date(2026, 1, 1), date(2026, 5, 31), DAY) == Score(0, 0)
    assert score([], june(1), june(30), DAY).percent is None


def test_the_league_puts_the_most_punctual_first_and_shares_ranks() -> None:
    good = [result(unit, june(1), june(1), "closed") for unit in ("乙", "甲")]
    half = [
        result("丙", june(1), june(1), "closed"),
        result("丙", june(2), june(9), "closed"),
        result("丙", june(3), light="red"),
    ]
    rows = [*half, *good, result("丁", date(2026, 9, 1))]
    places = league(rows, june(1), june(30), DAY)
    assert {(place.rank, place.unit) for place in places[:2]} == {(1, "甲"), (1, "乙")}, "equal scores share a rank"
    assert [(place.rank, place.unit, place.score, place.overdue) for place in places[2:]] == [
        (3, "丙", Score(3, 1), 1), (None, "丁", Score(0, 0), 0),
    ]  # fmt: skip


def test_month_by_month() -> None:
    rows = [result("甲", date(2026, 5, 31), date(2026, 5, 31), "closed"), result("甲", june(1), june(2), "closed")]
    found = punctuality(rows, DAY, 3)
    assert [(month.first, month.score) for month in found] == [
        (date(2026, 4, 1), Score(0, 0)), (date(2026, 5, 1), Score(1, 1)), (june(1), Score(1, 0)),
    ]  # fmt: skip
    assert months_back(date(2026, 1, 31), 2) == [date(2025, 12, 1), date(2026, 1, 1)]


def test_a_board_shows_the_urgent_first() -> None:
    rows = [
        result("甲", june(20)),
        result("乙", june(1), light="red"),
        result("乙", june(1), june(1), "closed", "grey"),
    ]
    by_unit = board(rows, "unit")
    assert [(column.name, column.open, column.closed, column.lights["red"]) for column in by_unit] == [
        ("乙", 1, 1, 1), ("甲", 1, 0, 0),
    ]  # fmt: skip
    assert [each.light for each in by_unit[0].rows] == ["red", "grey"]
    assert [column.name for column in board(rows, "decision")] == ["议定"]
    assert [column.name for column in board(rows, "leader")] == ["主任"]


async def seen(city: City, who: str) -> list[Result]:
    async with city.db.read() as session:
        view = View(await load_actor(session, city.people[who]), await city.works.policies.current(session))
        return await results(session, view, city.group)


@pytest.mark.clause("A4.4")
async def test_only_what_one_may_see_and_only_reports_that_stand(db: Any, clock: Any) -> None:
    city = await build(db)
    _, _, decision = await city.decided()
    given = DirectiveDraft("平台验收", "通过验收并提交报告", city.units["市财政局"], today() + timedelta(days=10),
                           [city.units["市民政局"]], decision_id=decision.id)  # fmt: skip
    row = await city.do("vice", directives.draft_directive, city.group, given)
    assert await seen(city, "vice") == [], "a draft is no result"
    await city.do("vice", directives.issue_directive, row.id)
    await city.act("finance", "directive", row, "acknowledge")
    await city.do("finance", directives.report_completion, row.id, "完成")
    (found,) = await seen(city, "leader")
    assert (found.unit, found.helpers, found.issuer, found.decision) == (
        "市财政局",
        ("市民政局",),
        "副主任己",
        decision.text,
    )
    assert found.in_time and found.completed_on == today()
    await city.act("head", "directive", row, "return_report", reason="缺件")
    (found,) = await seen(city, "finance")
    assert found.completed_on is None, "a returned report does not stand"
    clock.forward(days=20)
    await city.do("finance", directives.report_completion, row.id, "补件")
    (found,) = await seen(city, "civil")
    assert not found.in_time
    assert await seen(city, "police") == [] and await seen(city, "outsider") == []

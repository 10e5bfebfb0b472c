"""Boards, league table, picture and spreadsheet on pages (C3, C12)."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from app.core.clock import at, today
from app.services import directives
from app.services.directives import DirectiveDraft
from tests.admin.conftest import Pages


async def laid(pages: Pages, title: str, days: int = 10) -> Any:
    city = pages.city
    given = DirectiveDraft(title, "通过验收并提交报告", city.units["市财政局"], today() + timedelta(days=days))
    row = await city.do("vice", directives.draft_directive, city.group, given)
    await city.do("vice", directives.issue_directive, row.id)
    await city.act("finance", "directive", row, "acknowledge")
    await city.do("finance", directives.report_completion, row.id, "完成")
    return row


@pytest.mark.clause("C3")
async def test_boards_and_league(pages: Pages) -> None:
    await laid(pages, "平台验收")
    for who in ("director", "leader", "finance"):
        browser = await pages.sign_in(who)
        for by, name in (("unit", "市财政局"), ("decision", "交办"), ("leader", "副主任己")):
            page = (await browser.get(f"/admin/directives/board?by={by}")).text
            assert "平台验收" in page and name in page
        page = (await browser.get(f"/admin/directives/league?to={today() + timedelta(days=30)}")).text
        for words in ("市财政局", "100.0 %", "<svg", "<desc", "按时率 = ", "<title id="):
            assert words in page
    civil = await pages.sign_in("civil")
    for path in ("board", "league", "export.xlsx"):
        answer = await civil.get(f"/admin/directives/{path}")
        assert answer.status_code == 200 and "平台验收" not in answer.text
    for path in (
        "board?by=height",
        "board?group=x",
        "league?from=never",
        f"league?group={pages.city.units['市财政局']}",
    ):
        assert (await civil.get(f"/admin/directives/{path}")).status_code == 404
    english = (await civil.get("/admin/directives/league?lang=en")).text
    assert "Punctuality = directives reported complete in time" in english


@pytest.mark.clause("C12")
async def test_the_spreadsheet_holds_texts_and_no_formulas(pages: Pages) -> None:
    await laid(pages, "=HYPERLINK(1)验收")
    browser = await pages.sign_in("director")
    answer = await browser.get("/admin/directives/export.xlsx")
    assert answer.headers["content-type"].startswith("application/vnd.openxmlformats")
    assert "attachment" in answer.headers["content-disposition"]
    sheet = load_workbook(BytesIO(answer.content)).active
    assert sheet is not None
    header, line = list(sheet.iter_rows())
    assert (header[0].value, line[0].value, line[0].data_type) == ("督办事项", "=HYPERLINK(1)验收", "s")
    assert line[5].value.date() == today() + timedelta(days=10) and line[8].value == "待核验"


@pytest.mark.clause("C12", "C14")
async def test_the_spreadsheet_tells_the_days_of_shanghai(pages: Pages, clock: Any) -> None:
    row = await laid(pages, "平台验收")
    clock.set(at(date(2026, 3, 6), 7, 30))  # the day before in UTC
    await pages.city.act("head", "directive", row, "verify")
    await pages.city.act("director", "directive", row, "close")
    answer = await (await pages.sign_in("director")).get("/admin/directives/export.xlsx")
    sheet = load_workbook(BytesIO(answer.content)).active
    assert sheet is not None and sheet["P2"].value.date() == date(2026, 3, 6)


@pytest.mark.clause("A3.6")
async def test_the_report_of_results_is_drafted_on_the_page(pages: Pages) -> None:
    await laid(pages, "平台验收")
    staff = await pages.sign_in("staff")
    assert "/admin/directives/report" in (await staff.get("/admin/directives/league")).text
    drafted = await staff.post("/admin/directives/report", {"group_id": str(pages.city.group)})
    assert "平台验收" in (await staff.get(drafted.headers["location"])).text
    leader = await pages.sign_in("leader")
    assert "/admin/directives/report" not in (await leader.get("/admin/directives/league")).text
    assert (await leader.post("/admin/directives/report", {"group_id": str(pages.city.group)})).status_code == 403

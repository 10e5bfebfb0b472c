"""The expert pool on its pages (A3.7)."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from app.adapters.expert_sheet import read_experts
from app.models.experts import Expert, ExpertAbsence
from tests.admin.conftest import Pages
from tests.support.experts import called_panel, pool

ENTRY = {"employer": "江澜大学", "title": "教授", "fields": "物联网、地理信息", "starts_on": "2025-01-01",
         "ends_on": "2027-12-31", "avoids": "市财政局"}  # fmt: skip
pytestmark = pytest.mark.clause("A3.7")


async def enrol(browser: Any, name: str, phone: str, **changes: str) -> str:
    await browser.get("/admin/experts")
    answer = await browser.post("/admin/experts", {**ENTRY, "name": name, "phone": phone, **changes})
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


async def test_the_office_keeps_the_pool_on_pages(pages: Pages) -> None:
    browser = await pages.sign_in("staff")
    here = await enrol(browser, "专家甲", "14044440001")
    await enrol(browser, "专家乙", "14044440002", fields="法律", ends_on="2025-12-31")
    everybody = (await browser.get("/admin/experts")).text
    assert "专家甲" in everybody and "专家乙" in everybody and "聘期已满" in everybody
    assert "专家乙" not in (await browser.get("/admin/experts?field=物联网")).text
    assert "专家甲" not in (await browser.get("/admin/experts?term=ended")).text
    assert "专家乙" not in (await browser.get("/admin/experts?term=current")).text
    assert "专家乙" not in (await browser.get("/admin/experts?q=江澜&field=地理信息")).text
    page = (await browser.get(here)).text
    assert "市财政局" in page and "14044440001" in page
    assert (await browser.post(here, {**ENTRY, "ends_on": "2030-12-31"})).status_code == 303
    assert "2030年12月31日" in (await browser.get(here)).text
    away = {"starts_on": "2026-04-01", "ends_on": "2026-04-30", "note": "出国"}
    assert (await browser.post(f"{here}/absences", away)).status_code == 303
    assert "出国" in (await browser.get(here)).text
    async with pages.city.db.read() as session:
        absence = (await session.scalars(select(ExpertAbsence))).one()
    assert (await browser.post(f"{here}/absences/{absence.id}/remove")).status_code == 303
    assert "出国" not in (await browser.get(here)).text


async def test_what_is_wrong_is_said_and_nothing_kept(pages: Pages) -> None:
    browser = await pages.sign_in("staff")
    await browser.get("/admin/experts")
    answer = await browser.post("/admin/experts", {**ENTRY, "name": "专家甲", "phone": "1"})
    assert answer.status_code == 422 and "手机号码或邮箱" in answer.text
    async with pages.city.db.read() as session:
        assert (await session.scalars(select(Expert))).all() == []


async def test_an_expert_sees_his_own_entry_and_no_other(pages: Pages) -> None:
    office = await pages.sign_in("staff")
    mine, other = await enrol(office, "专家甲", "14044440001"), await enrol(office, "专家乙", "14044440002")
    async with pages.city.db.read() as session:
        pages.city.people["专家甲"] = await session.scalar(select(Expert.person_id).order_by(Expert.id))
    browser = await pages.sign_in("专家甲")
    assert (await browser.get("/admin/experts")).status_code == 403
    assert (await browser.get(mine)).status_code == 200
    assert "变更专家信息" not in (await browser.get(mine)).text
    assert (await browser.get(other)).status_code == 404
    assert (await browser.post(mine, ENTRY)).status_code == 403


@pytest.mark.clause("C12")
async def test_the_pool_goes_out_as_a_spreadsheet_that_can_come_in_again(pages: Pages, tmp_path: Path) -> None:
    city = pages.city
    await called_panel(city, await city.motion("ready", "A1.3(2)"), (await pool(city, 4))[:3])
    browser = await pages.sign_in("staff")
    here = await enrol(browser, "专家癸", "14044440001")
    away = {"starts_on": "2026-04-01", "ends_on": "2026-04-30", "note": "出国"}
    await browser.post(f"{here}/absences", away)
    await enrol(browser, "专家亥", "14044440002", fields="法律", ends_on="2025-12-31")
    page = (await browser.get("/admin/experts")).text
    assert "/admin/experts/export.xlsx" in page and "1次" in page and "不便" in page
    answer = await browser.get("/admin/experts/export.xlsx", **{"accept-language": "zh"})
    file = tmp_path / "experts.xlsx"
    file.write_bytes(answer.content)
    reading = read_experts(file)
    assert reading.faults == [] and len(reading.rows) == 6
    assert next(row for row in reading.rows if row.name == "专家癸").avoids == ("市财政局",)
    sheet = load_workbook(file).active
    header, *lines = [[cell.value for cell in row] for row in sheet.iter_rows()]
    said = {line[0]: dict(zip(header, line, strict=True)) for line in lines}
    assert (said["专家甲"]["参加论证(次)"], said["专家丁"]["参加论证(次)"]) == (1, 0)
    assert said["专家癸"]["不便参加的时间"] == "2026-04-01—2026-04-30(出国)"
    assert (said["专家亥"]["聘期状态"], said["专家癸"]["聘期状态"]) == ("聘期已满", "在聘")
    ended = load_workbook(BytesIO((await browser.get("/admin/experts/export.xlsx?term=ended")).content)).active
    assert ended.max_row == 2
    leader = await pages.sign_in("leader")
    assert "14044440001" not in str(load_workbook(BytesIO(
        (await leader.get("/admin/experts/export.xlsx")).content)).active["E2"].value)  # fmt: skip
    for who in ("civil", "auditor"):
        assert (await (await pages.sign_in(who)).get("/admin/experts/export.xlsx")).status_code == 403

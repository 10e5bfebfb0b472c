"""The expert pool on its pages (A3.7)."""

from typing import Any

import pytest
from sqlalchemy import select

from app.models.experts import Expert, ExpertAbsence
from tests.admin.conftest import Pages

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
        pages.city.people["专家甲"] = await session.scalar(select(Expert.person_id).order_by(Expert.id))  # type: ignore[arg-type]
    browser = await pages.sign_in("专家甲")
    assert (await browser.get("/admin/experts")).status_code == 403
    assert (await browser.get(mine)).status_code == 200
    assert "变更专家信息" not in (await browser.get(mine)).text
    assert (await browser.get(other)).status_code == 404
    assert (await browser.post(mine, ENTRY)).status_code == 403

"""Ladders of reminders on the pages (C2): looked at on the calendar before they are saved."""

import pytest

from app.models.people import Group
from tests.admin.conftest import Pages


@pytest.mark.clause("C2")
async def test_the_preview_names_who_would_be_told_today_and_what_is_vacant(pages: Pages) -> None:
    units, browser = pages.city.units, await pages.sign_in("sysadmin")
    page = f"/admin/groups/{pages.city.group}/ladders"
    form = {"offset_0": "1", "to_0": "liaison", "due_on": "2026-03-10", "do": "preview"}
    held = await browser.post(f"{page}/opinion", {**form, "to_0": "head", "unit_id": str(units["市经信委"])})
    assert "试排:市经信委" in held.text and "单位负责人:经信主任<" in held.text
    vacant = await browser.post(f"{page}/opinion", {**form, "unit_id": str(units["市民政局"])})
    assert "联络员:空缺(联络员空缺,转综合部:部长辛、科员壬)" in vacant.text
    leaders = (await browser.get(f"{page}/leaders")).text
    assert "试排:组长" in leaders and "承办人:组长甲" in leaders and "unit_id" not in leaders


@pytest.mark.clause("C2")
async def test_a_ladder_is_looked_at_saved_and_taken_back(pages: Pages) -> None:
    city = pages.city
    page = f"/admin/groups/{city.group}/ladders"
    assert (await (await pages.sign_in("director")).get(page)).status_code == 403
    browser = await pages.sign_in("sysadmin")
    assert f"{page}/opinion" in (await browser.get(page)).text
    assert "当面提醒" in (await browser.get(f"{page}/leaders")).text
    form = {"offset_0": "1", "to_0": "liaison", "due_on": "2026-02-13"}
    shown = await browser.post(f"{page}/opinion", {**form, "do": "preview"})
    assert shown.status_code == 200 and "周六,调休上班" in shown.text
    async with city.db.read() as session:
        assert "ladders" not in (await session.get(Group, city.group)).settings
    wrong = await browser.post(f"{page}/papers", {**form, "to_0": "head", "do": "preview"})
    assert wrong.status_code == 422 and "到联络员为止" in wrong.text
    assert (await browser.post(f"{page}/opinion", {**form, "do": "save"})).status_code == 303
    async with city.db.read() as session:
        assert (await session.get(Group, city.group)).settings["ladders"] == {"opinion": [[1, ["liaison"]]]}
    assert "本组设定" in (await browser.get(page)).text
    assert (await browser.post(f"{page}/opinion", {"reset": "1"})).status_code == 303
    assert "本组设定" not in (await browser.get(page)).text
    assert (await browser.get(f"{page}/coffee")).status_code == 404

"""Ladders of reminders on the pages (C2): looked at on the calendar before they are saved."""

import pytest

from app.models.people import Group
from tests.admin.conftest import Pages


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

"""The pages in a real browser: no word of complaint in its console, nothing wider than the screen, htmx at work."""

from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page

from tests.browser.conftest import Desk

pytestmark = [pytest.mark.browser]
WIDTHS = (1280, 390)


async def fits(page: Page) -> bool:
    """Nothing sticks out to the right; wide tables scroll inside their own frame."""
    return bool(await page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


async def story(desk: Desk) -> dict[str, Any]:
    city = desk.city
    waiting = await city.motion("endorsed", title="2027年度部门信息化运维资金安排意见", category="A1.3(4)")
    asked = await city.motion("under_review", title="城市数据平台资金安排计划")
    motion, meeting, decision = await city.decided()
    document = await city.document(decision, "countersigned")
    return {"waiting": waiting, "asked": asked, "motion": motion, "meeting": meeting, "document": document}


@pytest.mark.parametrize("width", WIDTHS)
async def test_every_page_fits_and_the_browser_has_no_complaint(desk: Desk, width: int, shots: Path | None) -> None:
    matters = await story(desk)
    visits = [
        ("", "/admin/sign-in", "sign-in"),
        ("", "/public", "public"),
        ("staff", "/admin/", "home"),
        ("in_charge", f"/admin/motions/{matters['waiting'].id}", "motion-review"),
        ("civil", f"/admin/motions/{matters['asked'].id}", "motion-unit"),
        ("leader", f"/admin/motions/{matters['motion'].id}", "motion-story"),
        ("head", f"/admin/meetings/{matters['meeting'].id}", "meeting"),
        ("leader", f"/admin/documents/{matters['document'].id}", "document"),
        ("director", "/admin/motions", "motions"),
        ("director", "/admin/tasks", "tasks"),
        ("leader", "/admin/delegations", "delegations"),
        ("sysadmin", "/admin/people", "people"),
        ("sysadmin", f"/admin/people/{desk.city.people['leader']}", "person"),
        ("sysadmin", "/admin/units", "units"),
        ("sysadmin", "/admin/jobs", "jobs"),
        ("sysadmin", "/admin/mails", "mails"),
        ("sysadmin", "/admin/tasks", "tasks-admin"),
        ("secadmin", "/admin/roles", "roles"),
        ("auditor", "/admin/trail?verify=1", "trail"),
        ("auditor", "/admin/people", "forbidden"),
    ]
    wide = []
    for who, path, name in visits:
        page = await desk.open(who, path, width)
        if not await fits(page):
            wide.append(name)
        if shots:
            await page.screenshot(path=shots / f"{name}-{width}.png", full_page=True)
        await page.context.close()
    assert wide == []
    assert [line for line in desk.faults if "403" not in line] == []

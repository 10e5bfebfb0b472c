"""The pages in a real browser: no word of complaint in its console, nothing wider than the screen, htmx at work."""

from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page, expect

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
        ("staff", "/admin/motions/new", "draft"),
        ("staff", f"/admin/motions/{matters['motion'].id}", "motion-office"),
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


@pytest.mark.clause("C7")
@pytest.mark.parametrize("width", WIDTHS)
async def test_a_step_is_taken_without_leaving_the_page(desk: Desk, width: int, shots: Path | None) -> None:
    motion = await desk.city.motion("endorsed")
    page = await desk.open("in_charge", f"/admin/motions/{motion.id}", width)
    await page.locator("summary", has_text="退回修改").click()
    if shots:
        await page.screenshot(path=shots / f"form-{width}.png")
    await page.evaluate("document.body.dataset.kept = 'yes'")
    await page.locator("summary", has_text="退回修改").click()
    await page.locator("summary.main", has_text="审核").click()
    await page.locator("input[name=opinion]").first.fill("同意")
    await page.locator("button", has_text="审核").first.click()
    await expect(page.locator(".done")).to_contain_text("已办理:审核")
    await expect(page.locator(".state").first).to_have_text("待审定")
    assert await page.evaluate("document.body.dataset.kept") == "yes", "htmx swapped the main part only"
    assert (await desk.city.fresh(motion)).state == "reviewed"
    assert desk.faults == []


@pytest.mark.clause("C7")
async def test_a_refusal_stands_on_the_page_and_goes_with_the_next_step(desk: Desk, shots: Path | None) -> None:
    motion = await desk.city.motion("endorsed")
    page = await desk.open("in_charge", f"/admin/motions/{motion.id}", 390)
    await desk.city.act("in_charge", "motion", motion, "review")
    await page.locator("summary.main", has_text="审核").click()
    await page.locator("input[name=opinion]").first.fill("写好的意见")
    await page.locator("button", has_text="审核").first.click()
    await expect(page.locator("#notice .refusal")).to_contain_text("A3.2")
    assert await page.locator("input[name=opinion]").first.input_value() == "写好的意见", "nothing typed is lost"
    if shots:
        await page.screenshot(path=shots / "refusal-390.png")


async def test_the_search_answers_while_one_types(desk: Desk) -> None:
    page = await desk.open("sysadmin", "/admin/people")
    await page.locator("input[type=search]").press_sequentially("科员", delay=20)
    await expect(page.locator("#rows tr")).to_have_count(2)
    assert desk.faults == []


async def test_an_appointment_ends_on_the_page_of_the_person(desk: Desk, shots: Path | None) -> None:
    page = await desk.open("sysadmin", f"/admin/people/{desk.city.people['leader']}")
    await page.locator("summary", has_text="结束任职").click()
    successor = page.locator("select[name=successor_id]")
    await successor.select_option(await successor.locator("option", has_text="无任职者").get_attribute("value"))
    if shots:
        await page.screenshot(path=shots / "end-1280.png")
    await page.locator("button", has_text="结束任职").click()
    await expect(page.locator("table.cards")).to_contain_text("2026年3月2日")
    assert desk.faults == []


async def test_without_scripts_the_same_forms_work(desk: Desk) -> None:
    motion = await desk.city.motion("submitted")
    signed_in = await desk.pages.sign_in("director")
    context = await desk.browser.new_context(java_script_enabled=False, locale="zh-CN")
    token = signed_in.client.cookies["yishi"]
    await context.add_cookies([{"name": "yishi", "value": token, "url": desk.address}])
    page = await context.new_page()
    await page.goto(f"{desk.address}/admin/motions/{motion.id}")
    await page.locator("summary.main", has_text="核签").click()
    await page.locator("button", has_text="核签").first.click()
    await expect(page.locator(".done")).to_contain_text("已办理:核签")
    assert (await desk.city.fresh(motion)).state == "endorsed"

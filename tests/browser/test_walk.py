"""Every page of the demonstration that a link leads to, as five people see it, on a desk and on a phone."""

import asyncio
import re
import socket
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import uvicorn
from playwright.async_api import Browser, Page, async_playwright
from starlette.applications import Starlette
from starlette.routing import Mount

from app.admin import public_routes, routes
from app.core import clock as app_clock
from app.core.settings import Settings
from app.models.engine import Database
from app.services.demo.load import PASSWORD
from app.services.work import Works
from tests.support.databases import sqlite_url
from tests.support.demonstration import demonstration

pytestmark = [pytest.mark.browser, pytest.mark.slow]
TUESDAY = app_clock.at(date(2026, 6, 9), 10)
STAFF, DIRECTOR, LEADER, FINANCE, ADMINISTRATOR = (f"140111100{end}" for end in ("09", "05", "01", "21", "49"))
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
KEY = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|(?<==)[^&]*")
OF_A_KIND = 3


@pytest.fixture
def file(_sqlite_template: Path, tmp_path: Path) -> Path:
    return demonstration(_sqlite_template, tmp_path, TUESDAY)


@asynccontextmanager
async def serving(file: Path) -> AsyncIterator[str]:
    db = Database(sqlite_url(file))
    works = Works(db)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        parts = (db, works, works.policies, Settings(assets="local", public_url=address))
        app = Starlette(routes=[Mount("/admin", routes=routes(*parts)), *public_routes(*parts)])
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off", ws="none"))
        task = asyncio.create_task(server.serve(sockets=[listening]))
        try:
            yield address
        finally:
            server.should_exit = True
            await task
            await db.close()


async def sign_in(browser: Browser, address: str, phone: str) -> Page:
    context = await browser.new_context(viewport=DESK, locale="zh-CN", timezone_id="Asia/Shanghai")
    page = await context.new_page()
    await page.goto(f"{address}/admin/sign-in")
    await page.fill("input[name=login]", phone)
    await page.fill("input[name=password]", PASSWORD)
    await page.click("main button")
    await page.wait_for_url(f"{address}/admin/")
    return page


async def links(page: Page) -> list[str]:
    """Where the page leads to inside the house; files to download are not pages."""
    found = await page.eval_on_selector_all("a[href]:not([download])", "all => all.map(each => each.href)")
    parts = [urlsplit(each) for each in found]
    ours = [each for each in parts if each.path.startswith("/admin")]
    return [each.path + (f"?{each.query}" if each.query else "") for each in ours if "." not in each.path]


async def walk(page: Page, address: str, faults: list[str]) -> int:
    """Three pages of each kind, breadth first; each is looked at in both widths."""
    waiting, seen, kinds = ["/admin/"], {"/admin/"}, Counter[str]()
    while waiting:
        path = waiting.pop(0)
        kinds[KEY.sub("", path)] += 1
        if kinds[KEY.sub("", path)] > OF_A_KIND:
            continue
        await page.set_viewport_size(DESK)
        answer = await page.goto(f"{address}{path}")
        if answer is None or answer.status != 200:
            faults.append(f"{path}: {answer and answer.status}")
            continue
        new = [each for each in dict.fromkeys(await links(page)) if each not in seen]
        seen.update(new)
        waiting += new
        for size in (DESK, PHONE):
            await page.set_viewport_size(size)
            if await page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
                faults.append(f"{path}: wider than {size['width']}")
    return len(kinds)


async def test_no_link_leads_astray_and_no_page_is_wider_than_the_screen(chromium: str, file: Path, clock: Any) -> None:
    clock.set(TUESDAY)
    faults: list[str] = []
    kinds = 0
    async with serving(file) as address, async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for phone in (STAFF, DIRECTOR, LEADER, FINANCE, ADMINISTRATOR):
            page = await sign_in(browser, address, phone)
            page.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)
            page.on("pageerror", lambda error: faults.append(str(error)))
            kinds += await walk(page, address, faults)
            await page.context.close()
        await browser.close()
    assert not faults, "\n".join(faults)
    assert kinds > 100

"""A real browser before a real server: the pages as people see them, on a desk and on a phone."""

import asyncio
import os
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from playwright.async_api import Browser, Page, async_playwright

from app.models.engine import Database
from tests.admin.conftest import Pages, application
from tests.support import city as cities
from tests.support.city import City


@dataclass
class Desk:
    """A browser and the city whose pages it shows. `faults` collects what the browser complained about."""

    browser: Browser
    city: City
    pages: Pages
    address: str
    faults: list[str]

    async def open(self, who: str, path: str, width: int = 1280, height: int = 900) -> Page:
        context = await self.browser.new_context(
            viewport={"width": width, "height": height}, locale="zh-CN", timezone_id="Asia/Shanghai"
        )
        if who:
            signed_in = await self.pages.sign_in(who)
            token = signed_in.client.cookies["yishi"]
            await context.add_cookies([{"name": "yishi", "value": token, "url": self.address}])
        page = await context.new_page()
        page.on("console", lambda line: self.faults.append(line.text) if line.type == "error" else None)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        await page.goto(f"{self.address}{path}")
        return page


@pytest.fixture
async def desk(chromium: str, sqlite_url: str, clock: Any) -> AsyncIterator[Desk]:
    database = Database(sqlite_url)
    city = await cities.build(database)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        app = application(city, assets="local", public_url=address)
        config = uvicorn.Config(app, log_level="warning", lifespan="off", ws="none")
        server = uvicorn.Server(config)
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            yield Desk(browser, city, Pages(city, app), address, [])
            await browser.close()
        server.should_exit = True
        await serving
    await database.close()


@pytest.fixture
def shots() -> Path | None:
    """Where pictures of the pages go: the folder that SHOTS names; without it none are taken."""
    folder = os.environ.get("SHOTS")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
    return Path(folder) if folder else None

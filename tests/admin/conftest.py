"""The pages over a small city, reached as a browser reaches them."""

import hashlib
import re
import secrets
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Mount

from app.admin import file_routes, public_routes, routes
from app.core.clock import now
from app.core.settings import Settings
from app.models.engine import Database
from app.models.people import Session
from tests.support import city as cities
from tests.support.city import City

TOKEN = re.compile(r'name="csrf" value="([0-9a-f]{64})"')


def application(city: City, **settings: Any) -> Starlette:
    parts = (city.db, city.works, city.works.policies, Settings(**settings))
    return Starlette(routes=[Mount("/admin", routes=routes(*parts)), *public_routes(*parts), *file_routes(*parts)])


@dataclass
class Browser:
    """One browser: cookies of its own; `post` sends the token of the page it looked at last."""

    client: httpx.AsyncClient
    token: str = field(default="", init=False)

    async def get(self, path: str, **headers: str) -> httpx.Response:
        answer = await self.client.get(path, headers=headers, follow_redirects=False)
        if found := TOKEN.search(answer.text):
            self.token = found[1]
        return answer

    async def post(self, path: str, data: Mapping[str, Any] | None = None, **headers: str) -> httpx.Response:
        """A form of ours, sent as a browser of today sends it."""
        form = {"csrf": self.token, **(data or {})}
        sent = {"sec-fetch-site": "same-origin", **headers}
        return await self.client.post(path, data=form, headers=sent, follow_redirects=False)


@dataclass
class Pages:
    city: City
    app: Starlette

    def anybody(self) -> Browser:
        transport = httpx.ASGITransport(app=self.app, raise_app_exceptions=True)
        return Browser(httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000"))

    async def sign_in(self, who: str) -> Browser:
        """A browser in which this person has signed in, on the home page."""
        secret = secrets.token_hex(8)
        async with self.city.db.write() as session:
            session.add(
                Session(
                    person_id=self.city.people[who],
                    token_hash=hashlib.sha256(secret.encode()).hexdigest(),
                    expires_at=now() + timedelta(hours=1),
                )
            )
        browser = self.anybody()
        browser.client.cookies.set("yishi", secret)
        answer = await browser.get("/admin/")
        assert answer.status_code == 200
        return browser


@pytest.fixture
async def city(sqlite_url: str, clock: Any) -> AsyncIterator[City]:
    database = Database(sqlite_url)
    yield await cities.build(database)
    await database.close()


@pytest.fixture
def pages(city: City) -> Pages:
    return Pages(city, application(city))

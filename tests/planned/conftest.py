"""Both ways to answer a query, side by side: the plan, and the generic resolvers."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import httpx
import orjson
import pytest

from schema import graphql_app
from schema.planned import Planner
from tests.api.conftest import Api
from tests.support.city import City, build


@dataclass
class BothWays:
    """Asks each query twice. `planned` is the planner behind the endpoint, with its count of what it left."""

    api: Api
    pipeline: Any
    planned: Planner

    async def raw(self, who: str, query: str, *, plan: bool, language: str = "en", **variables: Any) -> bytes:
        headers = {"accept-language": language}
        if who:
            headers["authorization"] = f"Bearer {await self.api.token(who)}"
        self.pipeline.plan = self.planned if plan else None
        body = {"query": query, "variables": variables}
        return (await self.api.http.post("/", json=body, headers=headers)).content

    async def same(self, who: str, query: str, language: str = "en", **variables: Any) -> Any:
        """The answer, having been the same both ways, to the order of its keys."""
        planned = orjson.loads(await self.raw(who, query, plan=True, language=language, **variables))
        resolved = orjson.loads(await self.raw(who, query, plan=False, language=language, **variables))
        assert orjson.dumps(planned) == orjson.dumps(resolved), query
        return planned


@pytest.fixture
async def city(db: Any, clock: Any) -> City:
    return await build(db)


@pytest.fixture
async def both(city: City) -> AsyncIterator[BothWays]:
    app = graphql_app(city.works)
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as http:
        planned = app.pipeline.plan
        assert isinstance(planned, Planner)
        yield BothWays(Api(city, http), app.pipeline, planned)

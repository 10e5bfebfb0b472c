"""The API as a client meets it: requests over HTTP into the endpoint, as one of the people of a small city."""

import hashlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import httpx
import pytest

from app.core.clock import now
from app.models.people import Session
from schema import graphql_app
from schema.ids import pack
from tests.support.city import City, build

REFUSAL = "__typename ... on Refusal { code message clause who } ... on ValidationError { problems { field message } }"


@dataclass
class Api:
    city: City
    http: httpx.AsyncClient
    tokens: dict[str, str] = field(default_factory=dict)

    async def token(self, who: str) -> str:
        if who not in self.tokens:
            token = f"token-of-{who}"
            hashed = hashlib.sha256(token.encode()).hexdigest()
            async with self.city.db.write() as session:
                ends = now() + timedelta(days=300)
                session.add(Session(person_id=self.city.people[who], token_hash=hashed, expires_at=ends))
            self.tokens[who] = token
        return self.tokens[who]

    async def post(self, who: str, query: str, language: str = "en", **variables: Any) -> dict[str, Any]:
        """The whole answer; `who` empty is the public."""
        headers = {"accept-language": language}
        if who:
            headers["authorization"] = f"Bearer {await self.token(who)}"
        response = await self.http.post("/", json={"query": query, "variables": variables}, headers=headers)
        assert response.status_code == 200, response.text
        answer: dict[str, Any] = response.json()
        return answer

    async def ask(self, who: str, query: str, **variables: Any) -> Any:
        answer = await self.post(who, query, **variables)
        assert "errors" not in answer, answer
        return answer["data"]

    async def do(self, who: str, mutation: str, select: str = "", language: str = "en", **given: Any) -> Any:
        """A mutation on one input; the payload."""
        name = mutation[:1].upper() + mutation[1:]
        query = f"mutation($input: {name}Input!) {{ {mutation}(input: $input) {{ {REFUSAL} {select} }} }}"
        answer = await self.post(who, query, language, input=given)
        assert "errors" not in answer, answer
        return answer["data"][mutation]

    def unit(self, name: str) -> str:
        return pack("Unit", self.city.units[name])

    def person(self, nick: str) -> str:
        return pack("Person", self.city.people[nick])

    @property
    def group(self) -> str:
        return pack("Group", self.city.group)


@pytest.fixture
async def city(db: Any, clock: Any) -> City:
    return await build(db)


@pytest.fixture
async def api(city: City) -> AsyncIterator[Api]:
    transport = httpx.ASGITransport(app=graphql_app(city.works, explorer=True))
    async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as http:
        yield Api(city, http)

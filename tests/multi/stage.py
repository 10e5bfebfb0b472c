"""The made-up city as several processes serve it: who asks which process, and what the database then holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import httpx
from sqlalchemy import func, select, update
from sqlmodel import col

from app.core import clock as app_clock
from app.models.engine import Database
from app.models.people import Installation, Person
from app.models.records import Outbox
from app.services.accounts import hash_password
from tests.conftest import Clock
from tests.support.city import ADMINISTRATORS, City, build
from tests.support.mail import MailSink
from tests.support.processes import Cluster, Process

PASSWORD = "Several-2026"


async def furnish(db: Database) -> City:
    """The city, in a database made as a demonstration (its clock may be moved), where everybody can sign in."""
    city = await build(db)
    async with db.write() as session:
        session.add(Installation(demo=True))
        await session.execute(update(Person).values(password_hash=hash_password(PASSWORD)))
    return city


def post(process: Process, document: str, variables: Mapping[str, Any], token: str = "") -> dict[str, Any]:
    """The `data` of one request to this process."""
    headers = {"authorization": f"Bearer {token}"} if token else {}
    content = {"query": document, "variables": dict(variables)}
    response = httpx.post(f"{process.url}/graphql", json=content, headers=headers, timeout=30, trust_env=False)
    answer = response.json()
    assert response.status_code == 200, answer
    assert "errors" not in answer, answer
    data: dict[str, Any] = answer["data"]
    return data


def mutation(name: str, noun: str, select: str) -> str:
    title = name[:1].upper() + name[1:]
    return (
        f"mutation Do($input: {title}Input!) {{ {name}(input: $input) {{ __typename "
        f"... on {noun} {{ {select} }} ... on Refusal {{ code clause }} }} }}"
    )


@dataclass(frozen=True, slots=True)
class Caller:
    """One person with a token, whichever process made it."""

    token: str

    def ask(self, process: Process, document: str, **variables: Any) -> dict[str, Any]:
        return post(process, document, variables, self.token)

    def do(self, process: Process, name: str, noun: str, select: str = "id state", **given: Any) -> dict[str, Any]:
        """The object after the act, or the refusal with its code."""
        found: dict[str, Any] = self.ask(process, mutation(name, noun, select), input=given)[name]
        return found

    def motion(self, process: Process, stage: "Stage", **changes: Any) -> dict[str, Any]:
        given = {
            "groupId": stage.id("Group", stage.city.group),
            "title": "2027年度信息化资金安排计划",
            "body": "拟安排资金用于城市数据平台等项目。",
            "category": "A1_3_1",
            "proposingUnitId": stage.id("Unit", stage.city.units["市经信委"]),
            "project": "城市数据平台",
            "year": 2027,
            "amountAsked": "12000000",
        }
        return self.do(process, "draftMotion", "Motion", **{**given, **changes})

    def open_tasks(self, process: Process) -> list[dict[str, Any]]:
        query = "{ viewer { tasks(first: 100) { nodes { kind noun matter { id } } } } }"
        nodes: list[dict[str, Any]] = self.ask(process, query)["viewer"]["tasks"]["nodes"]
        return nodes


@dataclass
class Stage:
    city: City
    cluster: Cluster
    mail: MailSink
    clock: Clock

    @property
    def db(self) -> Database:
        return self.city.db

    def set_clock(self, instant: datetime) -> None:
        """The processes' clock and the test's own; both stand still there."""
        self.clock.set(instant)
        app_clock.write_file(self.clock_file, instant)

    @property
    def clock_file(self) -> Any:
        return self.cluster.folder / "clock"

    def sign_in(self, process: Process, who: str) -> Caller:
        login = f"{who}@example.cn"
        if who in ADMINISTRATORS:  # these have a telephone only
            login = f"1400001{list(ADMINISTRATORS).index(who):04d}"
        given = {"login": login, "password": PASSWORD, "device": "test"}
        document = (
            "mutation In($input: SignInInput!) "
            "{ signIn(input: $input) { __typename ... on Session { token } ... on Refusal { code } } }"
        )
        answer = post(process, document, {"input": given})["signIn"]
        assert answer["__typename"] == "Session", answer
        return Caller(answer["token"])

    async def undelivered(self) -> int:
        """Lines of the outbox that are neither delivered nor given up."""
        async with self.db.read() as session:
            open_lines = select(func.count()).where(col(Outbox.done_at).is_(None), col(Outbox.dead_at).is_(None))
            return await session.scalar(open_lines) or 0

    async def end_leases(self) -> None:
        """What a killed process had claimed is free again after a minute of the database's clock: it passes here."""
        async with self.db.write() as session:
            held = col(Outbox.leased_until).is_not(None) & col(Outbox.done_at).is_(None)
            await session.execute(update(Outbox).where(held).values(leased_until=None))

    @staticmethod
    def id(name: str, key: object) -> str:
        """A global id. The tests only pass on what the API would give them."""
        from schema.ids import pack

        return pack(name, key)

"""A city of forty units, and a meeting of any form run over GraphQL by those whose steps they are."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import httpx

from app.models.people import Appointment, GroupUnit, Person, Unit
from schema import graphql_app
from schema.ids import pack
from tests.api.conftest import Api
from tests.support.city import City, build

UNITS = 40
OBSERVING = ("市委政法委", "市公管局", "市信息办")
SEATS = "attendances { id state capacity unit { name } person { name } }"
MEETING = f"... on Meeting {{ id state number items {{ id number kind title motion {{ title }} }} {SEATS} }}"
CIRCUIT = (
    ("vice", "vetDocument"), ("director", "signOffDocument"), ("in_charge", "signDocument"),
    ("deputy", "countersignDocument"), ("deputy2", "countersignDocument"), ("leader", "issueDocument"),
)  # fmt: skip


async def forty(db: Any, staff: int = 1) -> City:
    """The small city grown to forty member units, each with a head and `staff` more people; three more standing
    observers, so that there are the six of A2.4."""
    city = await build(db)
    async with db.write() as session:
        known = sum(1 for name in city.units if name not in ("综合部", "规划项目部", "技术保障部", "东湖区政府"))
        names = [*OBSERVING, *(f"市第{number}局" for number in range(1, UNITS))][: UNITS - known]
        for number, name in enumerate(names):
            unit = Unit(name=name, kind="member_unit")
            session.add(unit)
            await session.flush()
            city.units[name] = unit.id
            session.add(
                GroupUnit(group_id=city.group, unit_id=unit.id, kind="member_unit", standing_observer=name in OBSERVING)
            )
            for place in range(1 + staff):
                role, nick = (
                    ("unit_head", f"head_{unit.id.hex}") if place == 0 else ("liaison", f"liaison{place}_{unit.id.hex}")
                )
                person = Person(name=f"{name}{role}{place}", phone=f"139{place:04d}{number:04d}", mail=f"{nick}@x.cn")
                session.add(person)
                await session.flush()
                city.people[nick] = person.id
                session.add(
                    Appointment(
                        person_id=person.id, group_id=city.group, role=role, unit_id=unit.id, starts_on=date(2023, 3, 1)
                    )
                )
    return city


HEADS = {"市财政局": "finance", "市经信委": "industry", "市民政局": "civil", "市公安局": "police"}


def head_of(city: City, unit: str) -> str:
    return HEADS.get(unit, f"head_{city.units[unit].hex}")


@asynccontextmanager
async def client(city: City) -> AsyncIterator[Api]:
    transport = httpx.ASGITransport(app=graphql_app(city.works))
    async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as http:
        yield Api(city, http)


@dataclass
class Sitting:
    """One meeting. What is done is done over GraphQL, and a refusal ends the test with its words."""

    api: Api
    id: str = ""
    starts_at: datetime = field(default_factory=datetime.now)

    async def ok(self, who: str, mutation: str, select: str = "", **given: Any) -> Any:
        answer = await self.api.do(who, mutation, select, **given)
        assert "message" not in answer, f"{who} {mutation}: {answer}"
        return answer

    async def draft(self, who: str, form: str, presider: str, **given: Any) -> None:
        city = self.api.city
        made = city.meeting_draft(form.lower(), presider=presider)
        self.starts_at = made.starts_at
        row = await self.ok(
            who, "draftMeeting", "... on Meeting { id }", groupId=self.api.group, form=form, title=f"{form}会议",
            startsAt=made.starts_at.isoformat(), endsAt=made.ends_at.isoformat(), place="一号会议室",
            presiderId=self.api.person(presider), **given,
        )  # fmt: skip
        self.id = row["id"]

    async def convened(self, who: str, organizer: str) -> dict[str, str]:
        """Asked, agreed, called: the seats by name."""
        await self.ok(who, "requestMeeting", id=self.id)
        await self.ok("leader", "agreeMeeting", id=self.id)
        return await self.called(organizer)

    async def called(self, organizer: str) -> dict[str, str]:
        await self.ok(organizer, "conveneMeeting", id=self.id)
        row = await self.ok(organizer, "deliverPapers", MEETING, id=self.id)
        return {(seat["unit"] or seat["person"])["name"]: seat["id"] for seat in row["attendances"]}

    async def opened(self, presider: str, signer: str, seats: Sequence[str]) -> list[dict[str, Any]]:
        """In session, with these signed in: its items in order."""
        self.api.city.go_to(self.starts_at)
        row = await self.ok(presider, "openMeeting", MEETING, id=self.id)
        for seat in seats:
            await self.ok(signer, "signInUnit", id=seat)
        items: list[dict[str, Any]] = row["items"]
        return items

    async def decide(self, item: str, kind: str, text: str, **given: Any) -> None:
        await self.ok("staff", "recordDecision", itemId=item, kind=kind, text=text, **given)

    async def minutes(self, drafter: str, *, presider: str = "", confirm: bool = False) -> dict[str, Any]:
        """Drafted, through their circuit, registered and sent."""
        row = await self.ok(drafter, "draftMinutes", "... on Document { id body claims { code } }", meetingId=self.id)
        assert row["claims"] == [], "what the record holds is no unfounded claim"
        steps = (("checkMinutes", presider), *((name, who) for who, name in CIRCUIT)) if presider else (
            ("approveMinutes", "director"),
        )  # fmt: skip
        await self.ok(drafter, "putMinutesToPresider" if presider else "putMinutesToDirector", id=row["id"])
        for mutation, who in steps:
            await self.ok(who, mutation, id=row["id"])
        select = "... on Document { id number datedOn body extracts { id unit { name } person { name } state } }"
        found: dict[str, Any] = await self.ok("head", "registerDocument", select, id=row["id"])
        return found

    async def extract(self, who: str) -> dict[str, Any] | None:
        """What this person was sent, read over the meeting."""
        query = "query($id: ID!) { node(id: $id) { ... on Meeting { extracts { id number body state } } } }"
        node = (await self.api.ask(who, query, id=self.id))["node"]
        return node["extracts"][0] if node and node["extracts"] else None


def key(noun: str, row: Any) -> str:
    return pack(noun, row.id)

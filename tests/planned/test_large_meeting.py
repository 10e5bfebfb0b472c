"""A meeting of forty units and fifteen items: what reading it costs, and what calling it costs (A3.1, A4.4)."""

import sys
from time import perf_counter
from typing import Any

import httpx
import pytest
from sqlalchemy import event, func, select

from app.core.clock import now
from app.models.matters import Attendance, Item
from app.models.records import Outbox, Part
from app.services import meetings
from schema import graphql_app
from schema.ids import pack
from tests.api.conftest import Api
from tests.planned.conftest import BothWays
from tests.planned.test_statements import Counted
from tests.support.city import City
from tests.support.sitting import forty

MEETING = """query($id: ID!) { node(id: $id) { ... on Meeting { title number stateLabel waitingOn { names until }
    availableActions { action allowed blockers { code clause } }
    items { number kind title motion { title } availableActions { action allowed }
        statements { text unit { name } } decisions { kind text } recusals { reason } }
    attendances { state capacity leaveReason unit { name } person { name } availableActions { action allowed } }
    documents { title state } extracts { number state } recordCorrections { reason } } } }"""


async def large(city: City) -> Any:
    """A drafted plenary with forty units called and fifteen items, written as rows: how it came about is told elsewhere."""
    row = await city.do("staff", meetings.draft_meeting, city.group, city.meeting_draft("plenary"))
    office = f"{city.group}/office"
    async with city.db.write() as session:
        made: list[Any] = [
            Item(group_id=city.group, state="listed", meeting_id=row.id, kind="raised", title=f"第{at}项", position=at)
            for at in range(1, 16)
        ]
        units = [
            key for name, key in city.units.items() if name not in ("综合部", "规划项目部", "技术保障部", "东湖区政府")
        ]
        made += [
            Attendance(
                group_id=city.group, state="called", meeting_id=row.id, unit_id=key, capacity="member",
                answer_by=now().date(),
            )
            for key in units
        ]  # fmt: skip
        session.add_all(made)
        await session.flush()
        session.add_all(Part(noun=each.__tablename__, object_id=each.id, holder=office, clause="A4.1") for each in made)
    return row


@pytest.mark.clause("A4.4", "C7")
async def test_opening_a_large_meeting_is_one_statement_beside_who_asks(db: Any, clock: Any) -> None:
    city = await forty(db, staff=0)
    key = pack("Meeting", (await large(city)).id)
    app = graphql_app(city.works)
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as http:
        both = BothWays(Api(city, http), app.pipeline, app.pipeline.plan)
        await both.raw("staff", MEETING, plan=True, id=key)
        counted = Counted(db)
        answer = await both.raw("staff", MEETING, plan=True, id=key)
    assert answer.count(b'"capacity":"member"') == 40 and answer.count('"title":"第'.encode()) == 15
    assert len(counted.short) == 2 and not counted.long, "who asks, and the answer"


@pytest.mark.slow
@pytest.mark.clause("A3.1", "C9")
async def test_convening_a_plenary_of_forty_units_with_a_hundred_and_twenty_people(
    db: Any, clock: Any, capsys: Any
) -> None:
    city = await forty(db, staff=2)
    motion = await city.motion("ready", "A1.2(4)")
    row = await city.do("staff", meetings.draft_meeting, city.group, city.meeting_draft("plenary"))
    await city.do("staff", meetings.add_item, row.id, motion.id)
    await city.act("staff", "meeting", row, "request")
    await city.act("leader", "meeting", row, "agree")
    asked: list[str] = []
    event.listen(db.engine.sync_engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    began = perf_counter()
    await city.do("head", meetings.convene_meeting, row.id)
    took = perf_counter() - began
    async with db.read() as session:
        query = select(func.count(func.distinct(Outbox.person_id))).where(Outbox.event == "meeting.convene")
        told = await session.scalar(query) or 0
        called = await session.scalar(select(func.count()).where(Attendance.meeting_id == row.id)) or 0
    with capsys.disabled():
        kind = db.engine.dialect.name
        sys.stdout.write(
            f"\nconvening: {called} called, {told} told, {len(asked)} statements, {took:.2f} s on {kind}\n"
        )
    assert called == 43 and told >= 115
    assert len(asked) < 4 * called, "what is asked does not grow with those called, but for the trail"

"""Two workers sweep at the same time, and are killed in the middle: each reminder once, none lost (C2)."""

import asyncio
import re
import time
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlmodel import col

from app.core.clock import frozen
from app.core.ids import new_id
from app.models.engine import Database
from app.models.people import Group
from app.models.records import Notification, Outbox, Reminder, Task
from app.services.chasing import sweep
from tests.multi.stage import Stage
from tests.support.city import moment
from tests.support.postgres import Postgres
from tests.support.processes import Process

pytestmark = pytest.mark.multi

COPIES = 250  # of each open task: a sweep then takes long enough to be killed within
# The motion is submitted on Monday, 2 March, and due on Thursday: two days before, one, three and ten days late.
# Rungs between them were missed, as after downtime, and come due together.
MOMENTS = [moment(f"2026-03-{day} 10:00") for day in ("03", "06", "10", "19")]
Key = tuple[Any, ...]


@dataclass
class Plan:
    """What must have been written by each moment, found by one undisturbed process on a copy of the database."""

    reminders: list[set[Key]]
    lines: list[set[str]]


@pytest.mark.slow
@pytest.mark.clause("C2", "C9")
async def test_killed_workers_lose_nothing_and_repeat_nothing(stage: Stage, postgres_server: Postgres) -> None:
    await stage.city.motion("submitted")
    await _copy_tasks(stage.db)
    await _tell_one_by_one(stage)
    plan = await _plan(stage, postgres_server)
    cluster = stage.cluster.start(web=2, workers=2)
    killed_within = 0
    for number, instant in enumerate(MOMENTS):
        stage.set_clock(instant)
        victims = _victims(stage, number)
        killed_within += await _kill_within(stage, victims, plan.reminders[number])
        for each in victims:
            each.start()
        for each in victims:
            await asyncio.to_thread(each.wait_ready)
        await _until_all_is_told(stage, plan.reminders[number])
        assert await _reminders(stage.db) == plan.reminders[number]
    assert killed_within, "no process was killed while reminders were being written: the test shows nothing"
    await asyncio.sleep(0.6)  # three more sweeps of each worker, which have nothing left to do
    assert all(each.alive for each in (*cluster.web, *cluster.workers)), cluster.output()
    await _hold_against_the_plan(stage, plan)


async def _hold_against_the_plan(stage: Stage, plan: Plan) -> None:
    rows = await _rows(stage.db, Reminder)
    assert len(rows) == len(plan.reminders[-1]) > 1000
    assert {_key(each) for each in rows} == plan.reminders[-1]
    lines = await _rows(stage.db, Outbox)
    assert {each.dedupe for each in lines} == plan.lines[-1]
    assert all(each.done_at or each.dead_at for each in lines)
    in_app = {each.dedupe for each in lines if each.channel == "inapp"}
    inbox = [each.dedupe for each in await _rows(stage.db, Notification)]
    assert sorted(inbox) == sorted(in_app)
    _hold_mails_against(stage, [each for each in lines if each.channel == "mail" and not each.dead_at])


def _hold_mails_against(stage: Stage, sent: list[Outbox]) -> None:
    """Mail cannot be exactly once; nobody gets fewer entries than lines were written for him."""
    people = {person: nick for nick, person in stage.city.people.items()}
    owed = Counter(f"{people[each.person_id]}@example.cn" for each in sent)
    got: Counter[str] = Counter()
    for address in owed:
        mails = {str(each["Message-ID"]): each for each in stage.mail.to(address)}
        got[address] = sum(len(re.findall(r"(?m)^\d+\. ", _plain(each))) for each in mails.values())
    assert owed, "no mail was owed"
    assert all(got[address] >= count for address, count in owed.items()), (owed, got)


def _plain(mail: Any) -> str:
    body = mail.get_body(("plain",))
    return str(body.get_content())


def _victims(stage: Stage, number: int) -> list[Process]:
    """One worker, then the other beside a web process, then both, then one more."""
    first, second = stage.cluster.workers
    return [[first], [second, stage.cluster.web[0]], [first, second], [second]][number]


async def _kill_within(stage: Stage, victims: list[Process], wanted: set[Key]) -> bool:
    """Kill them as soon as the first reminders of this moment stand there; true if not all stood there yet."""
    before = await _count(stage.db)
    if len(wanted) == before:
        return False
    await _wait(stage, lambda: _more_than(stage.db, before))
    for each in victims:
        each.kill()
    waiting = await stage.undelivered()
    return await _count(stage.db) < len(wanted) or waiting > 0


async def _more_than(db: Database, before: int) -> bool:
    return await _count(db) > before


async def _until_all_is_told(stage: Stage, wanted: set[Key]) -> None:
    """Until all reminders are written and delivered. Leases of the killed run out first: their minute passes here."""

    async def told() -> bool:
        return await _count(stage.db) >= len(wanted) and not await stage.undelivered()

    await asyncio.sleep(1)
    await stage.end_leases()
    await _wait(stage, told)


async def _wait(stage: Stage, done: Any, seconds: float = 30) -> None:
    until = time.monotonic() + seconds
    while not await done():
        assert time.monotonic() < until, f"{await _stuck(stage.db)}; {stage.cluster.output()}"
        await asyncio.sleep(0.01)


async def _stuck(db: Database) -> str:
    """What is open, for the message of a failure."""
    where = (col(Outbox.done_at).is_(None), col(Outbox.dead_at).is_(None))
    columns = (col(Outbox.channel), col(Outbox.attempts), col(Outbox.error), col(Outbox.leased_until))
    async with db.read() as session:
        lines = (await session.execute(select(*columns, func.count()).where(*where).group_by(*columns))).all()
    return f"{await _count(db)} reminders; open lines: {lines}"


async def _count(db: Database) -> int:
    async with db.read() as session:
        return await session.scalar(select(func.count()).select_from(Reminder)) or 0


async def _rows(db: Database, model: Any) -> list[Any]:
    async with db.read() as session:
        return list((await session.scalars(select(model))).all())


def _key(row: Reminder) -> Key:
    return row.task_id, row.due_version, row.rung, row.recipient_id


async def _reminders(db: Database) -> set[Key]:
    return {_key(each) for each in await _rows(db, Reminder)}


async def _tell_one_by_one(stage: Stage) -> None:
    """So that each reminder has a line of its own, by which it can be counted."""
    async with stage.db.write() as session:
        group = await session.get_one(Group, stage.city.group)
        group.settings = {**group.settings, "reminders_daily": 0}


async def _copy_tasks(db: Database) -> None:
    async with db.write() as session:
        for task in (await session.scalars(select(Task).where(col(Task.closed_at).is_(None)))).all():
            fields = task.model_dump(exclude={"id"})
            session.add_all(Task(**fields, id=new_id()) for _ in range(COPIES))


async def _plan(stage: Stage, server: Postgres) -> Plan:
    await stage.db.close()  # a database that is copied has nobody in it
    name = server.create(template=str(stage.db.engine.url.database))
    copy = Database(server.url(name))
    plan = Plan([], [])
    try:
        for instant in MOMENTS:
            await _sweep_at(copy, instant)
            plan.reminders.append(await _reminders(copy))
            plan.lines.append({each.dedupe for each in await _rows(copy, Outbox)})
    finally:
        await copy.close()
        server.drop(name)
    return plan


async def _sweep_at(db: Database, instant: datetime) -> None:
    with frozen(instant):
        await sweep(db)

"""Ten kills of worker and web during 2,000 reminders, and an emptied queue: each once in-app, none lost in mail."""

import asyncio
from itertools import cycle

import pytest
from redis.asyncio import Redis

from app.core.clock import frozen
from app.models.engine import Database
from app.models.records import Notification, Outbox
from app.services.chasing import sweep
from tests.multi.stage import Stage
from tests.multi.test_chasing import _copy_tasks, _hold_mails_against, _reminders, _rows, _tell_one_by_one, _wait
from tests.support.city import moment
from tests.support.postgres import Postgres

KILLS = 10
INSTANT = moment("2026-03-19 10:00")  # ten working days late: six rungs come due together, as after downtime


@pytest.mark.slow
@pytest.mark.multi
@pytest.mark.clause("C2", "C9")
async def test_ten_kills_and_an_emptied_queue_lose_nothing(
    stage: Stage, postgres_server: Postgres, valkey_url: str
) -> None:
    await stage.city.motion("submitted")
    await _copy_tasks(stage.db)
    await _tell_one_by_one(stage)
    wanted = await _planned(stage, postgres_server)
    assert len(wanted) >= 2000
    cluster = stage.cluster.start(web=2, workers=2)
    stage.set_clock(INSTANT)
    victims = cycle([cluster.workers[0], cluster.web[0], cluster.workers[1], cluster.web[1]])
    open_at_a_kill = 0
    for number in range(KILLS):
        await asyncio.sleep(0.15)
        victim = next(victims)
        victim.kill()
        open_at_a_kill += await stage.undelivered() > 0 or len(await _reminders(stage.db)) < len(wanted)
        if number == KILLS // 2:
            async with Redis.from_url(valkey_url) as queue:
                await queue.flushall()
        await stage.end_leases()
        victim.start()
        await asyncio.to_thread(victim.wait_ready)
    assert open_at_a_kill, "everything had gone out before the first kill: the test shows nothing"
    await stage.end_leases()

    async def told() -> bool:
        return len(await _reminders(stage.db)) >= len(wanted) and not await stage.undelivered()

    await _wait(stage, told, 90)
    assert await _reminders(stage.db) == wanted
    lines = await _rows(stage.db, Outbox)
    in_app = sorted(each.dedupe for each in lines if each.channel == "inapp")
    assert sorted([each.dedupe for each in await _rows(stage.db, Notification)]) == in_app
    _hold_mails_against(stage, [each for each in lines if each.channel == "mail" and not each.dead_at])


async def _planned(stage: Stage, server: Postgres) -> set[tuple[object, ...]]:
    """What one undisturbed process writes on a copy of the database."""
    await stage.db.close()  # a database that is copied has nobody in it
    name = server.create(template=str(stage.db.engine.url.database))
    copy = Database(server.url(name))
    try:
        with frozen(INSTANT):
            await sweep(copy)
        return await _reminders(copy)
    finally:
        await copy.close()
        server.drop(name)

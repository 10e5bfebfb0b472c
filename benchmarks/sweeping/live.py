"""Listeners over graphql-transport-ws: what each costs while nothing happens, and how soon news arrive."""

import asyncio
import json
import time
from pathlib import Path
from statistics import median
from typing import Any

import websockets

from app.adapters.queue import Waker
from app.models.engine import Database
from benchmarks.servers import Server
from benchmarks.sweeping import world
from benchmarks.sweeping.world import World

Figures = tuple[float, float]
NEWS = "subscription { notifications { event } }"


def resident(pid: int) -> int:
    """Kilobytes of memory that a process holds by itself."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("RssAnon"):
            return int(line.split()[1])
    raise LookupError("RssAnon")


async def _listen(port: int, token: str) -> Any:
    protocol = websockets.Subprotocol("graphql-transport-ws")
    line = await websockets.connect(
        f"ws://127.0.0.1:{port}/graphql", subprotocols=[protocol], compression=None, proxy=None
    )
    await line.send(json.dumps({"type": "connection_init", "payload": {"Authorization": f"Bearer {token}"}}))
    await line.recv()
    await line.send(json.dumps({"type": "subscribe", "id": "1", "payload": {"query": NEWS}}))
    return line


async def measure(db: Database, web: Server, redis_url: str, known: World, listeners: int, rounds: int) -> Figures:
    """Milliseconds from commit to arrival at the median, and kilobytes for each idle listener."""
    told = list(known.told(listeners))
    people = [person for *_, person in told]
    given = await world.tokens(db, people)
    for token in given[:20]:  # what is made once is made before it is weighed
        await (await _listen(web.port, token)).close()
    await asyncio.sleep(1)
    before = resident(web.pid)
    lines = [await _listen(web.port, token) for token in given]
    await asyncio.sleep(3)
    each = (resident(web.pid) - before) / len(lines)
    waker = Waker(redis_url)
    took: list[float] = []
    for _ in range(rounds):
        arrivals = [asyncio.create_task(_arrival(line)) for line in lines]
        await world.pile(db, told, "inapp")
        committed = time.monotonic()
        waker.wake()
        took += [moment - committed for moment in await asyncio.gather(*arrivals)]
    await waker.close()
    await asyncio.gather(*(line.close() for line in lines))
    return median(took) * 1000, each


async def _arrival(line: Any) -> float:
    while True:
        message = json.loads(await asyncio.wait_for(line.recv(), 60))
        if message["type"] == "next":
            return time.monotonic()
        if message["type"] == "ping":
            await line.send('{"type":"pong"}')

"""How a page's cost grows with the number of rows: the same page at the start, in the middle and at the end."""

import asyncpg

from benchmarks import measure
from benchmarks.data.growing import FEW
from benchmarks.data.world import TOKEN
from benchmarks.queries import Query, compare, text_of
from benchmarks.servers import Server, limit, product
from benchmarks.stock import Stock
from schema.ids import pack

PLACES = ("start", "middle", "end")
PAGE = 50
# Who asks, and the SQL that finds the keys he sees.
ASKERS = {"sees all": (TOKEN, ""), "sees 1 in 20": (FEW, "WHERE holder LIKE '%/unit/%'")}
Table = dict[tuple[str, int, str, str], float]  # (asker, rows, place, server) -> milliseconds of CPU


async def _cursors(url: str, where: str) -> dict[str, dict[str, str]]:
    """Variables for a page at each place."""
    connection = await asyncpg.connect(url)
    try:
        found = await connection.fetch(f"SELECT DISTINCT object_id FROM part {where} ORDER BY 1 DESC")  # noqa: S608 - ours
    finally:
        await connection.close()
    keys = [row[0] for row in found]
    places = {"middle": keys[len(keys) // 2], "end": keys[-PAGE - 1]}
    return {"start": {}} | {place: {"after": pack("c", key)} for place, key in places.items()}


async def _page(servers: list[Server], place: Query, token: str, seconds: float, database: int) -> dict[str, float]:
    compare(place, servers, token)
    requests = {server.name: server.request("motions", place.content, token) for server in servers}
    plans = [measure.Plan(server, 4, 2) for server in servers]
    found = await measure.rounds(plans, requests, seconds, database)
    return {server.name: found.median(server.name, "cpu") for server in servers}


async def table(stock: Stock, seconds: float) -> Table:
    """The rows grow under running servers, as they do in life."""
    found: Table = {}
    await stock.grow(stock.size.growth[0])
    servers = [product(stock.growth, stock.folder), limit(stock.growth, stock.folder)]
    try:
        for server in servers:
            server.start()
            server.wait()
        for count in stock.size.growth:
            await stock.grow(count)
            for asker, (token, where) in ASKERS.items():
                for place, variables in (await _cursors(stock.growth, where)).items():
                    query = Query("motions", text_of("motions"), variables)
                    cost = await _page(servers, query, token, seconds, stock.postgres.pid)
                    found |= {(asker, count, place, name): used for name, used in cost.items()}
    finally:
        for server in servers:
            server.stop()
    return found

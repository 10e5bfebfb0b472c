"""What a query costs that was never seen before, beyond what it costs once it is known."""

import re

from benchmarks import cpu, load
from benchmarks.queries import Query
from benchmarks.servers import Server, body


def _unknown(query: Query, number: int) -> bytes:
    """The same query under other aliases; its text, its plan and its SQL are new."""
    text = re.sub(r"^(\s+)(id|name)$", rf"\1\2_{number}: \2", query.text, flags=re.MULTILINE)
    assert text != query.text
    return body(text, query.variables)


async def _cost(server: Server, requests: list[bytes], database: int) -> float:
    """Milliseconds of CPU for one of these, in the server and in the database."""
    before = cpu.seconds(server.pid) + cpu.seconds(database)
    answers, _ = await load.each_once(server.port, requests)
    return (cpu.seconds(server.pid) + cpu.seconds(database) - before) * 1000 / answers


async def beyond(server: Server, query: Query, count: int, database: int) -> float:
    """Milliseconds of CPU that first sight of this query costs."""
    unknown = [server.request(query.name, _unknown(query, number)) for number in range(count)]
    known = [server.request(query.name, query.content)] * count
    await load.each_once(server.port, known[:3])
    first, again = await _cost(server, unknown, database), await _cost(server, known, database)
    return max(first - again, 0.0)

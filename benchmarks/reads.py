"""`python -m benchmarks.reads`: what reading costs here, against hand-written SQL and against DataLoaders."""

import argparse
import asyncio
import signal
import time
from pathlib import Path

from benchmarks import first_sight, growth, queries, report
from benchmarks.data.world import FULL, QUICK
from benchmarks.measure import Measured, Plan, rounds
from benchmarks.queries import Query
from benchmarks.servers import Server, dataloaders, limit, product
from benchmarks.stock import Stock

PARTS = ("postgresql", "dataloaders", "sqlite", "growth", "first")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="little data, one short round: only whether it all works")
    parser.add_argument("--only", default=",".join(queries.NAMES), help="queries, parted by commas")
    parser.add_argument("--parts", default=",".join(PARTS), help="parts of the run, parted by commas")
    parser.add_argument("--seconds", type=float, default=1.2, help="how long each server is measured in each round")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--connections", type=int, default=4)
    parser.add_argument("--data", type=Path, help="keep the databases in this folder, and use them again")
    options = parser.parse_args()
    if options.quick:
        options.seconds, options.rounds = 0.1, 1
    return options


class Run:
    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        self.names = [name for name in queries.NAMES if name in options.only.split(",")]
        self.parts = set(options.parts.split(","))
        self.stock = Stock(QUICK if options.quick else FULL, options.data and options.data.resolve())
        self.sizes: dict[str, int] = {}
        self.begun = time.monotonic()

    def say(self, what: str) -> None:
        print(f"[{time.monotonic() - self.begun:4.0f} s] {what}", flush=True)

    async def all(self) -> str:
        self.say("making the data set" if await self.stock.fill() else "the data set is there")
        asked = await queries.load(self.stock.postgresql, self.names)
        postgresql = await self._postgresql(asked)
        sqlite = await self._sqlite(asked) if "sqlite" in self.parts else {}
        if "growth" in self.parts:
            self.say("the growth table")
            report.growth(await growth.table(self.stock, self.options.seconds / 3))
        self.say("done")
        return report.last_line(postgresql, sqlite)

    async def _postgresql(self, asked: list[Query]) -> dict[str, Measured]:
        url, folder = self.stock.postgresql, self.stock.folder
        servers = [product(url, folder), limit(url, folder)]
        servers += [dataloaders(url, folder)] if "dataloaders" in self.parts else []
        try:
            results = await self._compare(servers, asked, self.stock.postgres.pid) if "postgresql" in self.parts else {}
            if "first" in self.parts:
                await self._first_sight(servers[0], asked)
        finally:
            self._stop(servers)
        if results:
            report.queries("PostgreSQL: CPU of a request, server + database", results, self.sizes)
        return results

    async def _sqlite(self, asked: list[Query]) -> dict[str, Measured]:
        url, folder = self.stock.sqlite, self.stock.folder
        servers = [product(url, folder), limit(url, folder)]
        try:
            results = await self._compare(servers, asked, None)
        finally:
            self._stop(servers)
        report.queries("SQLite: CPU of a request", results, self.sizes)
        return results

    async def _compare(self, servers: list[Server], asked: list[Query], database: int | None) -> dict[str, Measured]:
        self._start(servers)
        for query in asked:
            self.sizes[query.name] = queries.compare(query, servers)
        self.say(f"all {len(servers)} servers answer alike; measuring")
        found = {}
        for query in asked:
            requests = {server.name: server.request(query.name, query.content) for server in servers}
            found[query.name] = await rounds(self._plans(servers), requests, self.options.seconds, database)
        return found

    def _plans(self, servers: list[Server]) -> list[Plan]:
        """The DataLoaders are some ten times slower, and only their CPU is asked for."""
        quick = [Plan(server, self.options.connections, self.options.rounds) for server in servers[:2]]
        return quick + [Plan(server, 1, min(self.options.rounds, 2)) for server in servers[2:]]

    async def _first_sight(self, server: Server, asked: list[Query]) -> None:
        self._start([server])
        count = 2 if self.options.quick else 200
        database = self.stock.postgres.pid
        report.first_sight({query.name: await first_sight.beyond(server, query, count, database) for query in asked})

    def _start(self, servers: list[Server]) -> None:
        """One after the other: the first may prepare what the others find."""
        for server in servers:
            if not server.running:
                server.start()
                server.wait()

    def _stop(self, servers: list[Server]) -> None:
        for server in servers:
            server.stop()


async def _main() -> str:
    run = Run(_options())
    task = asyncio.current_task()
    assert task is not None
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)  # so that no server stays behind
    try:
        return await run.all()
    finally:
        run.stock.close()


if __name__ == "__main__":
    print(asyncio.run(_main()))

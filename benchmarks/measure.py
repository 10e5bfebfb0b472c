"""One query on several servers, turn by turn: CPU for each request, and how many requests a second."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

from benchmarks import cpu, load
from benchmarks.servers import Server


@dataclass(frozen=True, slots=True)
class Sample:
    """Milliseconds of CPU for one request, in the server and in the database; requests a second."""

    server: float
    database: float
    rate: float

    @property
    def cpu(self) -> float:
        return self.server + self.database


@dataclass
class Measured:
    """All rounds of one query."""

    samples: dict[str, list[Sample]] = field(default_factory=lambda: defaultdict(list))

    def median(self, server: str, of: str) -> float:
        return float(median(getattr(sample, of) for sample in self.samples[server]))

    def ratio(self, server: str, to: str, of: str) -> float:
        """The median of the rounds' ratios: what slows the machine down for a while slows both."""
        pairs = zip(self.samples[server], self.samples[to], strict=False)
        return float(median(getattr(one, of) / getattr(other, of) for one, other in pairs))


@dataclass(frozen=True, slots=True)
class Plan:
    """How a server is measured. A slow one gets fewer rounds and one connection, since only its CPU counts."""

    server: Server
    connections: int
    rounds: int


async def sample(server: Server, request: bytes, seconds: float, connections: int, database: int | None) -> Sample:
    before = cpu.seconds(server.pid), cpu.seconds(database) if database else 0.0
    answers, took = await load.for_seconds(server.port, request, seconds, connections)
    after = cpu.seconds(server.pid), cpu.seconds(database) if database else 0.0
    one = 1000 / answers
    return Sample(
        max(after[0] - before[0], cpu.HALF) * one, max(after[1] - before[1], 0) * one, answers / took
    )  # fmt: skip


async def rounds(plans: Sequence[Plan], requests: dict[str, bytes], seconds: float, database: int | None) -> Measured:
    """Interleaved; every second round the other way round. A round that does not count goes before: by then each of a
    server's connections has prepared the statement, and has the pages it needs at hand."""
    found = Measured()
    for plan in plans:
        await load.for_seconds(plan.server.port, requests[plan.server.name], seconds, plan.connections)
    for number in range(max(plan.rounds for plan in plans)):
        turn = [plan for plan in plans if number < plan.rounds]
        for plan in turn if number % 2 == 0 else reversed(turn):
            request = requests[plan.server.name]
            one = await sample(plan.server, request, seconds, plan.connections, database)
            found.samples[plan.server.name].append(one)
    return found

"""The tour: its script fits the schema, it ends with the matter closed, and a crash changes nothing in it."""

import asyncio
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from graphql import OperationDefinitionNode, parse, validate
from graphql.execution.values import get_variable_values
from sqlalchemy import select, update

from app.cli.tour import play
from app.cli.tour.arrival import invited, set_passwords
from app.cli.tour.client import Client
from app.cli.tour.play import Player
from app.cli.tour.script import OPENING, SCRIPT
from app.cli.tour.server import Server, move_clock
from app.cli.tour.steps import Request, fill
from app.models.engine import Database
from app.models.matters import Motion
from app.models.outcome import Directive, Document, Publication
from app.models.people import Person
from app.models.records import Notification, Outbox, Reminder, Signature, Task
from app.services import trail
from app.services.outbox import deliver_in_app
from schema import build_schema
from tests.support.processes import Cluster

REQUESTS = [step for step in SCRIPT if isinstance(step, Request)]
SCHEMA = build_schema()._schema


class _Known(dict[str, str]):
    """Any name is known; what stands for it does not matter to the schema."""

    def __missing__(self, key: str) -> str:
        return "id"


@pytest.mark.parametrize("step", REQUESTS, ids=lambda step: f"{REQUESTS.index(step) + 1}-{step.does.split()[0]}")
def test_each_request_fits_the_schema(step: Request) -> None:
    document = parse(step.document)
    assert validate(SCHEMA, document) == []
    operation = document.definitions[0]
    assert isinstance(operation, OperationDefinitionNode)
    given = get_variable_values(SCHEMA, operation.variable_definitions or (), fill(step.variables, _Known()))
    assert not isinstance(given, list), given


def test_what_a_request_needs_an_earlier_one_has_told() -> None:
    known = {name for step in REQUESTS for name in step.keep}
    for number, step in enumerate(REQUESTS):
        earlier = {name for each in REQUESTS[:number] for name in each.keep}
        fill(step.variables, dict.fromkeys(earlier, ""))
        assert not step.who or f"token of {step.who}" in {*earlier, *step.keep}, step.does
    assert {"motion", "document", "directive", "publication"} <= known


def test_it_shows_what_it_promises() -> None:
    """A refused step, a returned one, and a reply that is late and chased."""
    assert {step.refused for step in REQUESTS} >= {"wrong_state", "wrong_form", "presider_reason", "loop_closed"}
    assert any(step.answers.get("returnMotion.state") == "RETURNED" for step in REQUESTS)
    assert [step.who for step in REQUESTS if step.patient] == ["戴敏", "蒋国栋"]


LOOKS = [number for number, step in enumerate(REQUESTS) if step.patient]
# Right before somebody looks whether he was chased, and right after; and in the midst of meeting, circuit, directive.
KILLS = {*LOOKS, LOOKS[0] + 1, 57, 72, 83}


def _crashing(server: Server) -> Callable[[int], None]:
    def after(count: int) -> None:
        if count in KILLS:
            server.restart()

    return after


async def _signatures(db: Database) -> list[tuple[object, ...]]:
    query = (
        select(Signature.noun, Signature.action, Person.name, Signature.round, Signature.voided_at.is_(None))
        .join(Person, Person.id == Signature.person_id)
        .order_by(Signature.entered_at, Signature.id)
    )
    async with db.read() as session:
        return [tuple(row) for row in (await session.execute(query)).all()]


async def _check_closed(db: Database) -> None:
    async with db.read() as session:
        for model, state in (
            (Motion, "closed"),
            (Document, "registered"),
            (Directive, "closed"),
            (Publication, "published"),
        ):
            assert [row.state for row in (await session.scalars(select(model))).all()] == [state], model
        entries, broken = await trail.verify(session)
        assert broken is None
        assert entries > 100


async def _deliver_the_rest(db: Database) -> None:
    """What a killed worker had claimed is free again when its lease has run out; here the minute passes at once."""
    async with db.write() as session:
        await session.execute(update(Outbox).where(Outbox.done_at.is_(None)).values(leased_until=None))
    await deliver_in_app(db)
    async with db.read() as session:
        query = select(Outbox).where(Outbox.channel == "inapp", Outbox.done_at.is_(None))
        assert (await session.scalars(query)).all() == []


async def _check_chased_once(db: Database) -> None:
    async with db.read() as session:
        reminders = (await session.scalars(select(Reminder))).all()
        told = (await session.scalars(select(Notification).where(Notification.event == "task.remind"))).all()
        opinions = set((await session.scalars(select(Task.id).where(Task.kind == "opinion"))).all())
        names = {row.id: row.name for row in (await session.scalars(select(Person))).all()}
    rungs = Counter((row.task_id, row.due_version, row.rung, row.recipient_id) for row in reminders)
    keys = ("task_id", "due_version", "rung")
    lines = Counter((row.person_id, *(row.payload[key] for key in keys)) for row in told)
    assert set(rungs.values()) == {1}
    assert set(lines.values()) == {1}
    assert {("戴敏", 1), ("蒋国栋", 3)} <= {
        (names[row.recipient_id], row.rung) for row in reminders if row.task_id in opinions
    }


@pytest.mark.multi
@pytest.mark.clause("C2", "C4", "C15", "C17", "C18", "C20", "A1.3", "A2.2", "A3.2", "A3.3", "A3.5", "B1.5", "C12")
async def test_a_server_killed_again_and_again_loses_nothing_and_chases_nothing_twice(tmp_path: Path) -> None:
    """SIGKILL to the server and its worker, while it chases too; then all is as without it."""
    server = Server(tmp_path)
    said: list[str] = []
    try:
        count = await asyncio.to_thread(play, server, _crashing(server), said.append)
    finally:
        await asyncio.to_thread(server.stop)
    assert count == len(REQUESTS)
    db = Database(server.database_url)
    try:
        await _check_closed(db)
        await _deliver_the_rest(db)
        await _check_chased_once(db)
        signed = Counter(await _signatures(db))
        assert set(signed.values()) == {1}
    finally:
        await db.close()


@pytest.mark.slow
@pytest.mark.multi
@pytest.mark.clause("C2")
async def test_two_web_processes_and_two_workers_play_it_as_one(cluster: Cluster, tmp_path: Path) -> None:
    """On PostgreSQL and Valkey; requests go to each web process in turn, and a worker dies while it chases."""
    file = tmp_path / "clock"
    cluster.settings |= {"CLOCK_FILE": str(file), "SESSION_HOURS": "4000", "SWEEP_SECONDS": "0.5"}
    move_clock(file, OPENING)

    def command(*arguments: str) -> str:
        done = cluster.run(*arguments)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def after(count: int) -> None:
        if count == LOOKS[0]:
            cluster.workers[0].restart()
        if count == LOOKS[1]:
            cluster.web[1].restart()

    def on_both() -> int:
        tokens = invited(command)
        cluster.start(web=2, workers=2)
        with Client([each.url for each in cluster.web]) as client:
            set_passwords(client, tokens)
            player = Player(client, lambda instant: move_clock(file, instant), lambda line: None, after)
            return player.play(SCRIPT)

    assert await asyncio.to_thread(on_both) == len(REQUESTS)
    await asyncio.to_thread(cluster.stop)
    db = Database(cluster.settings["DATABASE_URL"])
    try:
        await _check_closed(db)
        await _deliver_the_rest(db)
        await _check_chased_once(db)
    finally:
        await db.close()

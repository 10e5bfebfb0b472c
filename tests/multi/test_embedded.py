"""The embedded shape: one process on SQLite with a Valkey of its own, killed, started again, and doubled."""

import asyncio
import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlmodel import col

from app.models.matters import Motion
from app.models.records import Notification, Outbox
from app.services.trail import verify
from tests.multi.stage import Stage

pytestmark = pytest.mark.multi


@pytest.mark.clause("C2", "C6", "C9")
async def test_a_killed_process_leaves_nothing_undone(embedded: Stage) -> None:
    """Its Valkey outlives it; the next process ends that one by its pid file and has one of its own."""
    cluster = embedded.cluster.start(web=1, workers=0)
    web = cluster.web[0]
    staff = embedded.sign_in(web, "staff")
    made = [staff.motion(web, embedded, title=f"议题{number}")["id"] for number in range(3)]
    left = await _valkey(cluster.folder)
    for each in made:
        assert staff.do(web, "submitMotion", "Motion", id=each)["state"] == "SUBMITTED"
    web.kill_alone()
    assert _lives(left), "it ended together with its owner: nothing was left over to be taken care of"

    web.start()
    web.wait_ready()
    assert await _valkey(cluster.folder, other_than=left)
    assert not _lives(left)
    for each in made:
        assert staff.ask(web, "query($id: ID!) { node(id: $id) { ... on Motion { state } } }", id=each)["node"]
    await embedded.end_leases()
    await _all_delivered(embedded)
    async with embedded.db.read() as session:
        assert [each.state for each in (await session.scalars(select(Motion))).all()] == ["submitted"] * 3
        assert (await verify(session))[1] is None


@pytest.mark.clause("C9")
async def test_a_second_process_on_the_folder_shares_all_and_takes_over(embedded: Stage) -> None:
    first, second = embedded.cluster.start(web=2, workers=0).web
    shared = await _valkey(embedded.cluster.folder)
    staff = embedded.sign_in(first, "staff")
    motions = [staff.motion(each, embedded)["id"] for each in (first, second)]
    assert staff.do(second, "submitMotion", "Motion", id=motions[0])["state"] == "SUBMITTED"
    await _all_delivered(embedded)

    owner = first if _is_child_of(shared, first.pid) else second
    other = second if owner is first else first
    owner.kill()
    assert await _valkey(embedded.cluster.folder, other_than=shared, seconds=40)
    assert staff.do(other, "submitMotion", "Motion", id=motions[1])["state"] == "SUBMITTED"
    await embedded.end_leases()
    await _all_delivered(embedded)


async def _all_delivered(stage: Stage) -> None:
    """Each line has reached its inbox once, and each mail its server."""

    async def nothing_waits() -> bool:
        return not await stage.undelivered()

    await _until(nothing_waits, "lines of the outbox still wait")
    async with stage.db.read() as session:
        lines = (await session.scalars(select(Outbox.dedupe).where(col(Outbox.channel) == "inapp"))).all()
        inbox = (await session.scalars(select(Notification.dedupe))).all()
    assert lines
    assert sorted(lines) == sorted(inbox)
    assert stage.mail.messages


async def _valkey(folder: Path, other_than: int = 0, seconds: float = 15) -> int:
    """The pid of the Valkey in service."""
    file = folder / "var" / "valkey" / "valkey.pid"

    def pid() -> int:
        text = file.read_text("ascii").strip() if file.exists() else ""
        return int(text) if text else 0

    async def there() -> bool:
        return pid() not in (0, other_than) and _lives(pid())

    await _until(there, "no Valkey", seconds)
    return pid()


async def _until(done: Callable[[], "asyncio.Future[bool]"], otherwise: str, seconds: float = 15) -> None:
    until = time.monotonic() + seconds
    while not await done():
        assert time.monotonic() < until, otherwise
        await asyncio.sleep(0.05)


def _lives(pid: int) -> bool:
    """A process that has ended and that nobody has buried yet does not live."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def _is_child_of(pid: int, parent: int) -> bool:
    return os.getpgid(pid) == os.getpgid(parent)

"""The program as people run it: a real server process with its worker and queue inside (DESIGN 5)."""

import os
import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import websockets
from sqlalchemy import select
from websockets.typing import Subprotocol

from app.core.clock import now
from app.models.engine import Database
from app.models.people import Person
from app.models.records import Notification, Outbox
from tests.support.postgres import apart
from tests.support.processes import Process, environment, free_port


@pytest.fixture(scope="module")
def server(run_folder: Path) -> Iterator[Process]:
    folder = run_folder / f"serve-{os.getpid()}"
    folder.mkdir()
    port = free_port()
    settings = {"VAR": str(folder), "PORT": str(port), "SWEEP_SECONDS": "0.2", "ASSETS": "local"}
    process = Process(("serve",), environment(**settings), folder / "log", port)
    process.start()
    process.wait_ready()
    yield process
    process.stop()


def get(server: Process, path: str, **kwargs) -> httpx.Response:
    return httpx.get(f"{server.url}{path}", timeout=10, trust_env=False, **kwargs)


def post(server: Process, path: str, **kwargs) -> httpx.Response:
    return httpx.post(f"{server.url}{path}", timeout=10, trust_env=False, **kwargs)


def database(server: Process) -> Database:
    return Database(f"sqlite+aiosqlite:///{server.log.parent / 'yishi.sqlite3'}")


def test_the_addresses_answer(server: Process) -> None:
    assert get(server, "/healthz").json() == {"status": "ok"}
    assert get(server, "/readyz").json() == {"status": "ready"}
    assert get(server, "/").headers["location"].endswith("/admin/")
    assert get(server, "/admin", follow_redirects=True).status_code == 200
    answer = post(server, "/graphql", json={"query": "{ __typename }"})
    assert answer.json() == {"data": {"__typename": "Query"}}


def test_every_answer_carries_the_headers_of_a_careful_house(server: Process) -> None:
    for path in ("/healthz", "/admin/sign-in", "/nowhere"):
        headers = get(server, path).headers
        assert headers["x-content-type-options"] == "nosniff" and headers["x-frame-options"] == "DENY"
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "server" not in headers


async def test_a_socket_of_the_real_server_speaks_the_protocol(server: Process) -> None:
    address = f"{server.url.replace('http', 'ws')}/graphql"
    async with websockets.connect(address, subprotocols=[Subprotocol("graphql-transport-ws")], proxy=None) as socket:
        said = []
        for message in ('{"type":"connection_init"}', '{"type":"ping"}',
                        '{"type":"subscribe","id":"1","payload":{"query":"{ __typename }"}}'):  # fmt: skip
            await socket.send(message)
            said.append(await socket.recv())
        assert said == ['{"type":"connection_ack"}', '{"type":"pong"}',
                        '{"type":"next","id":"1","payload":{"data":{"__typename":"Query"}}}']  # fmt: skip
        assert await socket.recv() == '{"type":"complete","id":"1"}'
        await socket.send("{}")
        with pytest.raises(websockets.ConnectionClosedError) as closed:
            await socket.recv()
    assert closed.value.rcvd is not None and closed.value.rcvd.code == 4400
    with pytest.raises(websockets.InvalidStatus):
        async with websockets.connect(address, additional_headers={"host": "evil.example"}, proxy=None):
            pass


def test_a_strange_host_and_a_large_body_are_refused(server: Process) -> None:
    assert get(server, "/healthz", headers={"host": "evil.example"}).status_code == 400
    assert post(server, "/graphql", content=b" " * 1_000_001).status_code == 413
    stream = (b" " * 100_000 for _ in range(11))  # without saying beforehand how much comes
    assert post(server, "/admin/sign-in", content=stream).status_code == 413


async def _tell(server: Process, key: str) -> None:
    db = database(server)
    async with db.write() as session:
        person = Person(name=key)
        session.add(person)
        await session.flush()
        session.add(Outbox(dedupe=key, event="x", channel="inapp", person_id=person.id))
    await db.close()


async def _arrived(server: Process, key: str) -> bool:
    db = database(server)
    async with db.read() as session:
        found = await session.scalar(select(Notification.id).where(Notification.dedupe == key))
    await db.close()
    return found is not None


def wait_for(server: Process, key: str, seconds: float = 15) -> None:
    until = time.monotonic() + seconds
    while not apart(_arrived(server, key)):
        assert time.monotonic() < until, f"not delivered: {server.output()}"
        time.sleep(0.1)


@pytest.mark.clause("C9")
def test_the_embedded_worker_delivers_also_after_its_queue_was_killed(server: Process) -> None:
    pid_file = server.log.parent / "valkey" / "valkey.pid"
    until = time.monotonic() + 10
    while not pid_file.exists():
        assert time.monotonic() < until, server.output()
        time.sleep(0.05)
    first = int(pid_file.read_text("ascii"))
    os.kill(first, signal.SIGKILL)
    apart(_tell(server, f"first-{now()}"))
    apart(_tell(server, "second"))
    wait_for(server, "second")
    while int(pid_file.read_text("ascii") or first) == first:  # and the queue is started again
        assert time.monotonic() < until + 20, server.output()
        time.sleep(0.1)


def test_a_killed_server_starts_again_and_leaves_no_second_queue(server: Process) -> None:
    os.kill(server._running.pid, signal.SIGKILL)  # the server alone: its queue is left over
    server._running.wait(10)
    server.start()
    server.wait_ready()
    apart(_tell(server, "third"))
    wait_for(server, "third")
    answering = server.log.parent / "valkey" / "valkey.sock"
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(10)
        client.connect(str(answering))
        client.sendall(b"INFO server\r\n")
        info = client.recv(4096).decode()
    assert f"process_id:{(server.log.parent / 'valkey' / 'valkey.pid').read_text('ascii').strip()}" in info

"""A server that is killed in the middle of an upload: no row, no file, and the same upload succeeds afterwards (C8)."""

import asyncio
import socket
from pathlib import Path

import httpx
import pytest
from sqlalchemy import func, select

from app.models.papers import Attachment
from tests.multi.stage import Caller, Stage
from tests.support.files import KIND, form_of
from tests.support.processes import Process

pytestmark = pytest.mark.multi


def half_sent(process: Process, who: Caller, address: str, body: bytes) -> socket.socket:
    """The request's head and half of its body, on a connection that stays open."""
    head = (
        f"POST {address} HTTP/1.1\r\nhost: 127.0.0.1:{process.port}\r\nauthorization: Bearer {who.token}\r\n"
        f"content-type: {KIND}\r\ncontent-length: {len(body)}\r\n\r\n"
    )
    connection = socket.create_connection(("127.0.0.1", process.port))
    connection.sendall(head.encode() + body[: len(body) // 2])
    return connection


def lying(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()] if folder.exists() else []


@pytest.mark.clause("C8")
async def test_an_upload_that_is_killed_leaves_no_row_and_no_file(stage: Stage) -> None:
    (web,) = stage.cluster.start(web=1, workers=0).web
    staff = stage.sign_in(web, "staff")
    motion = staff.motion(web, stage)["id"]
    files = stage.cluster.folder / "var" / "files"
    body, address = form_of("说明.txt", "数据平台。".encode() * 200_000), f"/files/motion/{motion}"
    connection = await asyncio.to_thread(half_sent, web, staff, address, body)
    await asyncio.sleep(0.5)  # until the server has begun to receive
    assert lying(files) == [], "what comes in has no name"
    web.kill()
    connection.close()
    assert lying(files) == []
    web.start()
    web.wait_ready()
    async with stage.db.read() as session:
        assert await session.scalar(select(func.count()).select_from(Attachment)) == 0
    headers = {"authorization": f"Bearer {staff.token}", "content-type": KIND}
    answer = await asyncio.to_thread(
        httpx.post, f"{web.url}{address}", content=body, headers=headers, timeout=30, trust_env=False
    )
    assert answer.status_code == 201, answer.text
    assert [path.name for path in lying(files)] == [answer.json()["sha256"]]

"""The ground that tests stand on: both kinds of database, a real Valkey, a mail server, a clock that stands still."""

import smtplib
import subprocess
from email.message import EmailMessage
from pathlib import Path

import pytest
import redis.asyncio as redis
from sqlalchemy import func, select, text

from app.core import clock as app_clock
from app.models.engine import Database
from app.models.people import Person
from tests.conftest import Clock
from tests.support import folders
from tests.support.mail import MailSink


async def people(db: Database) -> int:
    async with db.read() as session:
        return await session.scalar(select(func.count()).select_from(Person)) or 0


async def add_one(db: Database) -> None:
    async with db.write() as session:
        session.add(Person(name="某人"))


async def test_a_database_has_its_tables_and_is_written(db: Database) -> None:
    assert await people(db) == 0
    await add_one(db)
    assert await people(db) == 1


async def test_the_next_test_finds_it_empty(db: Database) -> None:
    assert await people(db) == 0


async def test_both_kinds_are_what_they_say(db: Database) -> None:
    async with db.read() as session:
        version = await session.scalar(text("SELECT sqlite_version()" if db.is_sqlite else "SHOW server_version"))
    assert version.startswith("3." if db.is_sqlite else "18.")


async def test_valkey_is_real_and_empty(valkey_url: str) -> None:
    async with redis.from_url(valkey_url) as client:
        assert await client.dbsize() == 0
        assert (await client.info("server"))["server_name"] == "valkey"
        await client.set("left", "behind")


async def test_valkey_is_empty_again(valkey_url: str) -> None:
    async with redis.from_url(valkey_url) as client:
        assert await client.get("left") is None


def test_the_clock_stands_still_and_is_moved(clock: Clock) -> None:
    before = clock.now
    assert app_clock.now() == before
    clock.forward(days=1, hours=2)
    assert (app_clock.now() - before).total_seconds() == 26 * 3600


def test_mail_is_kept_and_can_be_refused(mail: MailSink) -> None:
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = "a@example.cn", "b@example.cn", "催办"
    letter.set_content("请按期答复。\n")
    with smtplib.SMTP("127.0.0.1", mail.port) as client:
        client.send_message(letter)
    (kept,) = mail.wait_for(1)
    assert kept["Subject"] == "催办"
    assert kept.get_content().strip() == "请按期答复。"
    assert mail.to("b@example.cn") == [kept]


def test_what_a_killed_run_left_is_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders.tempfile, "tempdir", str(tmp_path))
    disk = tmp_path / "no memory here"
    living, killed = folders.new(disk), folders.new(disk)
    ended = subprocess.Popen(["true"])
    ended.wait()
    (killed / folders.OWNER).write_text(str(ended.pid), "utf-8")
    another = folders.new(disk)
    assert sorted(tmp_path.iterdir()) == sorted([living, another])

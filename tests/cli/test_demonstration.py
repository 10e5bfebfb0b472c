"""The demonstration: each list, light and button has something to show, and its history reads as if it had happened."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from app.adapters.files import FolderStore
from app.core import clock as app_clock
from app.models.channels import Webhook
from app.models.engine import Database
from app.models.matters import Meeting, Motion
from app.models.office import Topic
from app.models.outcome import Directive, Document, Publication
from app.models.panels import Panel
from app.models.papers import Attachment, PaperReceipt, RegisterCard
from app.models.people import Person
from app.models.records import Outbox, Reminder, Task, Trail
from app.rules.catalogue import TABLES
from app.services import chasing, filing, trail
from app.services.accounts import sign_in
from app.services.demo import accounts
from app.services.demo.load import ACCOUNTS, PASSWORD
from app.services.work import Works
from tests.support.databases import sqlite_url
from tests.support.demonstration import demonstration

TUESDAY = app_clock.at(date(2026, 6, 9), 10)
# A meeting is in session for an hour or two; one that was refused says no more than one that was cancelled.
PASSING = {"meeting": {"in_session", "adjourned", "refused"}}
MODELS = {"motion": Motion, "topic": Topic, "meeting": Meeting, "document": Document, "directive": Directive,
          "publication": Publication}  # fmt: skip


@pytest.fixture(scope="module")
def loaded(_sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return demonstration(_sqlite_template, tmp_path_factory.mktemp("demo"), TUESDAY)


@pytest.fixture
async def demo(loaded: Path, clock):
    clock.set(TUESDAY)
    db = Database(sqlite_url(loaded))
    yield db
    await db.close()


@pytest.mark.clause("A3.7")
async def test_one_panel_is_called_one_at_work_and_one_has_concluded(demo: Database) -> None:
    async with demo.read() as session:
        states = (await session.execute(select(Panel.state, Panel.conclusion).order_by(Panel.state))).all()
    assert [tuple(row) for row in states] == [("called", ""), ("collecting", ""), ("concluded", "pass_with_amendments")]


async def test_a_matter_stands_in_every_state(demo: Database) -> None:
    async with demo.read() as session:
        for noun, model in MODELS.items():
            found = set((await session.scalars(select(model.state))).all())
            assert set(TABLES[noun].states) - found - PASSING.get(noun, set()) == set(), noun


@pytest.mark.clause("C8", "A4.4", "A4.2")
async def test_files_cards_and_receipts_are_there_to_be_looked_at(demo: Database, loaded: Path) -> None:
    async with demo.read() as session:
        versions = (await session.scalars(select(Attachment.number).order_by(Attachment.number))).all()
        assert list(versions) == [1, 2] and await session.scalar(select(RegisterCard.years)) == 5
        read = (await session.scalars(select(PaperReceipt.read_at))).all()
        assert await filing.verify(session, FolderStore(loaded.parent / "files")) == (2, [])
    assert any(read) and not all(read)


async def test_directives_show_each_light(demo: Database) -> None:
    async with demo.read() as session:
        due = (await session.scalars(select(Directive.due_on).where(Directive.state == "in_progress"))).all()
        open_tasks = (await session.scalars(select(Task).where(Task.closed_at.is_(None)))).all()
    today = app_clock.today()
    assert any(day < today for day in due) and any(day > today + timedelta(days=10) for day in due)
    assert any(today <= day <= today + timedelta(days=4) for day in due)
    assert any(task.due_on < today for task in open_tasks) and any(task.due_on >= today for task in open_tasks)


@pytest.mark.clause("C9", "C13")
async def test_an_ended_webhook_shows_what_it_delivered_and_what_not_and_sends_nothing(demo: Database) -> None:
    async with demo.read() as session:
        webhook = (await session.scalars(select(Webhook))).one()
        lines = (await session.scalars(select(Outbox).where(Outbox.channel == "webhook"))).all()
    assert webhook.ended_at is not None and webhook.url.startswith("https://sms.example.invalid/")
    dead = [row for row in lines if row.dead_at is not None]
    assert dead and {row.error for row in dead} == {"HTTP 503"}
    assert len(lines) > len(dead) and all(row.done_at or row.dead_at for row in lines)


@pytest.mark.clause("C6")
async def test_its_trail_is_whole_and_time_never_goes_back(demo: Database) -> None:
    async with demo.read() as session:
        assert (await trail.verify(session))[1] is None
        times = (await session.scalars(select(Trail.at).where(Trail.origin != "import").order_by(Trail.seq))).all()
    assert list(times) == sorted(times) and times[-1] < TUESDAY


async def test_the_printed_accounts_can_sign_in(demo: Database) -> None:
    works = Works(demo)
    for _role, name, phone in ACCOUNTS:
        async with works.begin() as work:
            _token, session = await sign_in(work, phone, PASSWORD)
            person = await work.session.get(Person, session.person_id)
        assert person is not None and person.name == name
    assert PASSWORD in accounts()[0] and len(accounts()) == 1 + len(ACCOUNTS)


@pytest.mark.clause("C2")
async def test_what_is_overdue_is_chased_once_and_within_its_part(demo: Database) -> None:
    assert await chasing.sweep(demo) > 20
    assert await chasing.sweep(demo) == 0
    async with demo.read() as session:
        assert {row.rung for row in (await session.scalars(select(Reminder))).all()} >= {-2, 0, 1, 3, 5}

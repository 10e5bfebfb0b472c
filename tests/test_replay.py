"""Preparations that are repeated give what they gave when they were worked out."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlmodel import SQLModel

from app.models.engine import Database
from tests.support import databases, replay
from tests.support.city import City, build


async def rows(db: Database) -> dict[str, list[Any]]:
    """Every row of every table."""
    async with db.read() as session:
        tables = SQLModel.metadata.sorted_tables
        return {each.name: sorted(map(repr, await session.execute(select(each)))) for each in tables}


def less(whole: dict[str, list[Any]], part: dict[str, list[Any]]) -> dict[str, list[Any]]:
    return {name: [each for each in rows if each not in part[name]] for name, rows in whole.items()}


async def prepare(city: City) -> tuple[Any, ...]:
    motion, meeting, decision = await city.decided()
    return motion, meeting, decision, await city.document(decision, "registered")


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> dict[Any, Any]:
    """Nothing has been worked out yet."""
    known: dict[Any, Any] = {}
    monkeypatch.setattr(replay, "_steps", known)
    return known


@pytest.fixture
async def other(db: Database, request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    """A second database of the same kind, empty too."""
    if db.is_sqlite:
        template = request.getfixturevalue("_sqlite_template")
        second = Database(databases.sqlite_url(databases.copy_of(template, tmp_path / "other.sqlite3")))
        yield second
        await second.close()
        return
    server = request.getfixturevalue("postgres_server")
    name = server.create()
    second = Database(server.url(name))
    yield second
    await second.close()
    server.drop(name)


async def test_a_repeated_preparation_leaves_the_same_rows_clock_and_answer(
    db: Database, other: Database, steps: dict[Any, Any], clock: Any
) -> None:
    begun = clock.now
    city = await build(db)
    built = await rows(db)
    first = await prepare(city)
    ends, worked_out = clock.now, len(steps)
    clock.set(begun)
    city = await build(other)
    built_again = await rows(other)
    again = await prepare(city)
    assert [each.model_dump() for each in again] == [each.model_dump() for each in first]
    assert less(await rows(other), built_again) == less(await rows(db), built)
    assert (clock.now, len(steps)) == (ends, worked_out)


async def test_what_a_test_does_itself_ends_the_repeating(db: Database, steps: dict[Any, Any], clock: Any) -> None:
    city = await build(db)
    motion = await city.motion("submitted")
    known = len(steps)
    await city.act("director", "motion", motion, "endorse")
    assert (await city.motion("submitted")).id != motion.id
    assert len(steps) == known

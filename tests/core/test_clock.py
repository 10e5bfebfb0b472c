"""Instants are aware UTC, days are Shanghai's; the movable clock obeys its file at once."""

import os
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from app.core import clock

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _real_time_afterwards() -> Iterator[None]:
    yield
    clock.unfreeze()
    clock.use_file(None)


def test_now_is_aware_utc() -> None:
    assert clock.now().tzinfo is UTC
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)


@pytest.mark.clause("C14")
def test_today_is_shanghais() -> None:
    clock.freeze(datetime(2026, 3, 1, 16, 0, tzinfo=UTC))
    assert clock.today() == date(2026, 3, 2)
    clock.freeze(datetime(2026, 3, 1, 15, 59, 59, tzinfo=UTC))
    assert clock.today() == date(2026, 3, 1)


@pytest.mark.clause("C14")
def test_a_day_ends_at_24_00_in_shanghai() -> None:
    end = clock.day_end(date(2026, 3, 2))
    assert end == datetime(2026, 3, 2, 16, 0, tzinfo=UTC)
    assert end.tzinfo is UTC
    assert clock.at(date(2026, 3, 2), 8, 30) == datetime(2026, 3, 2, 0, 30, tzinfo=UTC)


def test_freezing_stops_the_clock_and_a_block_gives_it_back() -> None:
    clock.freeze(NOON)
    with clock.frozen(NOON + timedelta(days=1)):
        assert clock.now() == NOON + timedelta(days=1)
    assert clock.now() == NOON
    clock.unfreeze()
    assert clock.now() != NOON


def test_a_naive_instant_is_an_error() -> None:
    with pytest.raises(ValueError, match="offset"):
        clock.freeze(NOON.replace(tzinfo=None))
    with pytest.raises(ValueError, match="offset"):
        clock.local_day(NOON.replace(tzinfo=None))


def test_the_file_holds_an_instant_and_is_obeyed_at_once(tmp_path: Path) -> None:
    file = tmp_path / "clock"
    file.write_text("2026-03-02T12:00:00+08:00\n", "utf-8")
    clock.use_file(file)
    assert clock.now() == NOON
    for day in range(1, 10):  # in place, the same length, faster than the file system's clock ticks
        file.write_text(f"2026-03-0{day}T12:00:00+08:00\n", "utf-8")
        assert clock.now().day == day
    assert clock.now().tzinfo is UTC


def test_two_writes_within_one_tick_of_the_file_systems_clock_are_told_apart(tmp_path: Path) -> None:
    file, stamp = tmp_path / "clock", time.time_ns()
    for day in (2, 3):
        file.write_text(f"2026-03-0{day}T12:00:00+08:00\n", "utf-8")
        os.utime(file, ns=(stamp, stamp))
        if day == 2:
            clock.use_file(file)
        assert clock.now().day == day


@pytest.mark.parametrize(("text", "seconds"), [("+3600", 3600), ("-86400", -86400), ("+0.5", 0.5)])
def test_the_file_can_shift_the_real_time(tmp_path: Path, text: str, seconds: float) -> None:
    file = tmp_path / "clock"
    file.write_text(text, "utf-8")
    clock.use_file(file)
    assert abs(clock.now() - datetime.now(UTC) - timedelta(seconds=seconds)) < timedelta(seconds=5)


def test_write_file_moves_the_clock(tmp_path: Path) -> None:
    file = tmp_path / "clock"
    clock.write_file(file, NOON)
    clock.use_file(file)
    assert clock.now() == NOON
    clock.write_file(file, timedelta(days=-1))
    assert clock.now() < datetime.now(UTC) - timedelta(hours=23)
    assert [path.name for path in tmp_path.iterdir()] == ["clock"]


def test_a_file_caught_while_being_rewritten_keeps_the_last_time(tmp_path: Path) -> None:
    file = tmp_path / "clock"
    clock.write_file(file, NOON)
    clock.use_file(file)
    file.write_text("", "utf-8")
    assert clock.now() == NOON


@pytest.mark.parametrize(
    "text",
    [
        "",
        "tomorrow",
        "2026-03-02T12:00:00",
        "+",
        "+1e9",
        "2026-13-01T00:00:00Z",
        "+999999999999",
        "0001-01-01T00:00+08:00",
    ],
)
def test_a_malformed_file_is_a_clear_error_at_start(tmp_path: Path, text: str) -> None:
    file = tmp_path / "clock"
    file.write_text(text, "utf-8")
    with pytest.raises(clock.ClockFileError, match=r"such as 2026-03-02T09:00:00\+08:00"):
        clock.use_file(file)
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5), "the faulty file is not used"


def test_a_missing_file_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(clock.ClockFileError, match="cannot be read"):
        clock.use_file(tmp_path / "none")


def test_frozen_wins_over_the_file(tmp_path: Path) -> None:
    file = tmp_path / "clock"
    clock.write_file(file, NOON)
    clock.use_file(file)
    clock.freeze(NOON + timedelta(hours=1))
    assert clock.now() == NOON + timedelta(hours=1)

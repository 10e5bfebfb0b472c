"""What time it is: instants are aware UTC, days are those of Asia/Shanghai (C14).

Everything in the application asks `now()`. Tests freeze it; a demonstration reads it from a file that a script moves.
"""

import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from datetime import time as time_of_day
from pathlib import Path
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")

_OFFSET = re.compile(r"[+-]\d{1,12}(\.\d+)?")
# A file written twice within one tick of the file system's clock keeps its stamp; a younger one is read again.
_SETTLED_NS = 100_000_000


class ClockFileError(ValueError):
    """The movable clock's file is missing or says nothing that could be a time."""


def now() -> datetime:
    if _frozen is not None:
        return _frozen
    return _file.now() if _file is not None else datetime.now(UTC)


def today() -> date:
    return local_day(now())


def local_day(instant: datetime) -> date:
    """The day in Shanghai on which this instant lies."""
    return local(instant).date()


def local(instant: datetime) -> datetime:
    return _aware(instant).astimezone(SHANGHAI)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """The instant, in UTC, of this time of day in Shanghai."""
    return datetime.combine(day, time_of_day(hour, minute), SHANGHAI).astimezone(UTC)


def day_end(day: date) -> datetime:
    """24:00 in Shanghai: the first instant that no longer belongs to the day."""
    return at(day + timedelta(days=1), 0)


def freeze(instant: datetime) -> None:
    """Stop the clock at this instant until `unfreeze()`; wins over a clock file."""
    global _frozen
    _frozen = _aware(instant).astimezone(UTC)


def unfreeze() -> None:
    global _frozen
    _frozen = None


@contextmanager
def frozen(instant: datetime) -> Iterator[None]:
    """Freeze within a block; afterwards the clock is as it was."""
    global _frozen
    before = _frozen
    freeze(instant)
    try:
        yield
    finally:
        _frozen = before


def use_file(path: Path | None) -> None:
    """Take the time from this file from now on: an ISO instant with its offset, or `+seconds` on the real time.

    The file is read at once, so that a faulty one is an error at start. None goes back to the real time.
    """
    global _file
    source = _ClockFile(path) if path is not None else None
    if source is not None:
        source.now()
    _file = source


def write_file(path: Path, setting: datetime | timedelta) -> None:
    """Move a clock file in one step, so that no reader ever sees half of it."""
    text = _aware(setting).isoformat() if isinstance(setting, datetime) else f"{setting.total_seconds():+f}"
    beside = path.with_name(f"{path.name}.{os.getpid()}.new")
    beside.write_text(f"{text}\n", "utf-8")
    beside.replace(path)


@dataclass(frozen=True, slots=True)
class _Reading:
    stamp: tuple[int, int, int]
    settled: bool
    setting: datetime | timedelta


class _ClockFile:
    def __init__(self, path: Path) -> None:
        self._path = path
        self._last: _Reading | None = None

    def now(self) -> datetime:
        setting = self._setting()
        return setting if isinstance(setting, datetime) else datetime.now(UTC) + setting

    def _setting(self) -> datetime | timedelta:
        last = self._last
        try:
            status = self._path.stat()
            stamp = (status.st_mtime_ns, status.st_size, status.st_ino)
            if last is not None and last.settled and last.stamp == stamp:
                return last.setting
            text = self._path.read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise ClockFileError(f"the clock file {self._path} cannot be read: {error}") from error
        if not text and last is not None:  # somebody is just rewriting it in place
            return last.setting
        reading = _Reading(stamp, time.time_ns() - status.st_mtime_ns > _SETTLED_NS, self._parse(text))
        self._last = reading
        return reading.setting

    def _parse(self, text: str) -> datetime | timedelta:
        try:
            if _OFFSET.fullmatch(text):
                offset = timedelta(seconds=float(text))
                datetime.now(UTC) + offset  # refuses here, not at some later now(), an offset that leaves the calendar
                return offset
            return _aware(datetime.fromisoformat(text)).astimezone(UTC)
        except (ValueError, OverflowError) as error:
            raise ClockFileError(
                f"the clock file {self._path} must hold one instant with its offset, such as "
                f"2026-03-02T09:00:00+08:00, or seconds such as +3600; it holds {text[:60]!r}"
            ) from error


def _aware(instant: datetime) -> datetime:
    if instant.tzinfo is None or instant.utcoffset() is None:
        raise ValueError(f"an instant needs its offset from UTC; {instant.isoformat()} has none")
    return instant


_frozen: datetime | None = None
_file: _ClockFile | None = None

"""The throw-away folder of a test run, and what runs that were killed have left behind."""

import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from tests.support import postgres

PREFIX = "yishi-tests-"
OWNER = "owner"
MEMORY = Path("/dev/shm")  # noqa: S108 - Linux's file system in memory: throw-away databases need no disk
NEEDED = 4 * 2**30


def new(memory: Path = MEMORY) -> Path:
    """A folder for this run, after removing those whose runs were killed before they could tidy up."""
    place = memory if _has_room(memory) else Path(tempfile.gettempdir())
    for each in place.glob(f"{PREFIX}*"):
        if not _in_use(each):
            remove(each)
    folder = Path(tempfile.mkdtemp(prefix=f".{PREFIX}", dir=place))
    (folder / OWNER).write_text(str(os.getpid()), "utf-8")
    return folder.rename(folder.with_name(folder.name.removeprefix(".")))  # seen by others only with its owner in it


def remove(folder: Path) -> None:
    """End the server that runs in it, and remove it."""
    with suppress(OSError):
        postgres.stop(folder)
    shutil.rmtree(folder, ignore_errors=True)


def _has_room(place: Path) -> bool:
    return os.access(place, os.W_OK | os.X_OK) and shutil.disk_usage(place).free > NEEDED


def _in_use(folder: Path) -> bool:
    """Does the process that made it still live? What cannot be told, or is another user's, is left alone."""
    try:
        os.kill(int((folder / OWNER).read_text("utf-8")), 0)
    except ProcessLookupError:
        return False
    except (OSError, ValueError):
        return True
    return True

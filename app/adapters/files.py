"""Where the files of attachments lie: by the hash of their content, written once and never changed (C8).

`FileStore` is all that the application asks of a store; a folder is one, an S3-compatible bucket can be another. A file
gets a name only when it has passed every check, so what was refused, or broken off, never had one.
"""

import asyncio
import os
import re
import shutil
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import BinaryIO, Protocol
from uuid import uuid4

CHUNK = 256 * 1024
# An upload may still be on its way to its row; what is older and belongs to no row was left by a crash.
GRACE = 3600.0
_DIGEST = re.compile(r"[0-9a-f]{64}")


class FileMissing(LookupError):
    """The store does not hold this content."""


class FileStore(Protocol):
    """Content by its SHA-256."""

    async def keep(self, digest: str, source: BinaryIO) -> None:
        """Hold this content from now on; what is held already is renewed."""

    async def read(self, digest: str) -> AsyncIterator[bytes]:
        """The content, piece by piece. Raises FileMissing."""

    async def old(self) -> list[str]:
        """What has lain here for longer than an upload takes."""

    async def drop(self, digest: str) -> bool:
        """Let go of it, if it is still old."""

    async def tidy(self) -> int:
        """Remove what broken-off writes have left behind; how many."""


class FolderStore:
    """A folder, on one machine or shared by several."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @property
    def incoming(self) -> Path:
        """Where uploads wait without a name until they are checked."""
        folder = self.root / "incoming"
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    async def keep(self, digest: str, source: BinaryIO) -> None:
        await asyncio.to_thread(self._keep, digest, source)

    async def read(self, digest: str) -> AsyncIterator[bytes]:
        path = self._path(digest)
        if not await asyncio.to_thread(path.is_file):
            raise FileMissing(digest)
        return _pieces(path)

    async def old(self) -> list[str]:
        return await asyncio.to_thread(self._old)

    async def drop(self, digest: str) -> bool:
        return await asyncio.to_thread(_remove_if_old, self._path(digest))

    async def tidy(self) -> int:
        return await asyncio.to_thread(lambda: sum(_remove_if_old(path) for path in self.incoming.iterdir()))

    def _path(self, digest: str) -> Path:
        if not _DIGEST.fullmatch(digest):
            raise FileMissing(digest)
        return self.root / digest[:2] / digest

    def _keep(self, digest: str, source: BinaryIO) -> None:
        """Beside first, then renamed: nobody ever reads half of a file."""
        path = self._path(digest)
        if path.is_file():
            os.utime(path)
            return
        beside = self.incoming / f"{digest}.{uuid4().hex}"
        try:
            with beside.open("xb") as target:
                source.seek(0)
                shutil.copyfileobj(source, target, CHUNK)
                target.flush()
                os.fsync(target.fileno())
            path.parent.mkdir(exist_ok=True)
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)

    def _old(self) -> list[str]:
        folders = [path for path in self.root.iterdir() if len(path.name) == 2] if self.root.is_dir() else []
        return [path.name for folder in folders for path in folder.iterdir() if _is_old(path)]


def _is_old(path: Path) -> bool:
    """By the file system's own time, which no demonstration moves."""
    try:
        return path.stat().st_mtime < time.time() - GRACE
    except FileNotFoundError:
        return False


def _remove_if_old(path: Path) -> bool:
    if not _is_old(path):
        return False
    path.unlink(missing_ok=True)
    return True


async def _pieces(path: Path) -> AsyncIterator[bytes]:
    with await asyncio.to_thread(path.open, "rb") as file:
        while piece := await asyncio.to_thread(file.read, CHUNK):
            yield piece

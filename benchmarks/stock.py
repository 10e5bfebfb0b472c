"""The databases of a run: made fresh in a throw-away folder, or kept in a folder that is named and used again."""

import gc
import hashlib
import shutil
import tempfile
from pathlib import Path

from app.models.engine import Database
from app.models.migrate import upgrade
from benchmarks.data import load
from benchmarks.data.growing import Growing
from benchmarks.data.world import Size
from benchmarks.postgres import Postgres


def _stamp(size: Size) -> str:
    """Of everything that the data depends on. A newer migration is made up for when the product starts."""
    sources = sorted((Path(__file__).parent / "data").glob("*.py"))
    content = b"".join(file.read_bytes() for file in sources)
    return f"{size} {hashlib.sha256(content).hexdigest()}"


class Stock:
    def __init__(self, size: Size, kept: Path | None) -> None:
        self.size, self.kept = size, kept
        self.folder = kept or Path(tempfile.mkdtemp(prefix="yishi-bench-"))
        self.folder.mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o755)  # as root, the server runs as a user of its own
        self.postgres = Postgres(self.folder)
        self.growing: Growing | None = None

    @property
    def sqlite(self) -> str:
        return f"sqlite+aiosqlite:///{self.folder / 'bench.sqlite3'}"

    @property
    def postgresql(self) -> str:
        return self.postgres.url("bench")

    @property
    def growth(self) -> str:
        return self.postgres.url("growth")

    async def fill(self) -> bool:
        """Load both databases unless they are there already. Were they made anew?"""
        stamp = self.folder / "stamp"
        if stamp.exists() and stamp.read_text("utf-8") == _stamp(self.size):
            return False
        stamp.unlink(missing_ok=True)
        gc.disable()  # millions of small rows that all stay
        rows = load.make(self.size)
        await load.into_postgresql(await self.postgres.create("bench"), rows)
        for file in self.folder.glob("bench.sqlite3*"):
            file.unlink()
        await load.into_sqlite(self.folder / "bench.sqlite3", rows)
        del rows
        gc.enable()
        stamp.write_text(_stamp(self.size), "utf-8")
        return True

    async def grow(self, count: int) -> None:
        """Until the database `growth` has so many motions."""
        if self.growing is None:
            database = Database(await self.postgres.create("growth"))
            await upgrade(database)
            await database.close()
            self.growing = Growing(self.size)
        await load.copy(self.growth, self.growing.upto(count))

    def close(self) -> None:
        self.postgres.stop(keep=self.kept is not None)
        if self.kept is None:
            shutil.rmtree(self.folder, ignore_errors=True)

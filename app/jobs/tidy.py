"""Once an hour: files that no row names, left by uploads that broke off, are removed (C8)."""

import time

from app.jobs.context import Surroundings
from app.services.filing import sweep
from app.services.job_runs import recorded

EVERY = 3600.0


class Tidying:
    """When it was last done by this process; a new process begins with it."""

    def __init__(self) -> None:
        self._next = 0.0

    async def run(self, around: Surroundings) -> int:
        files = around.files
        if files is None or time.monotonic() < self._next:
            return 0
        self._next = time.monotonic() + EVERY
        return await recorded(around.db, "tidy", lambda: sweep(around.db, files))

"""A server of the tour's own: an installation in a folder, on a free port, with a clock that can be moved."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import httpx

from app.core import clock

ROOT = Path(__file__).resolve().parents[3]
READY_SECONDS = 60.0


class ServerError(RuntimeError):
    """The tour's server did not do what the tour needs of it."""


class Server:
    """One installation. `settings` are YISHI_* variables without the prefix that differ from the tour's own."""

    def __init__(self, folder: Path, settings: Mapping[str, str] | None = None) -> None:
        self.folder = folder
        self.port = _free_port()
        self.clock_file = folder / "clock"
        own = {
            "VAR": str(folder / "var"),
            "CLOCK_FILE": str(self.clock_file),
            "ASSETS": "local",
            "SWEEP_SECONDS": "0.2",
            "SESSION_HOURS": "4000",
        }
        kept = {name: value for name, value in os.environ.items() if not name.startswith("YISHI_")}
        self._env = kept | {f"YISHI_{name}": value for name, value in (own | dict(settings or {})).items()}
        self._log = folder / "server.log"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def database_url(self) -> str:
        return self._env.get("YISHI_DATABASE_URL") or f"sqlite+aiosqlite:///{self.folder / 'var' / 'yishi.sqlite3'}"

    def command(self, *arguments: str) -> str:
        """Run `python -m app ...` on this installation and return what it prints."""
        done = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-m", "app", *arguments],
            cwd=ROOT,
            env=self._env,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise ServerError(f"python -m app {' '.join(arguments)}: {done.stdout[-2000:]}{done.stderr[-2000:]}")
        return done.stdout

    def set_clock(self, instant: datetime) -> None:
        move_clock(self.clock_file, instant)

    def start(self) -> None:
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own program
                [sys.executable, "-m", "app", "serve", "--port", str(self.port)],
                cwd=ROOT,
                env=self._env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        until = time.monotonic() + READY_SECONDS
        while not self._ready():
            if self._process.poll() is not None or time.monotonic() > until:
                raise ServerError(f"the server is not ready: {self.output()}")
            time.sleep(0.1)

    def kill(self) -> None:
        """As a power cut would: SIGKILL to the server and all its children, with no time to tidy up."""
        self._end(signal.SIGKILL)

    def restart(self) -> None:
        self.kill()
        self.start()

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def output(self) -> str:
        return self._log.read_text("utf-8", errors="replace")[-3000:] if self._log.exists() else ""

    def _ready(self) -> bool:
        try:
            return httpx.get(f"{self.url}/readyz", timeout=2, trust_env=False).status_code == httpx.codes.OK
        except httpx.TransportError:
            return False

    def _end(self, how: signal.Signals) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        try:
            self._signal(process, how)
            process.wait(15)
        except subprocess.TimeoutExpired:
            pass
        self._signal(process, signal.SIGKILL)  # also what it left behind, such as an embedded Valkey
        process.wait(15)

    @staticmethod
    def _signal(process: "subprocess.Popen[bytes]", how: signal.Signals) -> None:
        try:
            os.killpg(process.pid, how)
        except ProcessLookupError:
            return


def move_clock(file: Path, instant: datetime) -> None:
    """From now on it is this moment for whoever reads the file, and time goes on from there."""
    real = clock.now()  # this process reads no clock file
    clock.write_file(file, instant - real)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

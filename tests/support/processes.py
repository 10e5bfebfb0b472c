"""Real processes of the application: any number of web servers and workers, to be killed and started again."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(**settings: str) -> dict[str, str]:
    """This process's environment with none of its YISHI_* variables but these: `environment(DEMO="1")`."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("YISHI_")}
    return kept | {f"YISHI_{name}": value for name, value in settings.items()}


@dataclass
class Process:
    """One process of the application, in a session of its own so that its children end with it."""

    arguments: tuple[str, ...]
    env: Mapping[str, str]
    log: Path
    port: int = 0
    _running: "subprocess.Popen[bytes] | None" = field(default=None, repr=False)
    _left: list[int] = field(default_factory=list, repr=False)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        return self._running.pid if self._running is not None else 0

    @property
    def alive(self) -> bool:
        return self._running is not None and self._running.poll() is None

    def start(self) -> None:
        with self.log.open("ab") as log:
            self._running = subprocess.Popen(
                [sys.executable, "-m", "app", *self.arguments],
                cwd=ROOT, env=self.env, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip

    def wait_ready(self, seconds: float = 30) -> None:
        """Until /readyz answers 200; a worker, which serves nothing, only has to stay alive."""
        until = time.monotonic() + seconds
        while self.port and not self._ready():
            assert self.alive, f"{self.arguments} ended: {self.output()}"
            assert time.monotonic() < until, f"{self.arguments} not ready after {seconds} s: {self.output()}"
            time.sleep(0.05)
        assert self.alive, f"{self.arguments} ended: {self.output()}"

    def kill(self) -> None:
        """As a crash would: SIGKILL, with no time to tidy up."""
        self._end(signal.SIGKILL)

    def kill_alone(self) -> None:
        """As the kernel would that is short of memory: SIGKILL to the process only; its children stay until `stop`."""
        assert self._running is not None
        self._left.append(self._running.pid)
        self._running.kill()
        self._running.wait(10)
        self._running = None

    def stop(self, seconds: float = 10) -> None:
        """As an operator would: SIGTERM, and SIGKILL only if that is not obeyed."""
        self._end(signal.SIGTERM, seconds)
        while self._left:
            _kill_group(self._left.pop(), signal.SIGKILL)

    def restart(self) -> None:
        self.kill()
        self.start()
        self.wait_ready()

    def output(self) -> str:
        return self.log.read_text("utf-8", errors="replace")[-4000:] if self.log.exists() else ""

    def _ready(self) -> bool:
        try:
            return httpx.get(f"{self.url}/readyz", timeout=2, trust_env=False).status_code == 200
        except httpx.TransportError:
            return False

    def _end(self, how: signal.Signals, seconds: float = 10) -> None:
        if self._running is None:
            return
        self._signal(how)
        try:
            self._running.wait(seconds)
        except subprocess.TimeoutExpired:
            self._signal(signal.SIGKILL)
            self._running.wait(10)
        self._signal(signal.SIGKILL)  # what it left behind, such as an embedded Valkey
        self._running = None

    def _signal(self, how: signal.Signals) -> None:
        assert self._running is not None
        _kill_group(self._running.pid, how)


def _kill_group(group: int, how: signal.Signals) -> None:
    try:
        os.killpg(group, how)
    except ProcessLookupError:
        return


class Cluster:
    """Web processes and workers over one database, one Valkey and one folder, as the compose file runs them."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.folder = folder
        self.settings = {"VAR": str(folder / "var"), "ASSETS": "local", "EMBEDDED_WORKER": "0"} | settings
        self.web: list[Process] = []
        self.workers: list[Process] = []

    def start(self, web: int = 2, workers: int = 2) -> "Cluster":
        """One web process first, alone, so that what a start prepares is prepared once; then the rest together."""
        first = self.add_web() if web else None
        if first is not None:
            first.wait_ready()
        rest = [self.add_web() for _ in range(web - 1)] + [self.add_worker() for _ in range(workers)]
        for each in rest:
            each.wait_ready()
        return self

    def add_web(self) -> Process:
        port = free_port()
        return self._add(self.web, f"web-{len(self.web)}", port, "serve", "--port", str(port))

    def add_worker(self) -> Process:
        return self._add(self.workers, f"worker-{len(self.workers)}", 0, "worker")

    def run(self, *arguments: str, seconds: float = 60) -> "subprocess.CompletedProcess[str]":
        """One command of the application in the cluster's environment: `run("migrate")`."""
        return subprocess.run(
            [sys.executable, "-m", "app", *arguments],
            cwd=ROOT, env=environment(**self.settings), capture_output=True, text=True, timeout=seconds, check=False,
        )  # fmt: skip

    def stop(self) -> None:
        for each in (*self.workers, *self.web):
            each.stop()

    def output(self) -> str:
        return "\n".join(f"--- {each.log.name}\n{each.output()}" for each in (*self.web, *self.workers))

    def _add(self, to: list[Process], name: str, port: int, *arguments: str) -> Process:
        env = environment(**self.settings, **({"PORT": str(port)} if port else {}))
        process = Process(arguments, env, self.folder / f"{name}.log", port)
        to.append(process)
        process.start()
        return process

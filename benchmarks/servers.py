"""The servers that are compared, each one process: uvicorn with uvloop and httptools."""

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
import orjson

from benchmarks.data.world import TOKEN

ROOT = Path(__file__).resolve().parent.parent
UVICORN = ("-m", "uvicorn", "--loop", "uvloop", "--http", "httptools", "--log-level", "warning", "--no-access-log")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def body(text: str, variables: Mapping[str, str]) -> bytes:
    return orjson.dumps({"query": text, "variables": dict(variables)})


@dataclass
class Server:
    """One server process. `path`: where a query of this name is sent."""

    name: str
    arguments: tuple[str, ...]
    env: Mapping[str, str]
    path: str
    log: Path
    port: int = field(default_factory=free_port)
    _process: "subprocess.Popen[bytes] | None" = None

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    @property
    def running(self) -> bool:
        return self._process is not None

    def start(self) -> None:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("YISHI_")}
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, *self.arguments, "--port", str(self.port)],
                cwd=ROOT, env=kept | dict(self.env), stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            )  # fmt: skip

    def wait(self, seconds: float = 60) -> None:
        until = time.monotonic() + seconds
        while True:
            assert self._process is not None
            if self._process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"{self.name} does not serve:\n{self.log.read_text('utf-8')[-4000:]}")
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                time.sleep(0.05)

    def stop(self) -> None:
        if self._process is None:
            return
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(10)

    def request(self, query: str, content: bytes, token: str = TOKEN) -> bytes:
        """The bytes that a client sends."""
        head = (
            f"POST {self.path.format(query)} HTTP/1.1\r\nhost: 127.0.0.1:{self.port}\r\n"
            f"authorization: Bearer {token}\r\ncontent-type: application/json\r\n"
            f"accept: application/graphql-response+json, application/json\r\ncontent-length: {len(content)}\r\n\r\n"
        )
        return head.encode() + content

    def ask(self, query: str, content: bytes, token: str = TOKEN) -> bytes:
        """One answer, for comparing."""
        answer = httpx.post(
            f"http://127.0.0.1:{self.port}{self.path.format(query)}", content=content, timeout=120, trust_env=False,
            headers={"authorization": f"Bearer {token}", "content-type": "application/json"},
        )  # fmt: skip
        return answer.content


def product(url: str, folder: Path) -> Server:
    """`python -m app serve`, as it is installed, without a worker in it."""
    env = {"YISHI_DATABASE_URL": url, "YISHI_VAR": str(folder / "var"), "YISHI_EMBEDDED_WORKER": "0"}
    return Server("product", ("-m", "app", "serve"), env, "/graphql", folder / "product.log")


def limit(url: str, folder: Path) -> Server:
    command = (*UVICORN, "--factory", "benchmarks.limit.app:create")
    return Server("limit", command, {"BENCHMARK_DATABASE": url}, "/{}", folder / "limit.log")


def dataloaders(url: str, folder: Path) -> Server:
    command = (*UVICORN, "--factory", "benchmarks.dataloaders.app:create")
    return Server("dataloaders", command, {"BENCHMARK_DATABASE": url}, "/graphql", folder / "dataloaders.log")

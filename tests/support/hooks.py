"""A receiver of webhooks that keeps what it is given."""

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Taken:
    path: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class HookSink:
    """Listens on a free port in a thread of its own; `status`, `location`, `said` (headers) and
    `body` are what it answers. `connections`: how
    often it was called. `hang_up`: it ends a connection after each answer, without having said so. `deaf`: so
    many deliveries are not answered, it hangs up instead."""

    def __init__(self, address: str = "127.0.0.1", port: int = 0) -> None:
        self.taken: list[Taken] = []
        self.connections, self.hang_up, self.deaf = 0, False, 0
        self.status, self.location = 200, ""
        self.said: dict[str, str] = {}
        self.body = b""
        sink = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"  # a connection stays

            def setup(self) -> None:
                sink.connections += 1
                super().setup()

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("content-length", 0)))
                if sink.deaf:
                    sink.deaf -= 1
                    self.close_connection = True
                    return
                sink.taken.append(Taken(self.path, {k.lower(): v for k, v in self.headers.items()}, body))
                said, ends = sink.body, sink.hang_up  # a test that has read the answer may set others at once
                self.send_response(sink.status)
                if sink.location:
                    self.send_header("location", sink.location)
                for name, value in sink.said.items():
                    self.send_header(name, value)
                self.send_header("content-length", str(len(said)))
                self.end_headers()
                self.wfile.write(said)
                self.close_connection = ends

            def log_message(self, *_: Any) -> None:
                pass

        self._server = ThreadingHTTPServer((address, port), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        return f"http://{self.host}/hook"

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(10)

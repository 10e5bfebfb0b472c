"""A receiver of webhooks, an ASGI application: it works each signature out anew and counts what it was given.

`HOOK_SECRET` is what deliveries must be signed with. GET answers with the counts, which begin again with it.
"""

import base64
import hashlib
import hmac
import os
from typing import Any

import orjson

_KEY = base64.b64decode(os.environ.get("HOOK_SECRET", "").removeprefix("whsec_"))


class Counts:
    def __init__(self) -> None:
        self.deliveries = self.signed = self.entries = 0
        self.distinct: set[str] = set()
        self.callers: set[tuple[str, int]] = set()

    def take(self, headers: dict[bytes, bytes], body: bytes, caller: tuple[str, int]) -> None:
        entries = orjson.loads(body)["entries"]
        self.deliveries += 1
        self.signed += _signed(headers, body)
        self.entries += len(entries)
        self.distinct.update(each["id"] for each in entries)
        self.callers.add(caller)

    def told(self) -> dict[str, int]:
        return {
            "deliveries": self.deliveries,
            "signed": self.signed,
            "entries": self.entries,
            "distinct": len(self.distinct),
            "connections": len(self.callers),
        }


def _signed(headers: dict[bytes, bytes], body: bytes) -> bool:
    signed = b".".join((headers[b"webhook-id"], headers[b"webhook-timestamp"], body))
    expected = b"v1," + base64.b64encode(hmac.new(_KEY, signed, hashlib.sha256).digest())
    return any(hmac.compare_digest(expected, each) for each in headers[b"webhook-signature"].split())


_counts = Counts()


async def app(scope: Any, receive: Any, send: Any) -> None:
    global _counts
    if scope["type"] == "lifespan":
        return
    answer = b""
    if scope["method"] == "GET":
        answer, _counts = orjson.dumps(_counts.told()), Counts()
    else:
        body, more = b"", True
        while more:
            message = await receive()
            body += message.get("body", b"")
            more = message.get("more_body", False)
        _counts.take(dict(scope["headers"]), body, tuple(scope["client"]))
    headers = [(b"content-length", str(len(answer)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": answer})

"""A small gateway between Yishi's webhooks and a city's chat or SMS service. Standard library only.

    WEBHOOK_SECRET=whsec_... python gateway.py --port 8600 --chat http://chat.example/robot/send
    WEBHOOK_SECRET=whsec_... python gateway.py --port 8600 --sms http://sms.example/send

It takes a delivery only with a good signature and a time stamp of the last five minutes, and passes each entry on once,
however often it comes. During a change of secrets give both, with a space between them.
"""

import argparse
import base64
import hashlib
import hmac
import json
import os
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlencode
from urllib.request import Request, urlopen

OLDEST_SECONDS = 300
REMEMBERED = 100_000


def is_signed(secrets: list[str], headers: Mapping[str, str], body: bytes, now: float) -> bool:
    """Whether one of the signatures is by one of our secrets, over this id, this time and these bytes, and is new."""
    key, stamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not stamp.isdecimal() or abs(now - int(stamp)) > OLDEST_SECONDS:
        return False
    given = [each.removeprefix("v1,") for each in headers.get("webhook-signature", "").split()]
    for secret in secrets:
        raw = base64.b64decode(secret.removeprefix("whsec_"))
        signed = hmac.new(raw, f"{key}.{stamp}.".encode() + body, hashlib.sha256).digest()
        expected = base64.b64encode(signed)
        if any(hmac.compare_digest(expected, each.encode()) for each in given):
            return True
    return False


class Seen:
    """The entries that were passed on. A gateway of several processes keeps them in its database instead."""

    def __init__(self) -> None:
        self._keys: OrderedDict[str, None] = OrderedDict()

    def __contains__(self, key: str) -> bool:
        return key in self._keys

    def add(self, key: str) -> None:
        self._keys[key] = None
        while len(self._keys) > REMEMBERED:
            self._keys.popitem(last=False)


def _post(url: str, content: bytes, kind: str) -> None:
    request = Request(url, content, {"content-type": kind})  # noqa: S310 (the operator's own address)
    with urlopen(request, timeout=5) as answer:  # noqa: S310 (raises unless it is 2xx)
        answer.read()


def to_chat(url: str) -> Callable[[dict[str, Any], str], None]:
    """As the robots of the usual office chats take it: a text that names its reader."""

    def send(delivery: dict[str, Any], text: str) -> None:
        said = f"{delivery['recipient']['name']}:{text} {delivery['link']}"
        message = {"msgtype": "text", "text": {"content": said}}
        _post(url, json.dumps(message, ensure_ascii=False).encode(), "application/json; charset=utf-8")

    return send


def to_sms(url: str) -> Callable[[dict[str, Any], str], None]:
    """A form with number and text. The webhook must carry telephone numbers; who has none gets no message."""

    def send(delivery: dict[str, Any], text: str) -> None:
        if phone := delivery["recipient"].get("phone"):
            form = urlencode({"mobile": phone, "content": f"【议事】{text}"})
            _post(url, form.encode(), "application/x-www-form-urlencoded")

    return send


def handler(secrets: list[str], send: Callable[[dict[str, Any], str], None]) -> type[BaseHTTPRequestHandler]:
    seen = Seen()

    class Gateway(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(min(int(self.headers.get("content-length", 0)), 1_000_000))
            headers = {name.lower(): value for name, value in self.headers.items()}
            self.send_response(self._take(headers, body))
            self.end_headers()

        def _take(self, headers: Mapping[str, str], body: bytes) -> int:
            if not is_signed(secrets, headers, body, time.time()):
                return 401
            delivery = json.loads(body)
            new = [entry for entry in delivery["entries"] if entry["id"] not in seen]
            try:
                if new:
                    send(delivery, ";".join(entry["text"] for entry in new))
            except OSError:
                return 502  # Yishi tries again later
            for entry in new:
                seen.add(entry["id"])
            return 204

        def log_message(self, *_: Any) -> None:
            """Names and texts belong in no log."""

    return Gateway


def main() -> None:
    parser = argparse.ArgumentParser(description="Passes Yishi's webhooks on to a chat or an SMS service.")
    parser.add_argument("--port", type=int, default=8600)
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--chat", help="the address of the chat's robot")
    where.add_argument("--sms", help="the address of the SMS service")
    given = parser.parse_args()
    send = to_chat(given.chat) if given.chat else to_sms(given.sms)
    secrets = os.environ["WEBHOOK_SECRET"].split()
    server = ThreadingHTTPServer(("127.0.0.1", given.port), handler(secrets, send))
    print(f"listening on http://127.0.0.1:{server.server_address[1]}", flush=True)  # noqa: T201 (a program)
    server.serve_forever()


if __name__ == "__main__":
    main()

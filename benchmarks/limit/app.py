"""The bare endpoint: one function between uvicorn and the database, with nothing in it that an answer does not need.

A query is POSTed to its own path with the body that the product gets; of it only the variables are read. Sign-in is
`identify.sql`, then `<query>.sql` answers with the text of the whole response. `viewer` is answered by the sign-in
itself. A file that begins with `-- whole` signs in by itself: its $1 is the hash of the token.
"""

import os
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple, Protocol
from uuid import UUID

import orjson

HERE = Path(__file__).parent
VARIABLE = {"motions": "after", "meeting": "id", "hundred": "group"}
TEXT = [(b"content-type", b"application/json")]


class Statement(NamedTuple):
    text: str
    whole: bool


@dataclass(frozen=True, slots=True)
class Identity:
    """Who asks: what `identify.sql` said, and what follows from it."""

    viewer: bytes
    holders: list[str]
    holders_json: str


class Store(Protocol):
    async def open(self) -> None: ...

    async def close(self) -> None: ...

    async def answer(self, name: str, token_hash: str, value: UUID | None) -> bytes | None:
        """The body; None where nobody is signed in."""


def statements(kind: str) -> dict[str, Statement]:
    """The SQL of one kind of database, by the file's name."""
    texts = {file.stem: file.read_text("utf-8") for file in sorted((HERE / kind).glob("*.sql"))}
    return {name: Statement(text, text.startswith("-- whole")) for name, text in texts.items()}


def _holders(seat: str) -> list[str]:
    """The names under which a post has part; as Seat.holders in app/rules/roles.py, written out by hand."""
    role, group, unit = seat.split(" ")
    group = str(UUID(group))
    found = [f"{group}/{role}"]
    if role in ("deputy_in_charge", "deputy"):
        found.append(f"{group}/deputies")
    if role in ("office_director", "office_deputy_director", "department_head", "department_staff"):
        found += [f"{group}/office", *([f"{group}/department/{UUID(unit)}"] if unit else [])]
    if role in ("unit_head", "liaison", "responsible") and unit:
        found.append(f"{group}/unit/{UUID(unit)}")
    return found


@lru_cache(maxsize=5000)
def identity(said: bytes | str) -> Identity:
    """Asked anew for each request; where the same was said before, the same follows."""
    who = orjson.loads(said)
    if who["lent"] or who["administrator"]:
        raise ValueError("the SQL is written for people without lent powers and administrator roles")
    key = UUID(who["id"])
    names = sorted({f"person/{key}", *(name for seat in who["seats"] for name in _holders(seat))})
    viewer = orjson.dumps({"data": {"viewer": {"id": f"Person_{key.hex}", "name": who["name"]}}})
    return Identity(viewer, names, orjson.dumps(names).decode())


def key_of(text: str | None) -> UUID | None:
    return UUID(text.rpartition("_")[2]) if text else None


def token_hash(headers: list[tuple[bytes, bytes]]) -> str:
    for name, value in headers:
        if name == b"authorization":
            return sha256(value[7:]).hexdigest()
    return ""


async def body_of(receive: Any) -> bytes:
    message = await receive()
    body: bytes = message["body"]
    while message.get("more_body"):
        message = await receive()
        body += message["body"]
    return body


class Limit:
    def __init__(self, store: Store) -> None:
        self.store = store

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            await self.live(receive, send)
            return
        name = scope["path"][1:]
        given = orjson.loads(await body_of(receive))
        value = key_of(given["variables"].get(VARIABLE[name])) if name in VARIABLE else None
        answer = await self.store.answer(name, token_hash(scope["headers"]), value)
        body = b'{"errors":[{"message":"Sign in first."}]}' if answer is None else answer
        headers = [*TEXT, (b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def live(self, receive: Any, send: Any) -> None:
        await receive()
        await self.store.open()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await self.store.close()
        await send({"type": "lifespan.shutdown.complete"})


def create() -> Limit:
    """Over the database that the environment names."""
    url = os.environ["BENCHMARK_DATABASE"]
    if url.startswith("postgresql"):
        from benchmarks.limit.postgresql import Postgres

        return Limit(Postgres(url))
    from benchmarks.limit.sqlite import Sqlite

    return Limit(Sqlite(url))

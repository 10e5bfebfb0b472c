"""The five queries, what they ask for, and whether every server answers them alike."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import asyncpg
import orjson

from benchmarks.data.world import TOKEN
from benchmarks.servers import Server, body
from schema.ids import pack

NAMES = ("tasks", "motions", "meeting", "viewer", "hundred")
LARGE = {"motions", "meeting", "hundred"}  # their answers have 20 KB to 1.1 MB, those of the small 0.1 and 10 KB


class Differ(RuntimeError):
    """Two servers do not answer alike."""


class Query(NamedTuple):
    name: str
    text: str
    variables: dict[str, str]

    @property
    def content(self) -> bytes:
        return body(self.text, self.variables)


def text_of(name: str) -> str:
    return Path(__file__).with_name(f"{name}.graphql").read_text("utf-8")


async def load(url: str, names: Sequence[str]) -> list[Query]:
    """The queries with their variables: the newest meeting that the first group has held, and that group."""
    connection = await asyncpg.connect(url)
    try:
        group = await connection.fetchval("SELECT id FROM leading_group ORDER BY code LIMIT 1")
        meeting = await connection.fetchval(
            "SELECT id FROM meeting WHERE group_id = $1 AND state = 'closed' ORDER BY id DESC LIMIT 1", group
        )
    finally:
        await connection.close()
    variables = {"meeting": {"id": pack("Meeting", meeting)}, "hundred": {"group": pack("Group", group)}}
    return [Query(name, text_of(name), variables.get(name, {})) for name in names]


def _first_difference(one: Any, other: Any, path: str = "") -> str:
    if isinstance(one, dict) and isinstance(other, dict) and one.keys() == other.keys():
        pairs = [(f"{path}.{key}", one[key], other[key]) for key in one]
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        pairs = [(f"{path}[{number}]", *pair) for number, pair in enumerate(zip(one, other, strict=True))]
    else:
        return f"{path}: {str(one)[:300]} != {str(other)[:300]}"
    return next(_first_difference(here, there, where) for where, here, there in pairs if here != there)


def compare(query: Query, servers: Sequence[Server], token: str = TOKEN) -> int:
    """The answer's size, in bytes of the first server; raises Differ if not all parse to the same."""
    raw = {server.name: server.ask(query.name, query.content, token) for server in servers}
    answers = {name: orjson.loads(content) for name, content in raw.items()}
    first = servers[0].name
    if "errors" in answers[first]:
        raise Differ(f"{query.name}: {first} answers with errors: {str(answers[first]['errors'])[:500]}")
    for name, answer in answers.items():
        if answer != answers[first]:
            raise Differ(f"{query.name}: {first} and {name} differ at {_first_difference(answers[first], answer)}")
    return len(raw[first])

"""Pages of a connection by keyset (C11): the place in the list is a key and never a count, so that a page at the end
of 200,000 rows costs what the first one does.

What a page's own place is (is there more, where does it begin and end) is answered by the same rows that are shown: one
row more than asked for is looked at, and never built. Where nobody asks for it, the page is a plain list.
"""

from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import ColumnElement, FromClause

from app.queries.planner.given import HOLDERS, falling
from app.queries.planner.shapes import Entries, Rows, Source, Thing, Unplannable, columns, pieces
from app.queries.planner.values import Json, Pieces, Process, Text, glued

MAX_COUNT = 10_000
MOST = 50  # that PostgreSQL takes at once


@dataclass(frozen=True, slots=True)
class Nodes:
    """The entries of the page."""

    entries: Entries


@dataclass(frozen=True, slots=True)
class Place:
    """One thing to know of where the page stands."""

    asks: Literal["more", "start", "end"]


@dataclass(frozen=True, slots=True)
class Count:
    """How many there are, at most so many."""

    source: Source

    def pg(self, process: Process) -> str:
        return f"(SELECT count(*) FROM (SELECT 1 {self.source.rest(process)}) AS t)"

    def lite(self, process: Process) -> Pieces:
        return [self.pg(process)]


Part = Json | Nodes | Place
Parts = tuple[tuple[str, "Part | Parts"], ...]


@dataclass(frozen=True, slots=True)
class Driver:
    """Another way to the keys of a page: for each holder of the asker his first rows of `table`, by an index that
    begins with the holder; of all these again the first. So a page costs the same for who sees one row in a hundred.

    `before` stands in that index before the key. It has one value under these conditions, and is named in the order all
    the same: an order that only this index gives keeps PostgreSQL from walking through all rows by another one.
    """

    table: FromClause
    key: ColumnElement[Any]
    holder: ColumnElement[Any]
    before: ColumnElement[Any]
    where: tuple[ColumnElement[bool], ...]

    def keys(self, process: Process, direction: str, limit: int) -> str:
        key = process(self.key)
        where = " AND ".join(f"({process(each)})" for each in self.where)
        own = f"SELECT {key} AS k FROM {process(self.table)} WHERE {process(self.holder)} = h AND {where}"
        first = f"{own} ORDER BY {process(self.before)} {direction}, {key} {direction} LIMIT {limit}"
        return (
            f"SELECT DISTINCT l.k FROM unnest({process(HOLDERS)}) AS h CROSS JOIN LATERAL ({first}) AS l "
            f"ORDER BY 1 {direction} LIMIT {limit}"
        )


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a connection. `parts` are its fields as selected; a tuple of parts is `pageInfo`.

    `key` orders the list, `down` from the newest; `backward`: the page is taken from the end of what is left.
    """

    parts: Parts
    source: Source
    key: ColumnElement[Any]
    down: bool
    size: int
    prefix: str
    backward: bool = False
    driver: Driver | None = None

    @property
    def plain(self) -> Thing | None:
        """The same as a mere object of lists, where nobody asks for the place and the keys come from the rows."""
        led = self.driver is not None and any(isinstance(part, Nodes) for _, part in self.parts)
        return None if led or _asks_place(self.parts) else Thing(self._plain(self.parts))

    def pg(self, process: Process) -> str:
        if (plain := self.plain) is not None:
            return plain.pg(process)
        nearest, keys = self._direction(not self.backward), self._keys(process)
        page = f"page_ AS (SELECT k FROM seen_ ORDER BY k {nearest} LIMIT {self.size})"
        return f"(WITH seen_ AS MATERIALIZED ({keys}), {page} SELECT {self._pg(self.parts, process)})"

    def _keys(self, process: Process) -> str:
        """The keys of the page and one more."""
        direction, limit = self._direction(not self.backward), self.size + 1
        if self.driver is not None:
            return self.driver.keys(process, direction, limit)
        key = process(self.key)
        return f"SELECT {key} AS k {self.source.rest(process)} ORDER BY {key} {direction} LIMIT {limit}"

    def _direction(self, forward: bool) -> str:
        return "DESC" if self.down is forward else "ASC"

    def lite(self, process: Process) -> Pieces:
        if not _asks_place(self.parts):
            return Thing(self._plain(self.parts)).lite(process)
        name, key = self.source.name, process(self.key)
        shown = glued(self._lite(self.parts, process, key))
        numbered = f"row_number() OVER (ORDER BY {key} {self._direction(not self.backward)}) AS n_"
        needed = self.source.needed(shown.replace(f"{name}.n_", ""), key)
        chosen = f"FROM (SELECT {needed}, {numbered} {self._rest(process, key)}) AS {name}"
        if self.backward:
            chosen = f"FROM (SELECT {name}.* {chosen} ORDER BY n_ DESC) AS {name}"
        return [f"(SELECT {shown} {chosen})"]

    def _rest(self, process: Process, key: str) -> str:
        return f"{self.source.rest(process)} ORDER BY {key} {self._direction(not self.backward)} LIMIT {self.size + 1}"

    def _plain(self, parts: Parts) -> Entries:
        """Without the place: every part for itself."""
        order = falling(self.key) if self.down is not self.backward else self.key
        turned = (falling(self.key) if self.down else self.key,) if self.backward else ()
        source = Source(self.source.table, self.source.where, (order,), self.size, self.source.joined)
        found: list[tuple[str, Json]] = []
        for name, part in parts:
            if isinstance(part, tuple):
                found.append((name, Thing(self._plain(part))))
            elif isinstance(part, Nodes):
                found.append((name, Rows(part.entries, source, turned)))
            else:
                assert not isinstance(part, Place)  # asked for, it would not be plain
                found.append((name, part))
        return tuple(found)

    def _pg(self, part: "Part | Parts", process: Process) -> str:
        if isinstance(part, tuple):
            if len(part) > MOST:
                raise Unplannable("more fields of a page than there are")
            inner = ", ".join(f"'{called}', {self._pg(each, process)}" for called, each in part)
            return f"json_build_object({inner})"
        if isinstance(part, Nodes):
            joined = f"page_ JOIN {process(self.source.table)} ON {process(self.key)} = page_.k"
            rows = f"SELECT {columns(part.entries, process)} FROM {joined} ORDER BY page_.k {self._direction(True)}"
            return f"coalesce((SELECT json_agg(t) FROM ({rows}) AS t), '[]'::json)"
        if not isinstance(part, Place):
            return part.pg(process)
        if part.asks == "more":
            return f"(SELECT count(*) > {self.size} FROM seen_)"
        found = f"(SELECT k FROM page_ ORDER BY k {self._direction(part.asks == 'start')} LIMIT 1)"
        return f"'{self.prefix}' || " + (found if _is_number(self.key) else f"encode(uuid_send({found}), 'hex')")

    def _lite(self, parts: Parts, process: Process, key: str) -> Pieces:
        found: Pieces = []
        for called, part in parts:
            found.append(Text(f'{"," if found else "{"}"{called}":'))
            found.extend(self._lite_part(part, process, key))
        return [*found, Text("}" if found else "{}")]

    def _lite_part(self, part: "Part | Parts", process: Process, key: str) -> Pieces:
        here = f"{self.source.name}.n_<={self.size}"
        if isinstance(part, tuple):
            return self._lite(part, process, key)
        if isinstance(part, Nodes):
            shown = glued(pieces(part.entries, process))
            return [Text("["), f"ifnull(group_concat(CASE WHEN {here} THEN {shown} END),'')", Text("]")]
        if not isinstance(part, Place):
            return part.lite(process)
        if part.asks == "more":
            return [f"CASE WHEN count(*)>{self.size} THEN 'true' ELSE 'false' END"]
        first = "max" if self.down is (part.asks == "start") else "min"
        return [f"ifnull('\"{self.prefix}'||{first}(CASE WHEN {here} THEN {key} END)||'\"','null')"]


def _is_number(key: ColumnElement[Any]) -> bool:
    return key.type.python_type is int


def _asks_place(parts: Parts) -> bool:
    return any(isinstance(part, Place) or (isinstance(part, tuple) and _asks_place(part)) for _, part in parts)

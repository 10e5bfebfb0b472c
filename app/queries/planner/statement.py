"""A tree of shapes as one statement: its text in either dialect, and which parameter stands in which place."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Dialect

from app.queries.planner.frames import Frame, framed
from app.queries.planner.given import CLOSE, HOLDERS, KINDS, LASTING, MINE, NAMED, OPEN, Kept
from app.queries.planner.values import Json, glued

_postgresql: Any = postgresql.dialect
_DIALECTS: dict[bool, Dialect] = {True: sqlite.dialect(paramstyle="named"), False: _postgresql(paramstyle="named")}
_OUTER = select()
_TEXTS: dict[bool, dict[int, str]] = {True: {}, False: {}}
_MARK = re.compile(f"{OPEN}([^|{CLOSE}]+)\\|([a-z]+){CLOSE}")


@dataclass(frozen=True, slots=True)
class Statement:
    """What is sent. `names` are the parameters in their order, each with its kind; `shown` is what it selects, as it
    can be put into another statement."""

    text: str
    names: tuple[tuple[str, str], ...]
    lite: bool
    shown: str
    frame: Frame

    def arguments(self, values: Mapping[str, Any]) -> list[Any]:
        """The parameters in their order, as the database's driver wants them."""
        if self.lite:
            return [_lite(kind, values[name]) for name, kind in self.names]
        return [values[name] for name, _ in self.names]


def _lite(kind: str, value: Any) -> Any:
    return None if value is None else KINDS[kind].lite(value)


def _processor(lite: bool) -> Any:
    """What writes single expressions. Tables under a name stand outside them and are not listed again in a FROM."""
    dialect = _DIALECTS[lite]
    compiler: Any = dialect.statement_compiler(dialect, None)
    compiler.statement = _OUTER
    compiler.stack.append({"correlate_froms": NAMED, "asfrom_froms": NAMED, "selectable": _OUTER})

    texts = _TEXTS[lite]

    def process(element: Any) -> str:
        key = id(element)
        text = element.texts.get(dialect.name) if type(element) is Kept else texts.get(key)
        if text is None:
            text = compiler.process(element, literal_binds=True, asfrom=getattr(element, "is_selectable", False))
            if key in LASTING:
                texts[key] = text
        return str(text)

    return process


def _numbered(shown: str, lite: bool, frame: Frame) -> Statement:
    """The statement with its parameters numbered, each once however often it stands there."""
    places: dict[tuple[str, str], int] = {}
    sign = "?" if lite else "$"

    def place(found: re.Match[str]) -> str:
        return f"{sign}{places.setdefault((found[1], found[2]), len(places) + 1)}"

    text = f"SELECT {shown}"
    if f" IN {MINE}" in text:
        text = f"WITH {MINE} AS MATERIALIZED (SELECT value FROM json_each({_processor(lite)(HOLDERS)})) {text}"
    return Statement(_MARK.sub(place, text), tuple(dict.fromkeys(places)), lite, shown, frame)


def statement(shape: Json, lite: bool, before: str = "", after: str = "") -> Statement:
    """SELECT of one answer, its values in one row; `before` and `after` stand around it."""
    process = _processor(lite)
    frame, columns = framed(shape, before, after)
    shown = [glued(each.lite(process)) if lite else each.pg(process) for each in columns]
    return _numbered(", ".join(shown) or "NULL", lite, frame)


def together(first: Statement, then: Statement) -> Statement:
    """Two answers in one row, asked on one way and of one and the same moment. The first is one value."""
    return _numbered(f"{first.shown}, {then.shown}", then.lite, then.frame)

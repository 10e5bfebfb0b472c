"""What stands around an answer: objects without a table of their own, from the root down to the first list or row.

They are the same in every answer, so the database need not build them. What is left are the values that stand in them,
each a column of the one row: less to plan, and a large list is not copied once for every object around it.
"""

from dataclasses import dataclass
from typing import Any

from app.queries.planner.pages import Page
from app.queries.planner.shapes import Choice, OneRow, Rows, Sequence, Thing
from app.queries.planner.values import Constant, Json

# Their SQL is JSON by itself; any other may stand in an object only where the database makes it.
_WHOLE = (Choice, Constant, OneRow, Page, Rows, Sequence, Thing)


@dataclass(frozen=True, slots=True)
class Frame:
    """The texts before, between and after the columns."""

    texts: tuple[bytes, ...]

    def around(self, row: Any) -> bytes:
        """The whole answer. `row`: the columns, null where there is nothing; where the frame has none, one that says
        nothing, for a statement selects something."""
        if len(self.texts) == 1:
            return self.texts[0]
        parts = [self.texts[0]]
        for text, column in zip(self.texts[1:], row, strict=True):
            parts += (b"null" if column is None else column, text)
        return b"".join(parts)


def framed(shape: Json, before: str = "", after: str = "") -> tuple[Frame, tuple[Json, ...]]:
    """The frame of this shape and the shapes of its columns."""
    texts, columns = [before], list[Json]()

    def walk(each: Json) -> None:
        if isinstance(each, Page) and each.plain is not None:
            each = each.plain
        if isinstance(each, Thing) and each.entries and all(isinstance(inner, _WHOLE) for _, inner in each.entries):
            for place, (name, inner) in enumerate(each.entries):
                texts[-1] += f'{"," if place else "{"}"{name}":'
                walk(inner)
            texts[-1] += "}"
        elif isinstance(each, Constant):
            texts[-1] += each.json
        else:
            columns.append(each)
            texts.append("")

    walk(shape)
    texts[-1] += after
    return Frame(tuple(text.encode() for text in texts)), tuple(columns)

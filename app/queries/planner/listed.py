"""Rows that lie in JSON: keys that a column lists, and seats that come as a parameter."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ClauseElement, ColumnElement, Integer, String, Uuid, column, literal_column, table
from sqlalchemy.ext.compiler import compiles

from app.queries.planner.given import Given
from app.queries.visibility import Table


class Place(ColumnElement[int]):
    """Where in the list a key stands."""

    inherit_cache = False

    def __init__(self, name: str) -> None:
        self.name, self.type = name, Integer()


@compiles(Place)
def _place(element: Place, compiler: Any, **_: Any) -> str:
    return f"{element.name}.{'place' if compiler.dialect.name == 'postgresql' else 'key'}"


class Beside(ClauseElement):
    """The keys of a list, and beside each the rows of a table."""

    def __init__(self, name: str, listed: ColumnElement[Any], other: Table) -> None:
        self.name, self.listed, self.other = name, listed, other


@compiles(Beside)
def _beside(element: Beside, compiler: Any, **options: Any) -> str:
    listed = compiler.process(element.listed, **{**options, "asfrom": False})
    other = compiler.process(element.other, **{**options, "asfrom": True})
    if compiler.dialect.name == "postgresql":
        return f"json_array_elements_text({listed}) WITH ORDINALITY AS {element.name}(value, place) CROSS JOIN {other}"
    return f"json_each({listed}) AS {element.name} CROSS JOIN {other}"


@dataclass(frozen=True, slots=True)
class ListedKeys:
    """The keys that a JSON column lists, under a name of this depth."""

    listed: ColumnElement[Any]
    depth: int

    @property
    def name(self) -> str:
        return f"keys_{self.depth}"

    @property
    def value(self) -> ColumnElement[Any]:
        return literal_column(f"{self.name}.value", String())

    @property
    def place(self) -> ColumnElement[Any]:
        return Place(self.name)

    def beside(self, other: Table) -> Any:
        return Beside(self.name, self.listed, other)


# The asker's seats, handed over as JSON with each request (C5).
SEATS: Any = table("seat_", column("role", String()), column("group_id", Uuid()), column("unit_id", Uuid()),
                   column("place", Integer()))  # fmt: skip


class SeatRows(ClauseElement):
    """The seats as rows."""

    def __init__(self, seats: Given) -> None:
        self.seats = seats


@compiles(SeatRows)
def _seat_rows(element: SeatRows, compiler: Any, **options: Any) -> str:
    seats = compiler.process(element.seats, **options)
    if compiler.dialect.name == "postgresql":
        return f"json_to_recordset({seats}) AS seat_(role text, group_id uuid, unit_id uuid, place int)"
    columns = ", ".join(f"value->>'$.{name}' AS {name}" for name in ("role", "group_id", "unit_id", "place"))
    return f"(SELECT {columns} FROM json_each({seats})) AS seat_"

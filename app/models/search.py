"""The index of search (C11): what a matter's texts are made of, written in the transaction that writes the matter.

Whoever adds or changes a matter need not know of it: the tables themselves do, through the session's events.
"""

from typing import Any
from uuid import UUID

from sqlalchemy import DDL, BigInteger, Column, Connection, Integer, Text, delete, event, insert, inspect
from sqlmodel import Field, SQLModel, col

from app.core.bigrams import chunks
from app.core.enforces import enforces
from app.models.base import Stateful
from app.models.matters import Meeting, Motion
from app.models.outcome import Directive, Document

# The columns in which is searched; what these people may not see, a search does not find (app.queries.search).
SEARCHED: dict[type[Stateful], tuple[str, ...]] = {
    Motion: ("title", "project", "body"),
    Meeting: ("title", "place"),
    Document: ("title", "number", "addressee", "body"),
    Directive: ("title", "result"),
}
# Names that belong to the index and not to the models: what compares the two leaves them out.
FTS, GIN = "search_fts", "ix_search_entry_words_gin"


class SearchEntry(SQLModel, table=True):
    """A stretch of a matter's texts as tokens (app.core.bigrams)."""

    __tablename__ = "search_entry"
    seq: int | None = Field(
        default=None, sa_column=Column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    )
    object_id: UUID = Field(index=True)
    words: str = Field(sa_type=Text)


POSTGRESQL = ("CREATE INDEX ix_search_entry_words_gin ON search_entry USING gin (to_tsvector('simple', words))",)
SQLITE = (
    "CREATE VIRTUAL TABLE search_fts USING fts5(words, content='search_entry', content_rowid='seq')",
    "CREATE TRIGGER search_fts_new AFTER INSERT ON search_entry BEGIN "
    "INSERT INTO search_fts(rowid, words) VALUES (new.seq, new.words); END",
    "CREATE TRIGGER search_fts_gone AFTER DELETE ON search_entry BEGIN "
    "INSERT INTO search_fts(search_fts, rowid, words) VALUES ('delete', old.seq, old.words); END",
)
for _dialect, _statements in (("postgresql", POSTGRESQL), ("sqlite", SQLITE)):
    for _statement in _statements:
        event.listen(
            SearchEntry.__table__,  # type: ignore[attr-defined]
            "after_create",
            DDL(_statement).execute_if(dialect=_dialect),  # type: ignore[no-untyped-call]
        )


@enforces("C11")
def index(connection: Connection, object_id: UUID, texts: list[str]) -> None:
    """Write a matter's lines anew."""
    connection.execute(delete(SearchEntry).where(col(SearchEntry.object_id) == object_id))
    rows = [{"object_id": object_id, "words": each} for each in chunks(*texts)]
    if rows:
        connection.execute(insert(SearchEntry), rows)


def _texts(row: Any) -> list[str]:
    return [getattr(row, name) or "" for name in SEARCHED[type(row)]]


def _added(mapper: Any, connection: Connection, row: Any) -> None:
    index(connection, row.id, _texts(row))


def _changed(mapper: Any, connection: Connection, row: Any) -> None:
    if any(inspect(row).attrs[name].history.has_changes() for name in SEARCHED[type(row)]):
        index(connection, row.id, _texts(row))


for _model in SEARCHED:
    event.listen(_model, "after_insert", _added)
    event.listen(_model, "after_update", _changed)

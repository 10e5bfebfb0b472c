"""The index of search, with what is there already"""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from alembic import op

from app.core.bigrams import chunks

revision = "0010"
down_revision: str | None = "0009"
branch_labels: Any = None
depends_on: Any = None

SEARCHED = {
    "motion": ("title", "project", "body"),
    "meeting": ("title", "place"),
    "document": ("title", "number", "addressee", "body"),
    "directive": ("title", "result"),
}


def upgrade() -> None:
    seq = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    entry = op.create_table(
        "search_entry",
        sa.Column("seq", seq, nullable=False),
        sa.Column("object_id", sa.Uuid(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_search_entry")),
    )
    op.create_index(op.f("ix_search_entry_object_id"), "search_entry", ["object_id"])
    if op.get_bind().dialect.name == "postgresql":
        op.execute("CREATE INDEX ix_search_entry_words_gin ON search_entry USING gin (to_tsvector('simple', words))")
    else:
        op.execute("CREATE VIRTUAL TABLE search_fts USING fts5(words, content='search_entry', content_rowid='seq')")
        op.execute(
            "CREATE TRIGGER search_fts_new AFTER INSERT ON search_entry BEGIN "
            "INSERT INTO search_fts(rowid, words) VALUES (new.seq, new.words); END"
        )
        op.execute(
            "CREATE TRIGGER search_fts_gone AFTER DELETE ON search_entry BEGIN "
            "INSERT INTO search_fts(search_fts, rowid, words) VALUES ('delete', old.seq, old.words); END"
        )
    for noun, names in SEARCHED.items():
        _fill(entry, noun, names)


def _fill(entry: sa.Table, noun: str, names: tuple[str, ...]) -> None:
    source = sa.table(noun, sa.column("id", sa.Uuid()), *(sa.column(name, sa.Text()) for name in names))
    for row in op.get_bind().execute(sa.select(source)).mappings():
        key: UUID = row["id"]
        lines = [{"object_id": key, "words": words} for words in chunks(*(row[name] or "" for name in names))]
        if lines:
            op.bulk_insert(entry, lines)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE search_fts")
    op.drop_table("search_entry")

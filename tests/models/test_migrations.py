"""A database that was in use before a change keeps its rows through it, on both kinds (DESIGN 6)."""

from datetime import date
from typing import Any

from alembic import command
from sqlalchemy import Connection, MetaData, Table, text

from app.core.clock import now
from app.core.ids import new_id
from app.models import migrate
from app.models.engine import Database

KEYS = {name: new_id() for name in ("leading_group", "unit", "person", "motion", "meeting", "item", "attendance")}


def _stateful(name: str, state: str) -> dict[str, Any]:
    return {
        "id": KEYS[name], "group_id": KEYS["leading_group"], "state": state, "state_since": now(), "version": 1,
        "round": 1, "disclosure": "internal", "created_at": now(),
    }  # fmt: skip


def _rows() -> dict[str, dict[str, Any]]:
    """One row of each table that meetings touched in the first revision, each with all it had to have."""
    matter = {"meeting_id": KEYS["meeting"]}
    return {
        "leading_group": {"id": KEYS["leading_group"], "code": "g", "name": "g", "body_code": "", "settings": {}},
        "unit": {"id": KEYS["unit"], "name": "市财政局", "kind": "member_unit"},
        "person": {"id": KEYS["person"], "name": "甲", "phone": "1", "mail": "", "password_hash": "", "active": True,
                   "created_at": now()},
        "group_unit": {"group_id": KEYS["leading_group"], "unit_id": KEYS["unit"], "kind": "member_unit",
                       "standing_observer": True},
        "motion": {**_stateful("motion", "listed"), "title": "t", "body": "b", "category": "A1.2(1)", "project": "",
                   "technical": False, "consolidated": ""},
        "meeting": {**_stateful("meeting", "draft"), "title": "t", "form": "plenary", "starts_at": now(),
                    "ends_at": now(), "place": "p", "presider_id": KEYS["person"]},
        "item": {**_stateful("item", "listed"), **matter, "motion_id": KEYS["motion"], "position": 1,
                 "papers_waived": False},
        "attendance": {**_stateful("attendance", "called"), **matter, "unit_id": KEYS["unit"], "capacity": "member",
                       "answer_by": date(2026, 3, 2), "leave_reason": "", "substitute": "", "late": False},
    }  # fmt: skip


def _fill(connection: Connection) -> None:
    command.upgrade(migrate._config(connection), "0001")
    known = MetaData()
    for name, values in _rows().items():
        connection.execute(Table(name, known, autoload_with=connection).insert().values(**_plain(connection, values)))


def _plain(connection: Connection, values: dict[str, Any]) -> dict[str, Any]:
    """SQLite's own types know no UUID."""
    if connection.dialect.name == "postgresql":
        return values
    return {name: value.hex if hasattr(value, "hex") and hasattr(value, "int") else value
            for name, value in values.items()}  # fmt: skip


async def test_a_database_of_the_first_revision_comes_to_the_newest_with_its_rows(empty_database_url: str) -> None:
    db = Database(empty_database_url)
    try:
        async with db.engine.execution_options(yishi_writes=True).begin() as connection:
            await connection.run_sync(_fill)
        await migrate.upgrade(db)
        async with db.engine.connect() as connection:
            kept = (await connection.execute(text("SELECT series, number FROM meeting"))).all()
            seats = (await connection.execute(text("SELECT count(*) FROM attendance WHERE person_id IS NULL"))).scalar()
            items = (await connection.execute(text("SELECT count(*) FROM item WHERE motion_id IS NOT NULL"))).scalar()
            broken = (await connection.execute(text("PRAGMA foreign_key_check"))).all() if db.is_sqlite else []
            held = (await connection.execute(text("PRAGMA foreign_keys"))).scalar() if db.is_sqlite else 1
        assert ([tuple(row) for row in kept], seats, items) == ([("plenary", None)], 1, 1)
        assert (list(broken), held) == ([], 1)
    finally:
        await db.close()

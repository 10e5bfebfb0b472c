"""Which rows have changed, in the order in which their changes were committed (for clients that were away, C9).

The databases keep this table themselves, by triggers, so that no service can forget it and no bulk statement passes it
by. One line a row: of several changes the last one counts, so the table does not grow with time.

On SQLite one writer follows another. On PostgreSQL the triggers run when a transaction commits, under one lock that is
held until it has: whoever sees a number sees all numbers below it, and a transaction that began earlier and ends later
gets a later number.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import BigInteger, Column, Connection, Integer, Table, Uuid, false, text
from sqlmodel import Field, Index, SQLModel

from app.models import base  # noqa: F401 (names the constraints)

LOCK = 721_500_003
PREFIX = "changed_"
FUNCTION = "note_changed"
# Rows that nobody reads as such, or that are told by what they belong to.
UNTOLD = frozenset(
    {
        "session", "invite", "outbox", "reminder", "idempotency", "policy_rule", "webhook_secret", "muted_notice",
        "calendar_feed", "register_entry", "observer",
    }
)  # fmt: skip
# Tables of pairs: a change of one is a change of the row that this column names.
PAIRS = {
    "directive_unit": ("directive_id", "directive"),
    "document_decision": ("document_id", "document"),
    "group_unit": ("group_id", "leading_group"),
}
# Of a person nobody is told that he has set another password.
COLUMNS = {"person": ("name", "phone", "mail", "active")}
# Rows that are taken out again: the column that names the matter, or the holder, of those who saw them.
MATTER_OF = {"opinion_amendment": "opinion_id"}
HOLDER_OF = {"opinion_draft": "holder"}


class Changed(SQLModel, table=True):
    """`noun` is the row's table. `gone`: the row was taken out; of a part, that it was in force and has ended. `born`:
    the number of its first change, where there was another since."""

    __tablename__ = "changed"
    __table_args__ = (Index("ix_changed_noun_seq", "noun", "seq"), {"sqlite_autoincrement": True})
    seq: int | None = Field(
        default=None, sa_column=Column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    )
    noun: str = Field(max_length=32)
    object_id: UUID = Field(unique=True)
    gone: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    matter_id: UUID | None = None
    holder: str = Field(default="", max_length=100, sa_column_kwargs={"server_default": ""})
    born: int | None = Field(default=None, sa_type=BigInteger)


@dataclass(frozen=True, slots=True)
class Watch:
    """A table, and the column that names the row that is told as changed."""

    table: str
    noun: str
    key: str = "id"

    @property
    def columns(self) -> str:
        return ", ".join(COLUMNS.get(self.table, ()))


def watched() -> Iterator[Watch]:
    """Every table whose rows have a key of their own, and the tables of pairs; new ones come by themselves."""
    for table in SQLModel.metadata.sorted_tables:
        if table.name in PAIRS:
            key, noun = PAIRS[table.name]
            yield Watch(table.name, noun, key)
        elif table.name not in UNTOLD and _has_own_key(table):
            yield Watch(table.name, table.name)


def _has_own_key(table: Table) -> bool:
    keys = list(table.primary_key.columns)
    return len(keys) == 1 and keys[0].name == "id" and isinstance(keys[0].type, Uuid)


_BODY = f"""
DECLARE old_row jsonb := to_jsonb(OLD); new_row jsonb := to_jsonb(NEW); told uuid; was bigint;
  ended boolean := TG_OP = 'DELETE';
BEGIN
  PERFORM pg_advisory_xact_lock({LOCK});
  told := (coalesce(new_row, old_row) ->> TG_ARGV[1])::uuid;
  IF TG_ARGV[0] = 'part' AND TG_OP = 'UPDATE' THEN ended := NOT (new_row ->> 'in_force')::boolean; END IF;
  DELETE FROM changed WHERE object_id = told RETURNING coalesce(born, seq) INTO was;
  INSERT INTO changed (noun, object_id, born, gone, matter_id, holder) VALUES (
    TG_ARGV[0], told, was, ended AND TG_ARGV[1] = 'id',
    (old_row ->> TG_ARGV[2])::uuid, coalesce(old_row ->> TG_ARGV[3], ''));
  RETURN NULL;
END
"""  # noqa: S608 (made of our own words)


def _postgresql(watch: Watch) -> Iterator[tuple[str, str]]:
    arguments = (watch.noun, watch.key, MATTER_OF.get(watch.table, ""), HOLDER_OF.get(watch.table, ""))
    call = f"{FUNCTION}({', '.join(repr(each) for each in arguments)})"
    deferred = f'ON "{watch.table}" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW'
    if watch.table == "part":
        yield "new", f"AFTER INSERT {deferred} EXECUTE FUNCTION {call}"
        yield "set", f"AFTER UPDATE {deferred} WHEN (OLD.in_force <> NEW.in_force) EXECUTE FUNCTION {call}"
    else:
        update = f"UPDATE OF {watch.columns}" if watch.columns else "UPDATE"
        yield "any", f"AFTER INSERT OR DELETE OR {update} {deferred} EXECUTE FUNCTION {call}"


def _sqlite(watch: Watch) -> Iterator[tuple[str, str]]:
    update = f"UPDATE OF {watch.columns}" if watch.columns else "UPDATE"
    on = f'ON "{watch.table}" FOR EACH ROW'
    when = " WHEN OLD.in_force <> NEW.in_force" if watch.table == "part" else ""
    ended = "NOT NEW.in_force" if watch.table == "part" else "0"
    yield "new", f"AFTER INSERT {on} BEGIN {_note(watch, 'NEW', '0')} END"
    yield "set", f"AFTER {update} {on}{when} BEGIN {_note(watch, 'NEW', ended)} END"
    if watch.table != "part":
        yield "out", f"AFTER DELETE {on} BEGIN {_note(watch, 'OLD', '1' if watch.key == 'id' else '0')} END"


def _note(watch: Watch, row: str, gone: str) -> str:
    matter, holder = MATTER_OF.get(watch.table), HOLDER_OF.get(watch.table)
    values = (
        f"'{watch.noun}'", f"{row}.{watch.key}", gone, f"{row}.{matter}" if matter else "NULL",
        f"{row}.{holder}" if holder else "''",
    )  # fmt: skip
    born = f"(SELECT coalesce(born, seq) FROM changed WHERE object_id = {row}.{watch.key})"  # noqa: S608 (our own words)
    columns = "noun, object_id, gone, matter_id, holder, born"
    return f"INSERT OR REPLACE INTO changed ({columns}) VALUES ({', '.join((*values, born))});"  # noqa: S608


def _wanted(lite: bool) -> dict[str, tuple[str, Watch]]:
    """Each trigger's name, which changes with what it does, its statement, and for which table it is."""
    found = {}
    for watch in watched():
        for kind, rest in (_sqlite if lite else _postgresql)(watch):
            made = hashlib.sha256(f"{rest}{'' if lite else _BODY}".encode()).hexdigest()[:6]
            name = f"{PREFIX}{watch.table}_{kind}_{made}"
            found[name] = (f"CREATE {'' if lite else 'CONSTRAINT '}TRIGGER {name} {rest}", watch)
    return found


def _existing(connection: Connection, lite: bool) -> dict[str, str]:
    query = (
        "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'changed\\_%' ESCAPE '\\'"
        if lite
        else "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE 'changed\\_%'"
    )
    return {str(name): str(table).strip('"') for name, table in connection.execute(text(query))}


def leave(connection: Connection) -> None:
    """Take the triggers out, before a revision changes tables."""
    lite = connection.dialect.name == "sqlite"
    for name, table in _existing(connection, lite).items():
        connection.exec_driver_sql(f"DROP TRIGGER {name}" + ("" if lite else f' ON "{table}"'))


def ensure(connection: Connection) -> None:
    """Make the triggers that are missing, and put down the rows of tables that were not watched until now."""
    lite = connection.dialect.name == "sqlite"
    wanted, existing = _wanted(lite), _existing(connection, lite)
    if wanted.keys() == existing.keys():
        return
    leave(connection)
    if not lite:
        connection.exec_driver_sql(
            f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $${_BODY}$$"
        )
    for statement, _ in wanted.values():
        connection.exec_driver_sql(statement)
    for watch in dict.fromkeys(watch for _, watch in wanted.values()):
        if watch.key == "id":
            connection.exec_driver_sql(
                f"INSERT INTO changed (noun, object_id) SELECT '{watch.noun}', id FROM \"{watch.table}\" "  # noqa: S608
                "WHERE id NOT IN (SELECT object_id FROM changed) ORDER BY id"
            )

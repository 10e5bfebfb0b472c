"""Policy lines that a revision brings along. A new database gets them with the seed; one in use gets these and no
others, so that a line which the security administrator took out stays out."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

from app.core.ids import new_id

_RULES = sa.table(
    "policy_rule",
    *(sa.column(name) for name in ("kind", "role", "object", "action", "scope", "effect", "clause")),
    sa.column("id", sa.Uuid()),
)
_VERSION = sa.table("policy_version", sa.column("version", sa.Integer()))


def _add(rows: Sequence[dict[str, Any]]) -> None:
    """What is there already is left alone; every process sees that the policy has changed."""
    names = ("kind", "role", "object", "action", "scope", "effect")
    known = {tuple(row) for row in op.get_bind().execute(sa.select(*(_RULES.c[name] for name in names)))}
    new = [{"id": new_id(), **row} for row in rows if tuple(row[name] for name in names) not in known]
    if known and new:  # a new installation has no policy yet, and gets all of it with the seed
        op.bulk_insert(_RULES, new)
        op.execute(_VERSION.update().values(version=_VERSION.c.version + 1))


def inherit(role: str, from_: str) -> None:
    """A new role in the hierarchy."""
    blank = dict.fromkeys(("action", "scope", "effect", "clause"), "")
    _add([{"kind": "g", "role": role, "object": from_, **blank}])


def _cells(line: str) -> dict[str, str]:
    names = ("role", "object", "action", "scope", "clause")
    return dict(zip(names, (cell.strip() for cell in line.split(",")), strict=True))


def allow(lines: Sequence[str]) -> None:
    """Lines as policies/policy.csv writes them, without the effect: `role, object, action, scope, clause`."""
    _add([{"kind": "p", "effect": "allow", **_cells(line)} for line in lines])


def withdraw(lines: Sequence[str]) -> None:
    """Take back lines that an earlier release shipped; a line that somebody has changed since is left alone."""
    gone = 0
    for line in lines:
        same = (_RULES.c[name] == cell for name, cell in _cells(line).items())
        gone += op.get_bind().execute(_RULES.delete().where(_RULES.c.kind == "p", *same)).rowcount
    if gone:
        op.execute(_VERSION.update().values(version=_VERSION.c.version + 1))

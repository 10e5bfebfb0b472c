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


def allow(lines: Sequence[str]) -> None:
    """Lines as policies/policy.csv writes them, without the effect: `role, object, action, scope, clause`."""
    if op.get_bind().execute(sa.select(sa.func.count()).select_from(_RULES)).scalar() == 0:
        return
    names = ("role", "object", "action", "scope", "clause")
    known = {tuple(row) for row in op.get_bind().execute(sa.select(*(_RULES.c[name] for name in names)))}
    rows: list[dict[str, Any]] = []
    for line in lines:
        cells = dict(zip(names, (cell.strip() for cell in line.split(",")), strict=True))
        if tuple(cells.values()) in known:
            continue
        rows.append({"id": new_id(), "kind": "p", "effect": "allow", **cells})
    if not rows:
        return
    op.bulk_insert(_RULES, rows)
    op.execute(_VERSION.update().values(version=_VERSION.c.version + 1))

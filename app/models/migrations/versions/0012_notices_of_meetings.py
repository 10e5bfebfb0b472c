"""Notices of meetings"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from app.models.migrations.policy_lines import allow

revision = "0012"
down_revision: str | None = "0011"
POLICY = (
    "department_staff, meeting, postpone, group, A3.1",
    "department_head, meeting, postpone, group, A3.1",
    "office_deputy_director, meeting, postpone, group, A3.1",
    "office_director, meeting, postpone, group, A3.1",
)
branch_labels: Any = None
depends_on: Any = None


def upgrade() -> None:
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.add_column(sa.Column("noticed_starts_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("noticed_place", sa.String(length=100), server_default="", nullable=False))

    op.execute(
        "UPDATE meeting SET noticed_starts_at = starts_at, noticed_place = place "
        "WHERE state IN ('convened', 'in_session')"
    )
    allow(POLICY)


def downgrade() -> None:
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.drop_column("noticed_place")
        batch_op.drop_column("noticed_starts_at")

"""Lent powers are shown from their beginning; a voided number keeps its day"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from app.models.migrations.policy_lines import allow

revision = "0005"
down_revision: str | None = "0004"
POLICY = ("signed_in, paper, read, own, C20", "office_director, document, void, group, A3.5")
branch_labels: Any = None
depends_on: Any = None


def upgrade() -> None:
    with op.batch_alter_table("delegation") as batch:
        batch.add_column(sa.Column("shown_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("register_entry") as batch:
        batch.add_column(sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE delegation SET shown_at = starts_at")
    allow(POLICY)


def downgrade() -> None:
    with op.batch_alter_table("register_entry") as batch:
        batch.drop_column("voided_at")
    with op.batch_alter_table("delegation") as batch:
        batch.drop_column("shown_at")

"""Receipts for the papers of a meeting are entered from paper"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision: str | None = "0038"
branch_labels: Any = None
depends_on: Any = None


def upgrade() -> None:
    with op.batch_alter_table("paper_receipt", schema=None) as batch_op:
        batch_op.add_column(sa.Column("entered_by", sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_paper_receipt_entered_by_person"), "person", ["entered_by"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("paper_receipt", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_paper_receipt_entered_by_person"), type_="foreignkey")
        batch_op.drop_column("entered_by")

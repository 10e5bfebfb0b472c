"""What has changed since, for clients that were away; its triggers are made after each upgrade"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision: str | None = "0027"
branch_labels: Any = None
depends_on: Any = None


def upgrade() -> None:
    op.create_table(
        "changed",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("noun", sa.String(length=32), nullable=False),
        sa.Column("object_id", sa.Uuid(), nullable=False),
        sa.Column("gone", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("matter_id", sa.Uuid(), nullable=True),
        sa.Column("holder", sa.String(length=100), server_default="", nullable=False),
        sa.Column("born", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_changed")),
        sa.UniqueConstraint("object_id", name=op.f("uq_changed_object_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("changed", schema=None) as batch_op:
        batch_op.create_index("ix_changed_noun_seq", ["noun", "seq"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("changed", schema=None) as batch_op:
        batch_op.drop_index("ix_changed_noun_seq")

    op.drop_table("changed")

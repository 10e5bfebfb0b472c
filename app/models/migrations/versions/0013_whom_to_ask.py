"""Rules of whom to ask, and the clock of requests"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision: str | None = "0012"
branch_labels: Any = None
depends_on: Any = None


def upgrade() -> None:
    op.create_table(
        "asking_rule",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("category", sa.String(length=16), nullable=False),
        sa.Column("tag", sa.String(length=40), nullable=False),
        sa.Column("amount_from", sa.Numeric(precision=16, scale=2), nullable=True),
        sa.Column("amount_to", sa.Numeric(precision=16, scale=2), nullable=True),
        sa.Column("basis", sa.String(length=200), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name=op.f("ck_asking_rule_order")),
        sa.ForeignKeyConstraint(["group_id"], ["leading_group.id"], name=op.f("fk_asking_rule_group_id_leading_group")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_asking_rule_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_asking_rule")),
    )
    with op.batch_alter_table("asking_rule", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_asking_rule_group_id"), ["group_id"], unique=False)

    with op.batch_alter_table("motion", schema=None) as batch_op:
        batch_op.add_column(sa.Column("tags", sa.String(length=200), nullable=False, server_default=""))

    with op.batch_alter_table("opinion", schema=None) as batch_op:
        batch_op.add_column(sa.Column("basis", sa.String(length=200), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("extension_to", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("extension_reason", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("extension_outcome", sa.String(length=16), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("stopped_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("silence_counts", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    with op.batch_alter_table("opinion", schema=None) as batch_op:
        batch_op.drop_column("silence_counts")
        batch_op.drop_column("stopped_on")
        batch_op.drop_column("extension_outcome")
        batch_op.drop_column("extension_reason")
        batch_op.drop_column("extension_to")
        batch_op.drop_column("basis")

    with op.batch_alter_table("motion", schema=None) as batch_op:
        batch_op.drop_column("tags")

    with op.batch_alter_table("asking_rule", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_asking_rule_group_id"))

    op.drop_table("asking_rule")

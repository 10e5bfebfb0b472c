"""Joint meetings of panels"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from app.models.migrations.policy_lines import allow

revision = "0024"
down_revision: str | None = "0023"
branch_labels: Any = None
depends_on: Any = None

POLICY = (
    "department_staff, panel, convene, group, B2.3",
    "department_head, panel, convene, group, B2.3",
    "office_deputy_director, panel, convene, group, B2.3",
    "office_director, panel, convene, group, B2.3",
    "expert, attendance, accept, own, A4.1",
    "expert, attendance, ask_leave, own, A4.1",
    "expert, attendance, check_in, own, A4.1",
)


def upgrade() -> None:
    with op.batch_alter_table("item", schema=None) as batch_op:
        batch_op.add_column(sa.Column("panel_id", sa.Uuid(), nullable=True))
        batch_op.create_index(batch_op.f("ix_item_panel_id"), ["panel_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_item_panel_id_panel"), "panel", ["panel_id"], ["id"])
    allow(POLICY)


def downgrade() -> None:
    with op.batch_alter_table("item", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_item_panel_id_panel"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_item_panel_id"))
        batch_op.drop_column("panel_id")

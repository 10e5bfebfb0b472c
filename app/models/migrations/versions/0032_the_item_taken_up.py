"""The item that a meeting has come to, and who says so"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from app.models.migrations.policy_lines import allow

revision = "0032"
down_revision: str | None = "0031"
branch_labels: Any = None
depends_on: Any = None

GRANTED = (
    "department_staff, item, take_up, group, A2.3",
    "department_head, item, take_up, group, A2.3",
    "office_deputy_director, item, take_up, group, A2.3",
    "office_director, item, take_up, group, A2.3",
)


def upgrade() -> None:
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.add_column(sa.Column("current_item_id", sa.Uuid(), nullable=True))
    allow(GRANTED)


def downgrade() -> None:
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.drop_column("current_item_id")

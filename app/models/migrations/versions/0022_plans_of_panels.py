"""What is planned of a panel"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from app.models.migrations.policy_lines import allow

revision = "0022"
down_revision: str | None = "0021"
branch_labels: Any = None
depends_on: Any = None

POLICY = (
    "department_staff, panel, edit, group, A3.7",
    "department_head, panel, edit, group, A3.7",
    "office_deputy_director, panel, edit, group, A3.7",
    "office_director, panel, edit, group, A3.7",
)


def upgrade() -> None:
    with op.batch_alter_table("panel", schema=None) as batch_op:
        batch_op.add_column(sa.Column("lots", sa.JSON(), server_default="[]", nullable=False))
    allow(POLICY)


def downgrade() -> None:
    with op.batch_alter_table("panel", schema=None) as batch_op:
        batch_op.drop_column("lots")

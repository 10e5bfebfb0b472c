"""Documents are sent with a receipt"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision: str | None = "0036"
branch_labels: Any = None
depends_on: Any = None


def upgrade() -> None:
    with op.batch_alter_table("extract", schema=None) as batch_op:
        batch_op.alter_column("meeting_id", existing_type=sa.Uuid(), nullable=True)


def downgrade() -> None:
    op.execute("DELETE FROM extract WHERE meeting_id IS NULL")
    with op.batch_alter_table("extract", schema=None) as batch_op:
        batch_op.alter_column("meeting_id", existing_type=sa.Uuid(), nullable=False)

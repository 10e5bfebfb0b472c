"""By what a directive is measured"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision: str | None = "0040"
branch_labels: Any = None
depends_on: Any = None


def upgrade() -> None:

    with op.batch_alter_table("directive", schema=None) as batch_op:
        batch_op.add_column(sa.Column("measure", sa.String(length=200), server_default="", nullable=False))


def downgrade() -> None:

    with op.batch_alter_table("directive", schema=None) as batch_op:
        batch_op.drop_column("measure")

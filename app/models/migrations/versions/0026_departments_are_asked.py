"""Departments of the office are asked in preliminary review"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from app.models.migrations.policy_lines import allow

revision = "0026"
down_revision: str | None = "0025"
branch_labels: Any = None
depends_on: Any = None

POLICY = (
    "department_head, opinion, answer, own_unit, A3.3",
    "department_head, opinion, answer_late, own_unit, A3.3",
    "department_head, opinion, extend, own_unit, A3.3",
    "department_head, opinion, draft_answer, own_unit, A3.3",
    "department_staff, opinion, extend, own_unit, A3.3",
    "department_staff, opinion, draft_answer, own_unit, A3.3",
)


def upgrade() -> None:
    with op.batch_alter_table("opinion", schema=None) as batch_op:
        batch_op.add_column(sa.Column("of_office", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.execute(
        "UPDATE opinion SET of_office = true WHERE EXISTS (SELECT 1 FROM group_unit WHERE group_unit.unit_id = "
        "opinion.unit_id AND group_unit.group_id = opinion.group_id AND group_unit.kind = 'department')"
    )
    op.execute(
        "UPDATE task SET holder = REPLACE(holder, '/unit/', '/department/') WHERE noun = 'opinion' "
        "AND object_id IN (SELECT id FROM opinion WHERE of_office)"
    )
    allow(POLICY)


def downgrade() -> None:
    with op.batch_alter_table("opinion", schema=None) as batch_op:
        batch_op.drop_column("of_office")

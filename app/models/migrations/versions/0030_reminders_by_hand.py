"""Reminders by hand; whoever owes a task sees its reminders"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from app.models.migrations.policy_lines import allow

revision = "0030"
down_revision: str | None = "0029"
branch_labels: Any = None
depends_on: Any = None

POLICY = (
    "signed_in, reminder, read, held, C2",
    "department_staff, reminder, read, part, C2",
    "department_staff, task, chase, group, C2",
    "department_head, task, chase, group, C2",
    "office_deputy_director, task, chase, group, C2",
    "office_director, task, chase, group, C2",
)
_WHERE = sa.text("manual_on IS NOT NULL")


def upgrade() -> None:
    with op.batch_alter_table("reminder", schema=None) as batch_op:
        batch_op.add_column(sa.Column("object_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("holder", sa.String(length=100), nullable=True))
        batch_op.add_column(sa.Column("manual_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("by_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("reason", sa.String(length=500), server_default="", nullable=False))
    op.execute("UPDATE reminder SET object_id = (SELECT object_id FROM task WHERE task.id = reminder.task_id)")
    op.execute("UPDATE reminder SET holder = (SELECT holder FROM task WHERE task.id = reminder.task_id)")
    with op.batch_alter_table("reminder", schema=None) as batch_op:
        batch_op.alter_column("object_id", existing_type=sa.Uuid(), nullable=False)
        batch_op.alter_column("holder", existing_type=sa.String(length=100), nullable=False)
        batch_op.alter_column("rung", existing_type=sa.INTEGER(), nullable=True)
        batch_op.create_index("ix_reminder_fired", ["fired_at"], unique=False)
        batch_op.create_index(
            "uq_reminder_manual", ["task_id", "recipient_id", "manual_on"], unique=True,
            postgresql_where=_WHERE, sqlite_where=_WHERE,
        )  # fmt: skip
        batch_op.create_foreign_key(batch_op.f("fk_reminder_by_id_person"), "person", ["by_id"], ["id"])
    allow(POLICY)


def downgrade() -> None:
    """Reminders by hand are gone: the older tables have no place for them."""
    op.execute("DELETE FROM reminder WHERE rung IS NULL")
    with op.batch_alter_table("reminder", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_reminder_by_id_person"), type_="foreignkey")
        batch_op.drop_index("uq_reminder_manual")
        batch_op.drop_index("ix_reminder_fired")
        batch_op.alter_column("rung", existing_type=sa.INTEGER(), nullable=False)
        for column in ("reason", "by_id", "manual_on", "holder", "object_id"):
            batch_op.drop_column(column)

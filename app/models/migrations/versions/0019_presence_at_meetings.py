"""Presence at meetings"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from app.models.migrations.policy_lines import allow

revision = "0019"
down_revision: str | None = "0018"
POLICY = (
    "unit_head, attendance, check_in, own_unit, A4.1",
    "liaison, attendance, check_in, own_unit, A4.1",
    "responsible, attendance, check_in, own_unit, A4.1",
    "department_staff, attendance, check_in, own_unit, A4.1",
    "department_head, attendance, check_in, own_unit, A4.1",
    "office_deputy_director, attendance, check_in, own_unit, A4.1",
    "office_director, attendance, check_in, own_unit, A4.1",
    "deputy, attendance, check_in, own, A4.1",
    "deputy_in_charge, attendance, check_in, own, A4.1",
    "department_staff, attendance, leave, group, A4.1",
    "department_staff, item, recuse, group, A4.4",
    "department_head, attendance, leave, group, A4.1",
    "department_head, item, recuse, group, A4.4",
    "office_deputy_director, attendance, leave, group, A4.1",
    "office_deputy_director, item, recuse, group, A4.4",
    "office_director, attendance, leave, group, A4.1",
    "office_director, item, recuse, group, A4.4",
)
branch_labels: Any = None
depends_on: Any = None


def upgrade() -> None:
    op.create_table(
        "recusal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("attendance_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["attendance_id"], ["attendance.id"], name=op.f("fk_recusal_attendance_id_attendance")),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_recusal_item_id_item")),
        sa.ForeignKeyConstraint(["recorded_by"], ["person.id"], name=op.f("fk_recusal_recorded_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recusal")),
        sa.UniqueConstraint("item_id", "attendance_id", name=op.f("uq_recusal_item_id_attendance_id")),
    )
    with op.batch_alter_table("recusal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recusal_item_id"), ["item_id"], unique=False)

    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.add_column(sa.Column("substitute_post", sa.String(length=60), server_default="", nullable=False))
        batch_op.add_column(sa.Column("left_at", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.add_column(sa.Column("sign_in_code", sa.String(length=8), server_default="", nullable=False))
    op.execute(
        "DELETE FROM policy_rule WHERE object = 'attendance' AND action = 'sign_in' "
        "AND role IN ('unit_head', 'liaison', 'responsible')"
    )
    allow(POLICY)


def downgrade() -> None:
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.drop_column("sign_in_code")

    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.drop_column("left_at")
        batch_op.drop_column("substitute_post")

    with op.batch_alter_table("recusal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_recusal_item_id"))

    op.drop_table("recusal")

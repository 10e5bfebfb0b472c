"""Corrections of the record"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from app.models.migrations.policy_lines import allow

revision = "0029"
down_revision: str | None = "0028"
branch_labels: Any = None
depends_on: Any = None
POLICY = (
    "department_staff, meeting, correct_record, group, A4.3",
    "department_head, meeting, correct_record, group, A4.3",
    "office_deputy_director, meeting, correct_record, group, A4.3",
    "office_director, meeting, correct_record, group, A4.3",
)


def upgrade() -> None:
    op.create_table(
        "record_correction",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("about_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("object_id", sa.Uuid(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("corrected_by", sa.Uuid(), nullable=False),
        sa.Column("corrected_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["corrected_by"], ["person.id"], name=op.f("fk_record_correction_corrected_by_person")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_record_correction_meeting_id_meeting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record_correction")),
    )
    with op.batch_alter_table("record_correction", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_record_correction_meeting_id"), ["meeting_id"], unique=False)

    allow(POLICY)


def downgrade() -> None:
    with op.batch_alter_table("record_correction", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_record_correction_meeting_id"))

    op.drop_table("record_correction")

"""Indexes for pages of what one sees and owes"""

from typing import Any

from alembic import op

revision = "0004"
down_revision: str | None = "0003"
branch_labels: Any = None
depends_on: Any = None


def upgrade() -> None:
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_document_meeting_id"), ["meeting_id"], unique=False)

    with op.batch_alter_table("part", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_part_holder_noun"))
        batch_op.create_index("ix_part_seen", ["holder", "noun", "in_force", "object_id"], unique=False)

    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_task_holder"))
        batch_op.create_index("ix_task_owed", ["holder", "closed_at", "id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.drop_index("ix_task_owed")
        batch_op.create_index(batch_op.f("ix_task_holder"), ["holder"], unique=False)

    with op.batch_alter_table("part", schema=None) as batch_op:
        batch_op.drop_index("ix_part_seen")
        batch_op.create_index(batch_op.f("ix_part_holder_noun"), ["holder", "noun"], unique=False)

    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_document_meeting_id"))

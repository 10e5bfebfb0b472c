"""Drafts of opinions, amendments by passage, the consolidated sheet"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision: str | None = "0016"
branch_labels: Any = None
depends_on: Any = None


def upgrade() -> None:
    op.create_table(
        "review_sheet",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("motion_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("positions", sa.JSON(), nullable=False),
        sa.Column("answers_hash", sa.String(length=64), nullable=False),
        sa.Column("text_hash", sa.String(length=64), nullable=False),
        sa.Column("text_version_id", sa.Uuid(), nullable=True),
        sa.Column("stale", sa.Boolean(), nullable=False),
        sa.Column("disclosure", sa.String(length=16), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("released_by", sa.Uuid(), nullable=True),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["group_id"], ["leading_group.id"], name=op.f("fk_review_sheet_group_id_leading_group")
        ),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_review_sheet_made_by_person")),
        sa.ForeignKeyConstraint(["motion_id"], ["motion.id"], name=op.f("fk_review_sheet_motion_id_motion")),
        sa.ForeignKeyConstraint(["released_by"], ["person.id"], name=op.f("fk_review_sheet_released_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_sheet")),
        sa.UniqueConstraint("motion_id", "number", name=op.f("uq_review_sheet_motion_id_number")),
    )
    with op.batch_alter_table("review_sheet", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_review_sheet_motion_id"), ["motion_id"], unique=False)

    op.create_table(
        "opinion_amendment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("opinion_id", sa.Uuid(), nullable=False),
        sa.Column("motion_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("passage", sa.Text(), nullable=False),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("outcome_reason", sa.Text(), nullable=False),
        sa.Column("settled_by", sa.Uuid(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["motion_id"], ["motion.id"], name=op.f("fk_opinion_amendment_motion_id_motion")),
        sa.ForeignKeyConstraint(["opinion_id"], ["opinion.id"], name=op.f("fk_opinion_amendment_opinion_id_opinion")),
        sa.ForeignKeyConstraint(["settled_by"], ["person.id"], name=op.f("fk_opinion_amendment_settled_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opinion_amendment")),
        sa.UniqueConstraint("opinion_id", "number", name=op.f("uq_opinion_amendment_opinion_id_number")),
    )
    with op.batch_alter_table("opinion_amendment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_opinion_amendment_motion_id"), ["motion_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_opinion_amendment_opinion_id"), ["opinion_id"], unique=False)

    op.create_table(
        "opinion_draft",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("opinion_id", sa.Uuid(), nullable=False),
        sa.Column("holder", sa.String(length=100), nullable=False),
        sa.Column("position", sa.String(length=32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("amendments", sa.JSON(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_opinion_draft_author_id_person")),
        sa.ForeignKeyConstraint(["opinion_id"], ["opinion.id"], name=op.f("fk_opinion_draft_opinion_id_opinion")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opinion_draft")),
        sa.UniqueConstraint("opinion_id", name=op.f("uq_opinion_draft_opinion_id")),
    )
    with op.batch_alter_table("opinion_draft", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_opinion_draft_holder"), ["holder"], unique=False)

    with op.batch_alter_table("earlier_opinion", schema=None) as batch_op:
        batch_op.add_column(sa.Column("amendments", sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    with op.batch_alter_table("earlier_opinion", schema=None) as batch_op:
        batch_op.drop_column("amendments")

    with op.batch_alter_table("opinion_draft", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_opinion_draft_holder"))

    op.drop_table("opinion_draft")
    with op.batch_alter_table("opinion_amendment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_opinion_amendment_opinion_id"))
        batch_op.drop_index(batch_op.f("ix_opinion_amendment_motion_id"))

    op.drop_table("opinion_amendment")
    with op.batch_alter_table("review_sheet", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_review_sheet_motion_id"))

    op.drop_table("review_sheet")

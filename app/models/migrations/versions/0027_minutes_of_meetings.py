"""Minutes of meetings"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from app.models.migrations.policy_lines import allow

revision = "0027"
down_revision: str | None = "0026"
branch_labels: Any = None
depends_on: Any = None
POLICY = (
    "signed_in, extract, read, part, B2.6",
    "department_staff, meeting, draft_minutes, group, B2.6",
    "department_head, meeting, draft_minutes, group, B2.6",
    "office_deputy_director, meeting, draft_minutes, group, B2.6",
    "department_staff, document, put_to_presider, group, B2.6",
    "department_staff, document, put_to_director, group, B2.6",
    "department_staff, document, confirm_claims, group, C17",
    "department_head, document, put_to_presider, group, B2.6",
    "department_head, document, put_to_director, group, B2.6",
    "department_head, document, confirm_claims, group, C17",
    "office_deputy_director, document, put_to_presider, group, B2.6",
    "office_deputy_director, document, put_to_director, group, B2.6",
    "office_deputy_director, document, confirm_claims, group, C17",
    "leader, document, check, presiding, B2.6",
    "deputy, document, check, presiding, B2.6",
    "deputy_in_charge, document, check, presiding, B2.6",
    "office_director, document, approve, group, B2.6",
    "unit_head, extract, receive, own_unit, B2.6",
    "liaison, extract, receive, own_unit, B2.6",
    "responsible, extract, receive, own_unit, B2.6",
    "department_staff, extract, receive, own_unit, B2.6",
    "department_head, extract, receive, own_unit, B2.6",
    "office_deputy_director, extract, receive, own_unit, B2.6",
    "office_director, extract, receive, own_unit, B2.6",
    "deputy, extract, receive, own, B2.6",
    "deputy_in_charge, extract, receive, own, B2.6",
    "leader, extract, receive, own, B2.6",
)


def upgrade() -> None:
    op.create_table(
        "extract",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("disclosure", sa.String(length=16), nullable=False),
        sa.Column("drafter_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("capacity", sa.String(length=16), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("number", sa.String(length=64), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_extract_document_id_document")),
        sa.ForeignKeyConstraint(["drafter_id"], ["person.id"], name=op.f("fk_extract_drafter_id_person")),
        sa.ForeignKeyConstraint(["group_id"], ["leading_group.id"], name=op.f("fk_extract_group_id_leading_group")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_extract_meeting_id_meeting")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_extract_person_id_person")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_extract_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extract")),
    )
    with op.batch_alter_table("extract", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_extract_document_id"), ["document_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_extract_group_id"), ["group_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_extract_meeting_id"), ["meeting_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_extract_state"), ["state"], unique=False)

    op.create_table(
        "minutes_section",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_minutes_section_document_id_document")),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_minutes_section_item_id_item")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutes_section")),
        sa.UniqueConstraint("document_id", "position", name=op.f("uq_minutes_section_document_id_position")),
    )
    with op.batch_alter_table("minutes_section", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_minutes_section_document_id"), ["document_id"], unique=False)

    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.add_column(sa.Column("circuit", sa.String(length=16), server_default="", nullable=False))
        batch_op.add_column(sa.Column("draft_by", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("claims_hash", sa.String(length=64), server_default="", nullable=False))

    allow(POLICY)


def downgrade() -> None:
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.drop_column("claims_hash")
        batch_op.drop_column("draft_by")
        batch_op.drop_column("circuit")

    with op.batch_alter_table("minutes_section", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_minutes_section_document_id"))

    op.drop_table("minutes_section")
    with op.batch_alter_table("extract", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_extract_state"))
        batch_op.drop_index(batch_op.f("ix_extract_meeting_id"))
        batch_op.drop_index(batch_op.f("ix_extract_group_id"))
        batch_op.drop_index(batch_op.f("ix_extract_document_id"))

    op.drop_table("extract")

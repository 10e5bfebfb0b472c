"""Agendas arranged"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from app.models.migrations.policy_lines import allow

revision = "0016"
down_revision: str | None = "0015"
POLICY = (
    "department_staff, meeting, arrange, group, A2.1",
    "department_staff, meeting, invite, group, A2.3",
    "department_staff, meeting, add_late, group, A3.1",
    "department_staff, meeting, raise_matter, group, C17",
    "department_staff, item, arrange, group, A2.1",
    "department_head, meeting, arrange, group, A2.1",
    "department_head, meeting, invite, group, A2.3",
    "department_head, meeting, add_late, group, A3.1",
    "department_head, meeting, raise_matter, group, C17",
    "department_head, item, arrange, group, A2.1",
    "office_deputy_director, meeting, arrange, group, A2.1",
    "office_deputy_director, meeting, invite, group, A2.3",
    "office_deputy_director, meeting, add_late, group, A3.1",
    "office_deputy_director, meeting, raise_matter, group, C17",
    "office_deputy_director, item, arrange, group, A2.1",
    "office_director, meeting, arrange, group, A2.1",
    "office_director, meeting, invite, group, A2.3",
    "office_director, meeting, add_late, group, A3.1",
    "office_director, meeting, raise_matter, group, C17",
    "office_director, item, arrange, group, A2.1",
    "leader, item, admit_late, group, A3.1",
    "leader, item, refuse_late, group, A3.1",
    "office_director, item, admit_late, group, A3.1",
    "office_director, item, refuse_late, group, A3.1",
)
branch_labels: Any = None
depends_on: Any = None


def upgrade() -> None:
    op.create_table(
        "observer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=True),
        sa.Column("capacity", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_observer_item_id_item")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_observer_meeting_id_meeting")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_observer_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_observer")),
        sa.UniqueConstraint(
            "meeting_id", "person_id", "item_id", name=op.f("uq_observer_meeting_id_person_id_item_id")
        ),
    )
    with op.batch_alter_table("observer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_observer_meeting_id"), ["meeting_id"], unique=False)

    with op.batch_alter_table("item", schema=None) as batch_op:
        batch_op.add_column(sa.Column("kind", sa.String(length=16), server_default="matter", nullable=False))
        batch_op.add_column(sa.Column("title", sa.String(length=200), server_default="", nullable=False))
        batch_op.add_column(sa.Column("text", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("minutes", sa.Integer(), server_default="15", nullable=False))
        batch_op.add_column(sa.Column("expected_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("rapporteur", sa.String(length=100), server_default="", nullable=False))
        batch_op.add_column(sa.Column("under_id", sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_item_under_id_item"), "item", ["under_id"], ["id"])

    allow(POLICY)


def downgrade() -> None:
    with op.batch_alter_table("item", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_item_under_id_item"), type_="foreignkey")
        batch_op.drop_column("under_id")
        batch_op.drop_column("rapporteur")
        batch_op.drop_column("expected_at")
        batch_op.drop_column("minutes")
        batch_op.drop_column("text")
        batch_op.drop_column("title")
        batch_op.drop_column("kind")

    with op.batch_alter_table("observer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_observer_meeting_id"))

    op.drop_table("observer")

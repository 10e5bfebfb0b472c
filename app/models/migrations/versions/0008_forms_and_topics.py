"""Forms of meeting and topics of the office"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from app.models.migrations.policy_lines import allow

revision = "0008"
down_revision: str | None = "0007"
POLICY = (
    "signed_in, topic, read, part, B2.4",
    "signed_in, meeting_form, read, directory, B2.3",
    "department_staff, topic, draft, group, B1.1",
    "department_staff, topic, edit, group, B2.4",
    "department_head, topic, draft, group, B1.1",
    "department_head, topic, edit, group, B2.4",
    "department_head, topic, submit, own_unit, B2.4",
    "department_head, topic, withdraw, own_unit, B2.4",
    "office_deputy_director, topic, review, in_charge, B2.4",
    "office_director, topic, approve, group, B2.4",
    "office_deputy_director, topic, return, in_charge, B2.4",
    "office_deputy_director, topic, refuse, in_charge, B2.4",
    "office_director, topic, return, group, B2.4",
    "office_director, topic, refuse, group, B2.4",
    "department_staff, topic, list, group, B2.4",
    "department_head, topic, list, group, B2.4",
    "office_deputy_director, topic, list, group, B2.4",
    "office_director, topic, list, group, B2.4",
    "office_director, meeting_form, add, group, B2.3",
    "office_director, meeting_form, retire, group, B2.3",
    "office_director, department, set_remit, group, B2.1",
    "office_director, meeting, choose, group, B2.3",
    "office_director, meeting, agree, group, B2.3",
    "office_director, meeting, return, group, B2.3",
    "office_director, meeting, refuse, group, B2.3",
    "office_director, meeting, open, presiding, B2.3",
    "office_director, meeting, close, presiding, B2.3",
    "office_deputy_director, meeting, open, presiding, B2.3",
    "office_deputy_director, meeting, close, presiding, B2.3",
    "deputy_in_charge, attendance, accept, own, A4.1",
    "deputy_in_charge, attendance, ask_leave, own, A4.1",
    "deputy, attendance, accept, own, A4.1",
    "deputy, attendance, ask_leave, own, A4.1",
    "office_director, attendance, accept, own_unit, A4.1",
    "office_director, attendance, ask_leave, own_unit, A4.1",
    "office_deputy_director, attendance, accept, own_unit, A4.1",
    "office_deputy_director, attendance, ask_leave, own_unit, A4.1",
    "department_head, attendance, accept, own_unit, A4.1",
    "department_head, attendance, ask_leave, own_unit, A4.1",
    "department_staff, attendance, accept, own_unit, A4.1",
    "department_staff, attendance, ask_leave, own_unit, A4.1",
    "office_director, attendance, grant_leave, presiding, A4.1",
    "office_director, attendance, refuse_leave, presiding, A4.1",
    "office_deputy_director, attendance, grant_leave, presiding, A4.1",
    "office_deputy_director, attendance, refuse_leave, presiding, A4.1",
)
branch_labels: Any = None
depends_on: Any = None


def upgrade() -> None:
    op.create_table(
        "added_form",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("name_en", sa.String(length=60), nullable=False),
        sa.Column("organizers", sa.JSON(), nullable=False),
        sa.Column("calls", sa.JSON(), nullable=False),
        sa.Column("added_by", sa.Uuid(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["added_by"], ["person.id"], name=op.f("fk_added_form_added_by_person")),
        sa.ForeignKeyConstraint(["group_id"], ["leading_group.id"], name=op.f("fk_added_form_group_id_leading_group")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_added_form")),
    )
    with op.batch_alter_table("added_form", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_added_form_group_id"), ["group_id"], unique=False)

    op.create_table(
        "topic",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("disclosure", sa.String(length=16), nullable=False),
        sa.Column("drafter_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("department_id", sa.Uuid(), nullable=False),
        sa.Column("subject", sa.String(length=32), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["department_id"], ["unit.id"], name=op.f("fk_topic_department_id_unit")),
        sa.ForeignKeyConstraint(["drafter_id"], ["person.id"], name=op.f("fk_topic_drafter_id_person")),
        sa.ForeignKeyConstraint(["group_id"], ["leading_group.id"], name=op.f("fk_topic_group_id_leading_group")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_topic")),
    )
    with op.batch_alter_table("topic", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_topic_department_id"), ["department_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_topic_group_id"), ["group_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_topic_state"), ["state"], unique=False)

    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.add_column(sa.Column("person_id", sa.Uuid(), nullable=True))
        batch_op.alter_column("unit_id", existing_type=sa.Uuid(), nullable=True)
        batch_op.create_index(batch_op.f("ix_attendance_person_id"), ["person_id"], unique=False)
        batch_op.create_unique_constraint(batch_op.f("uq_attendance_meeting_id_person_id"), ["meeting_id", "person_id"])
        batch_op.create_foreign_key(batch_op.f("fk_attendance_person_id_person"), "person", ["person_id"], ["id"])
        batch_op.create_check_constraint(
            batch_op.f("ck_attendance_one_called"), "(unit_id IS NULL) <> (person_id IS NULL)"
        )

    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.alter_column("motion_id", existing_type=sa.Uuid(), nullable=True)

    with op.batch_alter_table("group_unit", schema=None) as batch_op:
        batch_op.add_column(sa.Column("remit", sa.JSON(), server_default="[]", nullable=False))

    with op.batch_alter_table("item", schema=None) as batch_op:
        batch_op.add_column(sa.Column("topic_id", sa.Uuid(), nullable=True))
        batch_op.alter_column("motion_id", existing_type=sa.Uuid(), nullable=True)
        batch_op.create_index(batch_op.f("ix_item_topic_id"), ["topic_id"], unique=False)
        batch_op.create_unique_constraint(batch_op.f("uq_item_meeting_id_topic_id"), ["meeting_id", "topic_id"])
        batch_op.create_foreign_key(batch_op.f("fk_item_topic_id_topic"), "topic", ["topic_id"], ["id"])
        batch_op.create_check_constraint(batch_op.f("ck_item_one_matter"), "motion_id IS NULL OR topic_id IS NULL")

    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.add_column(sa.Column("added_form_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("organizer_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("series", sa.String(length=32), server_default="", nullable=False))
        batch_op.add_column(sa.Column("year", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("number", sa.Integer(), nullable=True))
        batch_op.create_unique_constraint(
            batch_op.f("uq_meeting_group_id_series_year_number"), ["group_id", "series", "year", "number"]
        )
        batch_op.create_foreign_key(batch_op.f("fk_meeting_organizer_id_unit"), "unit", ["organizer_id"], ["id"])
        batch_op.create_foreign_key(
            batch_op.f("fk_meeting_added_form_id_added_form"), "added_form", ["added_form_id"], ["id"]
        )

    op.execute("UPDATE meeting SET series = form")
    allow(POLICY)


def downgrade() -> None:
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_meeting_added_form_id_added_form"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_meeting_organizer_id_unit"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("uq_meeting_group_id_series_year_number"), type_="unique")
        batch_op.drop_column("number")
        batch_op.drop_column("year")
        batch_op.drop_column("series")
        batch_op.drop_column("organizer_id")
        batch_op.drop_column("added_form_id")

    with op.batch_alter_table("item", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_item_one_matter"), type_="check")
        batch_op.drop_constraint(batch_op.f("fk_item_topic_id_topic"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("uq_item_meeting_id_topic_id"), type_="unique")
        batch_op.drop_index(batch_op.f("ix_item_topic_id"))
        batch_op.alter_column("motion_id", existing_type=sa.Uuid(), nullable=False)
        batch_op.drop_column("topic_id")

    with op.batch_alter_table("group_unit", schema=None) as batch_op:
        batch_op.drop_column("remit")

    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.alter_column("motion_id", existing_type=sa.Uuid(), nullable=False)

    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_attendance_one_called"), type_="check")
        batch_op.drop_constraint(batch_op.f("fk_attendance_person_id_person"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("uq_attendance_meeting_id_person_id"), type_="unique")
        batch_op.drop_index(batch_op.f("ix_attendance_person_id"))
        batch_op.alter_column("unit_id", existing_type=sa.Uuid(), nullable=False)
        batch_op.drop_column("person_id")

    with op.batch_alter_table("topic", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_topic_state"))
        batch_op.drop_index(batch_op.f("ix_topic_group_id"))
        batch_op.drop_index(batch_op.f("ix_topic_department_id"))

    op.drop_table("topic")
    with op.batch_alter_table("added_form", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_added_form_group_id"))

    op.drop_table("added_form")

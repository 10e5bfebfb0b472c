"""Parts, evidence, money, periods and extensions of directives"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from app.models.migrations.policy_lines import allow

revision = "0009"
down_revision: str | None = "0008"
POLICY = (
    "department_staff, directive, edit, group, C19",
    "department_head, directive, edit, group, C19",
    "office_deputy_director, directive, edit, group, C19",
    "office_director, directive, edit, group, C19",
    "unit_head, directive, report_nothing_new, own_unit, C3",
    "liaison, directive, report_nothing_new, own_unit, C3",
    "responsible, directive, report_nothing_new, own_unit, C3",
    "department_head, directive, report_nothing_new, own_unit, C3",
    "unit_head, directive, split, own_unit, C19",
    "responsible, directive, split, own_unit, C19",
    "department_head, directive, split, own_unit, C19",
    "office_deputy_director, directive, split, group, C19",
    "office_director, directive, split, group, C19",
    "office_deputy_director, directive, acknowledge, own_unit, B1.7",
    "office_deputy_director, directive, report, own_unit, B1.7",
    "office_deputy_director, directive, report_nothing_new, own_unit, B1.7",
    "office_deputy_director, directive, report_completion, own_unit, B1.7",
    "office_deputy_director, directive, ask_extension, own_unit, B1.7",
    "office_director, directive, acknowledge, own_unit, B1.7",
    "office_director, directive, report, own_unit, B1.7",
    "office_director, directive, report_nothing_new, own_unit, B1.7",
    "office_director, directive, report_completion, own_unit, B1.7",
    "office_director, directive, ask_extension, own_unit, B1.7",
    "office_director, directive, renew, group, C19",
    "office_deputy_director, directive, reopen, group, C3",
    "office_director, directive, reopen, group, C3",
)
branch_labels: Any = None
depends_on: Any = None


def upgrade() -> None:
    op.create_table(
        "directive_extension",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("directive_id", sa.Uuid(), nullable=False),
        sa.Column("due_before", sa.Date(), nullable=False),
        sa.Column("due_asked", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("granted", sa.Boolean(), nullable=True),
        sa.Column("answer", sa.String(length=1000), nullable=False),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["answered_by"], ["person.id"], name=op.f("fk_directive_extension_answered_by_person")),
        sa.ForeignKeyConstraint(["asked_by"], ["person.id"], name=op.f("fk_directive_extension_asked_by_person")),
        sa.ForeignKeyConstraint(
            ["directive_id"], ["directive.id"], name=op.f("fk_directive_extension_directive_id_directive")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directive_extension")),
    )
    op.create_index(op.f("ix_directive_extension_directive_id"), "directive_extension", ["directive_id"])
    _widen_directive()
    op.add_column("report", sa.Column("evidence", sa.String(length=500), server_default="", nullable=False))
    op.add_column("report", sa.Column("nothing_new", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("report", sa.Column("due_on", sa.Date(), nullable=True))
    allow(POLICY)


def _widen_directive() -> None:
    parent = sa.ForeignKey("directive.id", name=op.f("fk_directive_parent_id_directive"))
    op.add_column("directive", sa.Column("parent_id", sa.Uuid(), parent, nullable=True), inline_references=True)
    for column in (
        sa.Column("depth", sa.Integer(), server_default="0", nullable=False),
        sa.Column("evidence_required", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("project", sa.String(length=200), server_default="", nullable=False),
        sa.Column("amount", sa.Numeric(precision=16, scale=2), nullable=True),
        sa.Column("periods_from", sa.Date(), nullable=True),
        sa.Column("next_report_on", sa.Date(), nullable=True),
        sa.Column("quiet_reports", sa.Integer(), server_default="0", nullable=False),
    ):
        op.add_column("directive", column)
    op.create_index("ix_directive_next_report", "directive", ["state", "next_report_on"])
    op.create_index(op.f("ix_directive_parent_id"), "directive", ["parent_id"])


def downgrade() -> None:
    for name in ("evidence", "nothing_new", "due_on"):
        op.drop_column("report", name)
    op.drop_index(op.f("ix_directive_parent_id"), "directive")
    op.drop_index("ix_directive_next_report", "directive")
    for name in (
        "parent_id", "depth", "evidence_required", "project", "amount", "periods_from", "next_report_on",
        "quiet_reports",
    ):  # fmt: skip
        op.drop_column("directive", name)
    op.drop_table("directive_extension")

"""Questions on drafts of directives, the spreadsheet rows they come from; a draft may still lack its date"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from app.models.migrations.policy_lines import allow

revision = "0003"
down_revision: str | None = "0002"
POLICY = tuple(
    f"{role}, directive, answer_question, group, C19"
    for role in ("department_staff", "department_head", "office_deputy_director", "office_director")
)
branch_labels: Any = None
depends_on: Any = None


def upgrade() -> None:
    op.create_table(
        "directive_question",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("directive_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("about", sa.String(length=200), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.String(length=1000), nullable=False),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["answered_by"], ["person.id"], name=op.f("fk_directive_question_answered_by_person")),
        sa.ForeignKeyConstraint(
            ["directive_id"], ["directive.id"], name=op.f("fk_directive_question_directive_id_directive")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directive_question")),
        sa.UniqueConstraint(
            "directive_id", "kind", "about", name=op.f("uq_directive_question_directive_id_kind_about")
        ),
    )
    op.create_index(op.f("ix_directive_question_directive_id"), "directive_question", ["directive_id"])
    op.create_table(
        "directive_source",
        sa.Column("directive_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("content", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["directive_id"], ["directive.id"], name=op.f("fk_directive_source_directive_id_directive")
        ),
        sa.PrimaryKeyConstraint("directive_id", name=op.f("pk_directive_source")),
        sa.UniqueConstraint("key", name=op.f("uq_directive_source_key")),
    )
    op.add_column("directive_unit", sa.Column("is_office", sa.Boolean(), server_default=sa.false(), nullable=False))
    _replace_due_on(nullable=True)
    allow(POLICY)


def downgrade() -> None:
    _replace_due_on(nullable=False)
    op.drop_column("directive_unit", "is_office")
    op.drop_table("directive_source")
    op.drop_table("directive_question")


def _replace_due_on(*, nullable: bool) -> None:
    """SQLite cannot alter a column, and to copy the whole table would break the rows that refer to it: so the column
    alone is copied."""
    if op.get_bind().dialect.name != "sqlite":
        op.alter_column("directive", "due_on", existing_type=sa.Date(), nullable=nullable)
        return
    kind = "DATE" if nullable else "DATE NOT NULL DEFAULT '2099-12-31'"
    op.execute(f"ALTER TABLE directive ADD COLUMN due_before {kind}")
    op.execute("UPDATE directive SET due_before = due_on WHERE due_on IS NOT NULL")
    op.execute("ALTER TABLE directive DROP COLUMN due_on")
    op.execute("ALTER TABLE directive RENAME COLUMN due_before TO due_on")

"""Departments of the office put in files with their opinions"""

from typing import Any

from app.models.migrations.policy_lines import allow

revision = "0031"
down_revision: str | None = "0030"
branch_labels: Any = None
depends_on: Any = None

POLICY = (
    "department_head, attachment, file_opinion, own_unit, A3.3",
    "department_staff, attachment, file_opinion, own_unit, A3.3",
)


def upgrade() -> None:
    allow(POLICY)


def downgrade() -> None:
    """The lines stay as they are: they may be the security administrator's own by now."""

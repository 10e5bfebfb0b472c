"""Whoever can take a step can authorise a clerk to enter it from paper"""

from typing import Any

from app.models.migrations.policy_lines import allow, withdraw

revision = "0036"
down_revision: str | None = "0035"
branch_labels: Any = None
depends_on: Any = None

_LINES = [
    f"{role}, paper, {action}, own, C20"
    for role in ("department_head", "department_staff", "unit_head", "liaison", "responsible")
    for action in ("authorise", "object")
]


def upgrade() -> None:
    allow(_LINES)


def downgrade() -> None:
    withdraw(_LINES)

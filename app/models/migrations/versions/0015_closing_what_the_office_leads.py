"""The deputy in charge may close what the office itself leads"""

from typing import Any

from app.models.migrations.policy_lines import allow

revision = "0015"
down_revision: str | None = "0014"
branch_labels: Any = None
depends_on: Any = None


def upgrade() -> None:
    allow(("deputy_in_charge, directive, close, group, B1.7",))


def downgrade() -> None:
    """The line stays: it may be the security administrator's own by now."""

"""Whoever presides over a meeting adjourns and resumes it"""

from typing import Any

from app.models.migrations.policy_lines import allow

revision = "0033"
down_revision: str | None = "0032"
branch_labels: Any = None
depends_on: Any = None

POLICY = tuple(
    f"{role}, meeting, {action}, presiding, {clause}"
    for clause, roles in (
        ("B2.3", ("office_director", "office_deputy_director")),
        ("A2.2", ("leader", "deputy", "deputy_in_charge")),
    )
    for role in roles
    for action in ("adjourn", "resume")
)


def upgrade() -> None:
    allow(POLICY)


def downgrade() -> None:
    """The lines stay as they are: they may be the security administrator's own by now."""

"""The office director voids an entry from paper to which its signer objects"""

from typing import Any

from app.models.migrations.policy_lines import allow, withdraw

revision = "0038"
down_revision: str | None = "0037"
branch_labels: Any = None
depends_on: Any = None

_LINES = ["office_director, paper, void, group, C20"]


def upgrade() -> None:
    allow(_LINES)


def downgrade() -> None:
    withdraw(_LINES)

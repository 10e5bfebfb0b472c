"""What is withheld from the public is looked at again"""

from typing import Any

from app.models.migrations.policy_lines import allow, withdraw

revision = "0040"
down_revision: str | None = "0039"
branch_labels: Any = None
depends_on: Any = None

_LINES = ("office_director, publication, keep_withheld, group, C10",)


def upgrade() -> None:
    allow(_LINES)


def downgrade() -> None:
    withdraw(_LINES)

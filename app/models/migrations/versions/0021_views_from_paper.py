"""Experts' views entered from paper"""

from typing import Any

from app.models.migrations.policy_lines import allow

revision = "0021"
down_revision: str | None = "0020"
branch_labels: Any = None
depends_on: Any = None

POLICY = (
    "signed_in, signature, read, own, C20",
    "office_director, panel, set_aside, group, C20",
    "office_director, panel_member, void_view, group, C20",
    "expert, paper, authorise, own, C20",
    "expert, paper, object, own, C20",
)


def upgrade() -> None:
    allow(POLICY)


def downgrade() -> None:
    """The lines stay as they are: they may be the security administrator's own by now."""

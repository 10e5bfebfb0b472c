"""${message}"""

from typing import Any

import sqlalchemy as sa
from alembic import op
${imports if imports else ""}
revision = ${f'"{up_revision}"'}
down_revision: str | None = ${"None" if down_revision is None else f'"{down_revision}"'}
branch_labels: Any = ${"None"}
depends_on: Any = ${"None"}


def upgrade() -> None:
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    ${downgrades if downgrades else "pass"}

"""Documents of the API that clients were built with"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision: str | None = "0006"
branch_labels: Any = None
depends_on: Any = None


def upgrade() -> None:

    op.create_table(
        "trusted_document",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("client", sa.String(length=100), nullable=False),
        sa.Column("document_id", sa.String(length=200), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("registered_by", sa.String(length=100), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by", sa.String(length=100), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trusted_document")),
        sa.UniqueConstraint("client", "document_id", name=op.f("uq_trusted_document_client_document_id")),
    )
    with op.batch_alter_table("trusted_document", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_trusted_document_digest"), ["digest"], unique=False)
        batch_op.create_index(batch_op.f("ix_trusted_document_document_id"), ["document_id"], unique=False)


def downgrade() -> None:

    with op.batch_alter_table("trusted_document", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_trusted_document_document_id"))
        batch_op.drop_index(batch_op.f("ix_trusted_document_digest"))

    op.drop_table("trusted_document")

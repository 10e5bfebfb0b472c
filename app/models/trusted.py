"""Documents of the API that a client registered when it was built; a setting lets only these in."""

from datetime import datetime

from sqlalchemy import Text, UniqueConstraint
from sqlmodel import Field

from app.core.clock import now
from app.models.base import Row


class TrustedDocument(Row, table=True):
    """One document of one client. It is withdrawn, never deleted: which texts were let in when stays on record."""

    __tablename__ = "trusted_document"
    __table_args__ = (UniqueConstraint("client", "document_id"),)
    client: str = Field(max_length=100)
    document_id: str = Field(max_length=200, index=True)
    digest: str = Field(max_length=64, index=True)
    text: str = Field(sa_type=Text)
    label: str = Field(default="", max_length=200)
    registered_at: datetime = Field(default_factory=now)
    registered_by: str = Field(default="", max_length=100)
    withdrawn_at: datetime | None = Field(default=None)
    withdrawn_by: str = Field(default="", max_length=100)

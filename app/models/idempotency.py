"""What a client has asked for already: a repeated key answers with the first result instead of acting twice."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from app.core.clock import now
from app.models.base import Row


class Idempotency(Row, table=True):
    """One key of one person. `fingerprint` is of the operation and its input: a key is not used for another act."""

    __tablename__ = "idempotency"
    __table_args__ = (UniqueConstraint("person_id", "key"),)
    person_id: UUID = Field(foreign_key="person.id")
    key: str = Field(max_length=100)
    operation: str = Field(max_length=64)
    fingerprint: str = Field(max_length=64)
    noun: str = Field(max_length=32)
    object_id: UUID
    at: datetime = Field(default_factory=now)

"""The versions of a matter's text: what an opinion or a signature was given on stays readable (C16)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlmodel import Field

from app.core.clock import now
from app.models.base import Row


class TextVersion(Row, table=True):
    """One text of a motion or a document. `until` is empty while it is the present one; `changes` lead from it to the
    present one and are written when that changes."""

    __tablename__ = "text_version"
    __table_args__ = (UniqueConstraint("object_id", "content_hash"),)
    noun: str = Field(max_length=16)
    object_id: UUID = Field(index=True)
    number: int
    content_hash: str = Field(max_length=64)
    cells: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    changes: list[Any] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    since: datetime = Field(default_factory=now)
    until: datetime | None = None

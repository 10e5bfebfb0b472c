"""Minutes (B2.6): where each item stands in their text; documents as sent (C1); corrections of the record (A4.3)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Column, Text, UniqueConstraint
from sqlmodel import Field

from app.core.clock import now
from app.models.base import Row, Stateful


class MinutesSection(Row, table=True):
    """One item of the agenda in the text of minutes: its text begins with a line of `title` under its number."""

    __tablename__ = "minutes_section"
    __table_args__ = (UniqueConstraint("document_id", "position"),)
    document_id: UUID = Field(foreign_key="document.id", index=True)
    item_id: UUID = Field(foreign_key="item.id")
    position: int
    title: str = Field(max_length=200)


class Extract(Stateful, table=True):
    """What one addressee was sent of a registered document, and whether he has it: of minutes the items that he may
    see, numbered without gaps (A4.4), of other documents the whole (C18). `person_id`, `unit_id` and `capacity` say who
    he is, as in an attendance; `content_hash` is of what he was sent; `meeting_id` is that of the minutes."""

    __tablename__ = "extract"
    document_id: UUID = Field(foreign_key="document.id", index=True)
    meeting_id: UUID | None = Field(default=None, foreign_key="meeting.id", index=True)
    unit_id: UUID | None = Field(default=None, foreign_key="unit.id")
    person_id: UUID | None = Field(default=None, foreign_key="person.id")
    capacity: str = Field(max_length=16)
    title: str = Field(max_length=200)
    number: str = Field(max_length=64)
    body: str = Field(sa_type=Text)
    content_hash: str = Field(max_length=64)
    received_at: datetime | None = None


class RecordCorrection(Row, table=True):
    """A correction of what a closed meeting has on record (A4.3): of a statement, a decision, or who was there. What
    stood there stays. `about_id` names the matter whose parts say who reads it: the item, the meeting, or the seat."""

    __tablename__ = "record_correction"
    meeting_id: UUID = Field(foreign_key="meeting.id", index=True)
    about_id: UUID
    kind: str = Field(max_length=16)
    object_id: UUID
    before: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    after: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    reason: str = Field(max_length=500)
    corrected_by: UUID = Field(foreign_key="person.id")
    corrected_at: datetime = Field(default_factory=now)

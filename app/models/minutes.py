"""Minutes (B2.6): where each item stands in their text, and what of it was sent to whom."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Text, UniqueConstraint
from sqlmodel import Field

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
    """What one addressee was sent of the minutes: the items that he may see, numbered without gaps (A4.4). `person_id`,
    `unit_id` and `capacity` say who he is, as in an attendance; `content_hash` is of what he was sent."""

    __tablename__ = "extract"
    document_id: UUID = Field(foreign_key="document.id", index=True)
    meeting_id: UUID = Field(foreign_key="meeting.id", index=True)
    unit_id: UUID | None = Field(default=None, foreign_key="unit.id")
    person_id: UUID | None = Field(default=None, foreign_key="person.id")
    capacity: str = Field(max_length=16)
    title: str = Field(max_length=200)
    number: str = Field(max_length=64)
    body: str = Field(sa_type=Text)
    content_hash: str = Field(max_length=64)
    received_at: datetime | None = None

"""Files, cards in the place of what may not be kept, papers of meetings and who has read them (A4.2, A4.4, C8)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Column, Index, UniqueConstraint
from sqlmodel import Field

from app.core.clock import now
from app.models.base import Row


class Attachment(Row, table=True):
    """One version of a file of a matter. Its content lies in the store under `digest`.

    `series_id` is the key of its first version, `until` empty while it is the present one. `holder`: who alone sees it
    as long as it is not handed in. `about_id`: the report or the signature that it belongs to.
    """

    __tablename__ = "attachment"
    __table_args__ = (
        UniqueConstraint("series_id", "number"),
        Index("ix_attachment_object", "object_id", "until"),
        Index("ix_attachment_digest", "digest"),
    )
    group_id: UUID = Field(foreign_key="leading_group.id")
    noun: str = Field(max_length=16)
    object_id: UUID
    purpose: str = Field(max_length=16)
    about_id: UUID | None = None
    holder: str = Field(default="", max_length=100)
    series_id: UUID
    number: int
    name: str = Field(max_length=120)
    media_type: str = Field(max_length=100)
    size: int
    digest: str = Field(max_length=64)
    put_by: UUID = Field(foreign_key="person.id")
    put_at: datetime = Field(default_factory=now)
    reason: str = Field(default="", max_length=500)
    until: datetime | None = None
    withdrawn: str = Field(default="", max_length=500)


class RegisterCard(Row, table=True):
    """All that is held of a state secret: number, level and term, keeper, place (A4.4)."""

    __tablename__ = "register_card"
    group_id: UUID = Field(foreign_key="leading_group.id")
    noun: str = Field(max_length=16)
    object_id: UUID = Field(index=True)
    number: str = Field(max_length=60)
    level: str = Field(max_length=16)
    years: int
    keeper: str = Field(max_length=100)
    place: str = Field(max_length=200)
    entered_by: UUID = Field(foreign_key="person.id")
    entered_at: datetime = Field(default_factory=now)


class ItemPaper(Row, table=True):
    """The papers of one agenda item as they were put together: texts, files, cards. `changes` lead from this version
    to the next, so that only who saw it reads what went; `until` is empty while it is the present one."""

    __tablename__ = "item_paper"
    __table_args__ = (UniqueConstraint("item_id", "number"),)
    group_id: UUID = Field(foreign_key="leading_group.id")
    meeting_id: UUID = Field(foreign_key="meeting.id", index=True)
    item_id: UUID = Field(foreign_key="item.id")
    number: int
    content_hash: str = Field(max_length=64)
    cells: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    files: list[Any] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    changes: list[Any] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    made_by: UUID = Field(foreign_key="person.id")
    made_at: datetime = Field(default_factory=now)
    until: datetime | None = None


class PaperReceipt(Row, table=True):
    """One addressee's receipt for one version of an item's papers (A4.2). `ended_at`: it is asked for no longer."""

    __tablename__ = "paper_receipt"
    __table_args__ = (UniqueConstraint("paper_id", "holder"), Index("ix_paper_receipt_holder", "holder", "meeting_id"))
    group_id: UUID = Field(foreign_key="leading_group.id")
    meeting_id: UUID = Field(foreign_key="meeting.id", index=True)
    item_id: UUID = Field(foreign_key="item.id", index=True)
    paper_id: UUID = Field(foreign_key="item_paper.id")
    holder: str = Field(max_length=100)
    delivered_at: datetime = Field(default_factory=now)
    read_at: datetime | None = None
    read_by: UUID | None = Field(default=None, foreign_key="person.id")
    entered_by: UUID | None = Field(default=None, foreign_key="person.id")
    ended_at: datetime | None = None
    outcome: str = Field(default="", max_length=16)

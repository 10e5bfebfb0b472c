"""Expert panels: whom the office called for which motion, how they were chosen, what they said (A3.7)."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Column, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from app.core.clock import now
from app.models.base import Row, Stateful


class Panel(Stateful, table=True):
    """`lots`: what is planned to be drawn. `commitment` is the canonical text of the conditions of the draw; its hash
    is kept before any seed exists."""

    __tablename__ = "panel"
    motion_id: UUID = Field(foreign_key="motion.id", index=True)
    kind: str = Field(max_length=32)
    mode: str = Field(max_length=32)
    question: str = Field(default="", sa_type=Text)
    body: str = Field(default="", max_length=120)
    place: str = Field(default="", max_length=100)
    starts_at: datetime | None = None
    due_on: date
    conclude_on: date
    chair_id: UUID | None = Field(default=None, foreign_key="person.id")
    lots: list[Any] = Field(default_factory=list, sa_column=Column(JSON, nullable=False, server_default="[]"))
    commitment: str = Field(default="", sa_type=Text)
    commit_hash: str = Field(default="", max_length=64)
    fixed_at: datetime | None = None
    conclusion: str = Field(default="", max_length=32)
    conclusion_text: str = Field(default="", sa_type=Text)
    text_hash: str = Field(default="", max_length=64)
    text_version_id: UUID | None = None
    stale: bool = False
    concluded_at: datetime | None = None

    @property
    def lots_said(self) -> str:
        """What is planned to be drawn, a line for each field."""
        return "\n".join(f"{each['field']} {each['number']}" for each in self.lots)


class PanelUnit(SQLModel, table=True):
    """A unit that the panel concerns: it proposes the motion or would carry it out (`named`), or is what one of these
    came from or became. Whom it employs cannot sit on the panel."""

    __tablename__ = "panel_unit"
    panel_id: UUID = Field(foreign_key="panel.id", primary_key=True)
    unit_id: UUID = Field(foreign_key="unit.id", primary_key=True)
    named: bool = True


class PanelDraw(Row, table=True):
    """One draw. None is ever removed: a new one has a reason and supersedes it (A3.7)."""

    __tablename__ = "panel_draw"
    __table_args__ = (UniqueConstraint("panel_id", "number"),)
    panel_id: UUID = Field(foreign_key="panel.id", index=True)
    number: int
    commitment: str = Field(sa_type=Text)
    commit_hash: str = Field(max_length=64)
    fixed_at: datetime
    seed: str = Field(max_length=64)
    drawn: list[Any] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    reason: str = Field(default="", max_length=500)
    drawn_by: UUID = Field(foreign_key="person.id")
    drawn_at: datetime = Field(default_factory=now)
    superseded_at: datetime | None = None


class PanelMember(Stateful, table=True):
    """An expert on a panel, and his signed view. `text_hash` is of the motion that he judged (C16)."""

    __tablename__ = "panel_member"
    panel_id: UUID = Field(foreign_key="panel.id", index=True)
    motion_id: UUID = Field(foreign_key="motion.id", index=True)
    expert_id: UUID = Field(foreign_key="expert.id", index=True)
    person_id: UUID = Field(foreign_key="person.id", index=True)
    draw_id: UUID | None = Field(default=None, foreign_key="panel_draw.id")
    reason: str = Field(default="", max_length=500)
    read_by: date
    due_on: date
    received_at: datetime | None = None
    position: str = Field(default="", max_length=32)
    score: int | None = None
    view: str = Field(default="", sa_type=Text)
    text_hash: str = Field(default="", max_length=64)
    text_version_id: UUID | None = None
    stale: bool = False
    given_at: datetime | None = None
    conflict: str = Field(default="", max_length=16)
    conflict_note: str = Field(default="", max_length=500)
    excluded_at: datetime | None = None


class PanelAdvice(Row, table=True):
    """A recommendation of the panel, and what the office did with it (A3.7)."""

    __tablename__ = "panel_advice"
    __table_args__ = (UniqueConstraint("panel_id", "number"),)
    panel_id: UUID = Field(foreign_key="panel.id", index=True)
    number: int
    text: str = Field(sa_type=Text)
    answer: str = Field(default="", max_length=32)
    answer_text: str = Field(default="", sa_type=Text)
    answered_by: UUID | None = Field(default=None, foreign_key="person.id")
    answered_at: datetime | None = None

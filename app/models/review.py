"""Preliminary review as data (A3.3): whom to ask, what is drafted and proposed, the consolidated sheet."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, Column, Numeric, Text, UniqueConstraint
from sqlmodel import Field

from app.core.clock import now
from app.models.base import Row


class AskingRule(Row, table=True):
    """Which unit is asked about which motions, from when to when. An empty condition holds for every motion."""

    __tablename__ = "asking_rule"
    __table_args__ = (CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="order"),)
    group_id: UUID = Field(foreign_key="leading_group.id", index=True)
    unit_id: UUID = Field(foreign_key="unit.id")
    category: str = Field(default="", max_length=16)
    tag: str = Field(default="", max_length=40)
    amount_from: Decimal | None = Field(default=None, sa_type=Numeric(16, 2))
    amount_to: Decimal | None = Field(default=None, sa_type=Numeric(16, 2))
    basis: str = Field(max_length=200)
    starts_on: date
    ends_on: date | None = None


class OpinionDraft(Row, table=True):
    """What is being written inside a unit before its head releases it; seen by `holder`, the unit, alone."""

    __tablename__ = "opinion_draft"
    opinion_id: UUID = Field(foreign_key="opinion.id", unique=True)
    holder: str = Field(max_length=100, index=True)
    position: str = Field(default="", max_length=32)
    text: str = Field(default="", sa_type=Text)
    amendments: list[Any] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    author_id: UUID = Field(foreign_key="person.id")
    saved_at: datetime = Field(default_factory=now)


class OpinionAmendment(Row, table=True):
    """A passage of the motion as a unit would have it, and what the office did with that."""

    __tablename__ = "opinion_amendment"
    __table_args__ = (UniqueConstraint("opinion_id", "number"),)
    opinion_id: UUID = Field(foreign_key="opinion.id", index=True)
    motion_id: UUID = Field(foreign_key="motion.id", index=True)
    number: int
    passage: str = Field(default="", sa_type=Text)
    wording: str = Field(default="", sa_type=Text)
    reason: str = Field(default="", sa_type=Text)
    outcome: str = Field(default="", max_length=16)
    outcome_reason: str = Field(default="", sa_type=Text)
    settled_by: UUID | None = Field(default=None, foreign_key="person.id")
    settled_at: datetime | None = None


class ReviewSheet(Row, table=True):
    """One version of the consolidated preliminary opinion: made from the answers, edited, released by the director."""

    __tablename__ = "review_sheet"
    __table_args__ = (UniqueConstraint("motion_id", "number"),)
    group_id: UUID = Field(foreign_key="leading_group.id")
    motion_id: UUID = Field(foreign_key="motion.id", index=True)
    number: int
    text: str = Field(sa_type=Text)
    positions: list[Any] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    answers_hash: str = Field(max_length=64)
    text_hash: str = Field(max_length=64)
    text_version_id: UUID | None = None
    stale: bool = False
    disclosure: str = Field(default="internal", max_length=16)
    made_by: UUID = Field(foreign_key="person.id")
    made_at: datetime = Field(default_factory=now)
    released_by: UUID | None = Field(default=None, foreign_key="person.id")
    released_at: datetime | None = None


class Requirement(Row, table=True):
    """One thing that a major administrative decision wants before it is discussed. Lifted, it stays on record."""

    __tablename__ = "requirement"
    motion_id: UUID = Field(foreign_key="motion.id", index=True)
    kind: str = Field(max_length=32)
    starts_on: date | None = None
    ends_on: date | None = None
    shorter_reason: str = Field(default="", max_length=500)
    reason_published_in: str = Field(default="", max_length=200)
    result: str = Field(default="", sa_type=Text)
    met_on: date | None = None
    met_by: UUID | None = Field(default=None, foreign_key="person.id")
    made_at: datetime = Field(default_factory=now)
    lifted_at: datetime | None = None

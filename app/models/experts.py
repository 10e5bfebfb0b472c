"""The expert pool of the installation (A3.7): who knows what, employed by whom, for which term, when away."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from app.core.clock import now
from app.models.base import Row


class Expert(Row, table=True):
    """A person of the pool. `fields` and `avoids` are lists written with 、; a term that has ended stays on record."""

    __tablename__ = "expert"
    __table_args__ = (CheckConstraint("ends_on >= starts_on", name="order"), UniqueConstraint("person_id"))
    person_id: UUID = Field(foreign_key="person.id")
    employer: str = Field(max_length=100)
    unit_id: UUID | None = Field(default=None, foreign_key="unit.id", index=True)
    title: str = Field(default="", max_length=60)
    fields: str = Field(max_length=400)
    avoids: str = Field(default="", max_length=800)
    starts_on: date
    ends_on: date = Field(index=True)
    created_at: datetime = Field(default_factory=now)


class ExpertAbsence(Row, table=True):
    """A period in which an expert cannot be called."""

    __tablename__ = "expert_absence"
    __table_args__ = (CheckConstraint("ends_on >= starts_on", name="order"),)
    expert_id: UUID = Field(foreign_key="expert.id", index=True)
    person_id: UUID = Field(foreign_key="person.id", index=True)
    starts_on: date
    ends_on: date
    note: str = Field(default="", max_length=200)

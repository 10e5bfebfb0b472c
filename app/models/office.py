"""The office's own: topics of its meetings, and the forms of meeting that its director added (B2.3, B2.4)."""

from datetime import date
from uuid import UUID

from sqlalchemy import JSON, Column, Text
from sqlmodel import Field

from app.models.base import Row, Stateful


class Topic(Stateful, table=True):
    """A matter that a department puts to an office meeting: of its remit, or handed to the office by a decision of
    the group. `decision_id` is no foreign key: decisions hang on agenda items, and these on topics."""

    __tablename__ = "topic"
    title: str = Field(max_length=200)
    body: str = Field(default="", sa_type=Text)
    department_id: UUID = Field(foreign_key="unit.id", index=True)
    subject: str = Field(default="", max_length=32)
    annexes: str = Field(default="", sa_type=Text)
    decision_id: UUID | None = None


class AddedForm(Row, table=True):
    """A form of office meeting that the director added. One that is no more used ends; its meetings keep it."""

    __tablename__ = "added_form"
    group_id: UUID = Field(foreign_key="leading_group.id", index=True)
    name: str = Field(max_length=60)
    name_en: str = Field(default="", max_length=60)
    organizers: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    calls: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    added_by: UUID = Field(foreign_key="person.id")
    ends_on: date | None = None

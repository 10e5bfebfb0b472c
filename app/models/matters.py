"""The nouns with a state up to the decision: motion, opinion, meeting, agenda item, attendance, statement, decision."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, Column, Numeric, Text, UniqueConstraint, false
from sqlmodel import Field

from app.core.clock import now
from app.models.base import Row, Stateful
from app.rules.agenda import ITEM_MINUTES


class Motion(Stateful, table=True):
    """A matter put up for deliberation. Amounts are in yuan."""

    __tablename__ = "motion"
    title: str = Field(max_length=200)
    body: str = Field(default="", sa_type=Text)
    category: str = Field(max_length=16)
    proposing_unit_id: UUID | None = Field(default=None, foreign_key="unit.id")
    project: str = Field(default="", max_length=200)
    year: int | None = None
    amount_asked: Decimal | None = Field(default=None, sa_type=Numeric(16, 2))
    amount_approved: Decimal | None = Field(default=None, sa_type=Numeric(16, 2))
    technical: bool = False
    major: bool = False
    tags: str = Field(default="", max_length=200)
    consolidated: str = Field(default="", sa_type=Text)
    annexes: str = Field(default="", sa_type=Text)
    follows_id: UUID | None = Field(default=None, foreign_key="motion.id")


class Opinion(Stateful, table=True):
    """What one unit, or a department of the office, is asked about one motion, and what it answered. `text_hash` is of
    the motion it judged (C16)."""

    __tablename__ = "opinion"
    __table_args__ = (UniqueConstraint("motion_id", "unit_id"),)
    motion_id: UUID = Field(foreign_key="motion.id", index=True)
    unit_id: UUID = Field(foreign_key="unit.id", index=True)
    of_office: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    due_on: date
    first_due_on: date
    mandatory: bool = False
    basis: str = Field(default="", max_length=200)
    extended: bool = False
    extension_to: date | None = None
    extension_reason: str = Field(default="", sa_type=Text)
    extension_outcome: str = Field(default="", max_length=16)
    stopped_on: date | None = None
    silence_counts: bool = False
    position: str = Field(default="", max_length=32)
    text: str = Field(default="", sa_type=Text)
    text_hash: str = Field(default="", max_length=64)
    text_version_id: UUID | None = None
    stale: bool = False
    answered_at: datetime | None = None
    response: str = Field(default="", sa_type=Text)


class EarlierOpinion(Row, table=True):
    """What a unit had said before it was asked again on a changed text (C16)."""

    __tablename__ = "earlier_opinion"
    opinion_id: UUID = Field(foreign_key="opinion.id", index=True)
    position: str = Field(max_length=32)
    text: str = Field(default="", sa_type=Text)
    text_hash: str = Field(max_length=64)
    text_version_id: UUID | None = None
    response: str = Field(default="", sa_type=Text)
    amendments: list[Any] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    due_on: date
    late: bool = False
    answered_at: datetime
    asked_again_at: datetime = Field(default_factory=now)


class Meeting(Stateful, table=True):
    """`form` is a row of app.rules.forms, or `added` with the form that the director added. It is numbered when it is
    opened: what was never held takes no number of its series."""

    __tablename__ = "meeting"
    __table_args__ = (UniqueConstraint("group_id", "series", "year", "number"),)
    title: str = Field(max_length=200)
    form: str = Field(max_length=32)
    added_form_id: UUID | None = Field(default=None, foreign_key="added_form.id")
    organizer_id: UUID | None = Field(default=None, foreign_key="unit.id")
    starts_at: datetime
    ends_at: datetime
    place: str = Field(max_length=100)
    presider_id: UUID = Field(foreign_key="person.id")
    noticed_starts_at: datetime | None = None
    sign_in_code: str = Field(default="", max_length=8)
    noticed_place: str = Field(default="", max_length=100)
    current_item_id: UUID | None = None
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    series: str = Field(default="", max_length=32)
    year: int | None = None
    number: int | None = None


class Item(Stateful, table=True):
    """One place on an agenda: a motion of the group, a topic of the office, or what `kind` says. Of a panel that sits
    at a joint meeting `motion_id` is the motion it judges.
    Papers delivered in time are a condition of opening (A3.4)."""

    __tablename__ = "item"
    __table_args__ = (
        UniqueConstraint("meeting_id", "motion_id"),
        UniqueConstraint("meeting_id", "topic_id"),
        CheckConstraint("motion_id IS NULL OR topic_id IS NULL", name="one_matter"),
    )
    meeting_id: UUID = Field(foreign_key="meeting.id", index=True)
    motion_id: UUID | None = Field(default=None, foreign_key="motion.id", index=True)
    topic_id: UUID | None = Field(default=None, foreign_key="topic.id", index=True)
    panel_id: UUID | None = Field(default=None, foreign_key="panel.id", index=True)
    kind: str = Field(default="matter", max_length=16)
    title: str = Field(default="", max_length=200)
    text: str = Field(default="", sa_type=Text)
    position: int
    minutes: int = ITEM_MINUTES
    expected_at: datetime | None = None
    rapporteur: str = Field(default="", max_length=100)
    under_id: UUID | None = Field(default=None, foreign_key="item.id")
    papers_delivered_at: datetime | None = None
    papers_waived: bool = False


class Observer(Row, table=True):
    """Somebody invited to observe: the whole meeting, or the one item (A2.3)."""

    __tablename__ = "observer"
    __table_args__ = (UniqueConstraint("meeting_id", "person_id", "item_id"),)
    meeting_id: UUID = Field(foreign_key="meeting.id", index=True)
    person_id: UUID = Field(foreign_key="person.id")
    item_id: UUID | None = Field(default=None, foreign_key="item.id")
    capacity: str = Field(max_length=16)


class Attendance(Stateful, table=True):
    """A unit, a department or a person called to a meeting; `capacity` says as what."""

    __tablename__ = "attendance"
    __table_args__ = (
        UniqueConstraint("meeting_id", "unit_id"),
        UniqueConstraint("meeting_id", "person_id"),
        CheckConstraint("(unit_id IS NULL) <> (person_id IS NULL)", name="one_called"),
    )
    meeting_id: UUID = Field(foreign_key="meeting.id", index=True)
    unit_id: UUID | None = Field(default=None, foreign_key="unit.id", index=True)
    person_id: UUID | None = Field(default=None, foreign_key="person.id", index=True)
    capacity: str = Field(max_length=16)
    answer_by: date
    leave_reason: str = Field(default="", max_length=500)
    substitute: str = Field(default="", max_length=100)
    substitute_post: str = Field(default="", max_length=60)
    signed_in_at: datetime | None = None
    late: bool = False
    left_at: datetime | None = None


class Recusal(Row, table=True):
    """Somebody who was called stands aside from one item (A4.4)."""

    __tablename__ = "recusal"
    __table_args__ = (UniqueConstraint("item_id", "attendance_id"),)
    item_id: UUID = Field(foreign_key="item.id", index=True)
    attendance_id: UUID = Field(foreign_key="attendance.id")
    reason: str = Field(default="", max_length=500)
    recorded_by: UUID = Field(foreign_key="person.id")
    recorded_at: datetime = Field(default_factory=now)


class Statement(Row, table=True):
    """What a unit said on an item, dissent word for word (A4.3, C17)."""

    __tablename__ = "statement"
    item_id: UUID = Field(foreign_key="item.id", index=True)
    unit_id: UUID = Field(foreign_key="unit.id")
    position: str = Field(max_length=32)
    text: str = Field(sa_type=Text)
    recorded_at: datetime = Field(default_factory=now)
    recorded_by: UUID = Field(foreign_key="person.id")


class Decision(Row, table=True):
    """What a meeting decided on one item (A4.3). It has no state of its own: it is made once and stays."""

    __tablename__ = "decision"
    __table_args__ = (UniqueConstraint("item_id"),)
    group_id: UUID = Field(foreign_key="leading_group.id", index=True)
    item_id: UUID = Field(foreign_key="item.id")
    meeting_id: UUID = Field(foreign_key="meeting.id", index=True)
    motion_id: UUID | None = Field(default=None, foreign_key="motion.id", index=True)
    kind: str = Field(max_length=32)
    text: str = Field(sa_type=Text)
    conditions: str = Field(default="", sa_type=Text)
    presider_reason: str = Field(default="", max_length=500)
    amount_approved: Decimal | None = Field(default=None, sa_type=Numeric(16, 2))
    disclosure: str = Field(default="internal", max_length=16)
    decided_at: datetime = Field(default_factory=now)

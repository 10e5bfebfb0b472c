"""What follows a decision: documents and their numbers, directives and their reports, publications."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import Index, Numeric, Text, UniqueConstraint, false
from sqlmodel import Field, SQLModel

from app.core.clock import now
from app.models.base import Row, Stateful


class Document(Stateful, table=True):
    """An official document. `content_hash` is of kind, title, addressee and body; signatures are bound to it (A3.5).
    `reports_results`: it reports the results of directives to the group (A3.6) and carries no decision.
    `draft_by`, until when it is drafted: minutes, and whatever came back to its drafter. Of minutes: `circuit`, by
    which way they go (B2.6); `claims_hash`, of the text whose claims the drafter confirmed (C17)."""

    __tablename__ = "document"
    kind: str = Field(max_length=16)
    title: str = Field(max_length=200)
    addressee: str = Field(default="", max_length=200)
    body: str = Field(sa_type=Text)
    annexes: str = Field(default="", sa_type=Text)
    content_hash: str = Field(max_length=64)
    meeting_id: UUID | None = Field(default=None, foreign_key="meeting.id", index=True)
    department_id: UUID | None = Field(default=None, foreign_key="unit.id")
    reports_results: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    circuit: str = Field(default="", max_length=16, sa_column_kwargs={"server_default": ""})
    draft_by: date | None = None
    claims_hash: str = Field(default="", max_length=64, sa_column_kwargs={"server_default": ""})
    number: str = Field(default="", max_length=64)
    dated_on: date | None = None
    issued_at: datetime | None = None


class DocumentDecision(SQLModel, table=True):
    __tablename__ = "document_decision"
    document_id: UUID = Field(foreign_key="document.id", primary_key=True)
    decision_id: UUID = Field(foreign_key="decision.id", primary_key=True)


class Correction(Row, table=True):
    """An editorial correction of a document in its circuit: it keeps the signatures, once a second reader has confirmed
    that it changes no substance, and stays on record with the hashes before and after (A3.5)."""

    __tablename__ = "correction"
    document_id: UUID = Field(foreign_key="document.id", index=True)
    title: str = Field(max_length=200)
    body: str = Field(sa_type=Text)
    before_hash: str = Field(max_length=64)
    after_hash: str = Field(default="", max_length=64)
    proposed_by: UUID = Field(foreign_key="person.id")
    proposed_at: datetime = Field(default_factory=now)
    confirmed_by: UUID | None = Field(default=None, foreign_key="person.id")
    confirmed_at: datetime | None = None
    dropped_at: datetime | None = None


class RegisterEntry(Row, table=True):
    """One running number of a series and year. Numbers have no gaps; a voided one stays with its reason (A3.5)."""

    __tablename__ = "register_entry"
    __table_args__ = (UniqueConstraint("group_id", "series", "year", "serial"),)
    group_id: UUID = Field(foreign_key="leading_group.id")
    series: str = Field(max_length=32)
    year: int
    serial: int
    document_id: UUID = Field(foreign_key="document.id", unique=True)
    registered_at: datetime = Field(default_factory=now)
    void_reason: str = Field(default="", max_length=200)
    voided_at: datetime | None = None


class Directive(Stateful, table=True):
    """A task laid on one lead unit and any number of cooperating units (A3.6, C19).

    `parent_id` and `depth`: a part of a split directive. `periods_from`: the day from which periodic reports are
    counted; `next_report_on`: the next one. `quiet_reports`: how often in a row nothing new was reported. `measure`: by
    what it is seen that the result is there."""

    __tablename__ = "directive"
    __table_args__ = (Index("ix_directive_next_report", "state", "next_report_on"),)
    decision_id: UUID | None = Field(default=None, foreign_key="decision.id", index=True)
    title: str = Field(max_length=200)
    result: str = Field(max_length=500)
    lead_unit_id: UUID = Field(foreign_key="unit.id", index=True)
    lead_is_office: bool = False
    issuer_id: UUID = Field(foreign_key="person.id")
    due_on: date | None = None
    period: str = Field(default="", max_length=16)
    standing: bool = False
    reporter_id: UUID | None = Field(default=None, foreign_key="person.id")
    extension_to: date | None = None
    closed_at: datetime | None = None
    parent_id: UUID | None = Field(default=None, foreign_key="directive.id", index=True)
    depth: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    evidence_required: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    project: str = Field(default="", max_length=200, sa_column_kwargs={"server_default": ""})
    amount: Decimal | None = Field(default=None, sa_type=Numeric(16, 2))
    periods_from: date | None = None
    next_report_on: date | None = None
    quiet_reports: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    measure: str = Field(default="", max_length=200, sa_column_kwargs={"server_default": ""})


class DirectiveUnit(SQLModel, table=True):
    """A cooperating unit: a member, an implementing unit that is none, or the office or one of its departments."""

    __tablename__ = "directive_unit"
    directive_id: UUID = Field(foreign_key="directive.id", primary_key=True)
    unit_id: UUID = Field(foreign_key="unit.id", primary_key=True)
    is_office: bool = Field(default=False, sa_column_kwargs={"server_default": false()})


class DirectiveQuestion(Row, table=True):
    """What a draft leaves open (C19): no result that can be checked, no date, a past date, units that nobody named.
    `about` are the words that left it open."""

    __tablename__ = "directive_question"
    __table_args__ = (UniqueConstraint("directive_id", "kind", "about"),)
    directive_id: UUID = Field(foreign_key="directive.id", index=True)
    kind: str = Field(max_length=16)
    about: str = Field(default="", max_length=200)
    asked_at: datetime = Field(default_factory=now)
    answer: str = Field(default="", max_length=1000)
    answered_by: UUID | None = Field(default=None, foreign_key="person.id")
    answered_at: datetime | None = None


class DirectiveSource(SQLModel, table=True):
    """The row of a spreadsheet that a directive came from: `key` tells which row, `content` what it said (C12)."""

    __tablename__ = "directive_source"
    directive_id: UUID = Field(foreign_key="directive.id", primary_key=True)
    key: str = Field(max_length=64, unique=True)
    content: str = Field(max_length=64)


class DirectiveExtension(Row, table=True):
    """More time that was asked for: the old date stays visible, also where the new one was refused (C3)."""

    __tablename__ = "directive_extension"
    directive_id: UUID = Field(foreign_key="directive.id", index=True)
    due_before: date
    due_asked: date
    reason: str = Field(default="", max_length=1000)
    asked_by: UUID = Field(foreign_key="person.id")
    asked_at: datetime = Field(default_factory=now)
    granted: bool | None = None
    answer: str = Field(default="", max_length=1000)
    answered_by: UUID | None = Field(default=None, foreign_key="person.id")
    answered_at: datetime | None = None


class Report(Row, table=True):
    """A progress or completion report. `due_on`: of a periodic one the date it answers."""

    __tablename__ = "report"
    directive_id: UUID = Field(foreign_key="directive.id", index=True)
    kind: str = Field(max_length=16)
    text: str = Field(sa_type=Text)
    evidence: str = Field(default="", max_length=500, sa_column_kwargs={"server_default": ""})
    nothing_new: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    due_on: date | None = None
    reporter_id: UUID = Field(foreign_key="person.id")
    reported_at: datetime = Field(default_factory=now)


class Publication(Stateful, table=True):
    """The public text, kept apart from the internal one (C10). Taken back, it leaves a tombstone. `due_on`: until when
    it is to be published; of what is withheld, when that is looked at again."""

    __tablename__ = "publication"
    motion_id: UUID = Field(foreign_key="motion.id", index=True)
    document_id: UUID = Field(foreign_key="document.id", unique=True)
    title: str = Field(max_length=200)
    text: str = Field(default="", sa_type=Text)
    content_hash: str = Field(default="", max_length=64)
    due_on: date
    ground: str = Field(default="", max_length=32)
    published_at: datetime | None = None

"""What the engine writes beside the matter itself: parts, signatures, tasks, reminders, outbox, inbox, trail."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, BigInteger, Column, Index, Integer, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from app.core.clock import now
from app.models.base import Row


class Part(Row, table=True):
    """A holder (person, office, unit) has part in a matter (A4.4); a restricted one counts listed parts only.

    One index answers "has he part in this?", the other "in what has he part, the newest first?", page by page.
    """

    __tablename__ = "part"
    __table_args__ = (
        UniqueConstraint("object_id", "holder"),
        Index("ix_part_seen", "holder", "noun", "in_force", "object_id"),
    )
    noun: str = Field(max_length=16)
    object_id: UUID
    holder: str = Field(max_length=100)
    in_force: bool = True
    clause: str = Field(max_length=8)
    since: datetime = Field(default_factory=now)


class Signature(Row, table=True):
    """A step that somebody took: his name, the date, his words, the hash of the text before him (A3.2, A3.5, C16)."""

    __tablename__ = "signature"
    __table_args__ = (Index("ix_signature_object", "object_id", "round"),)
    group_id: UUID = Field(foreign_key="leading_group.id")
    noun: str = Field(max_length=16)
    object_id: UUID
    round: int
    action: str = Field(max_length=32)
    signs: bool = True
    person_id: UUID = Field(foreign_key="person.id")
    role: str = Field(max_length=32)
    for_id: UUID | None = Field(default=None, foreign_key="person.id")
    for_role: str = Field(default="", max_length=32)
    entered_by: UUID | None = Field(default=None, foreign_key="person.id")
    opinion: str = Field(default="", sa_type=Text)
    content_hash: str = Field(default="", max_length=64)
    text_version_id: UUID | None = None
    stale: bool = False
    signed_at: datetime
    entered_at: datetime = Field(default_factory=now)
    voided_at: datetime | None = None
    objected_at: datetime | None = None
    objection: str = Field(default="", max_length=500)


class Task(Row, table=True):
    """One awaited reply (C1): `holder` owes it by the end of `due_on`. A new due date raises `due_version` (C2)."""

    __tablename__ = "task"
    __table_args__ = (
        Index("ix_task_open", "closed_at", "due_on"),
        Index("ix_task_object", "object_id", "closed_at"),
        Index("ix_task_owed", "holder", "closed_at", "id"),
    )
    group_id: UUID = Field(foreign_key="leading_group.id", index=True)
    noun: str = Field(max_length=16)
    object_id: UUID
    kind: str = Field(max_length=32)
    state: str = Field(max_length=32)
    audience: str = Field(max_length=40)
    holder: str = Field(max_length=100)
    clause: str = Field(max_length=8)
    due_on: date
    due_version: int = 1
    due_zh: str = Field(default="", max_length=200)
    due_en: str = Field(default="", max_length=200)
    provisional: bool = False
    opened_at: datetime = Field(default_factory=now)
    closed_at: datetime | None = None
    outcome: str = Field(default="", max_length=32)
    closed_by: UUID | None = Field(default=None, foreign_key="person.id")


class Reminder(Row, table=True):
    """A reminder of one task to one person (C2). A rung of the ladder fires once: the unique key makes each reminder
    exactly one, whatever crashes or doubles. One made by hand (`manual_on`, no rung) is one for each day.

    Holder and matter are the task's own: whoever owes it sees its reminders.
    """

    __tablename__ = "reminder"
    __table_args__ = (
        UniqueConstraint("task_id", "due_version", "rung", "recipient_id"),
        Index(
            "uq_reminder_manual", "task_id", "recipient_id", "manual_on", unique=True,
            postgresql_where=text("manual_on IS NOT NULL"), sqlite_where=text("manual_on IS NOT NULL"),
        ),
        Index("ix_reminder_fired", "fired_at"),
    )  # fmt: skip
    task_id: UUID = Field(foreign_key="task.id", index=True)
    object_id: UUID
    holder: str = Field(max_length=100)
    due_version: int
    rung: int | None = None
    recipient_id: UUID = Field(foreign_key="person.id")
    in_person: bool = False
    fired_at: datetime = Field(default_factory=now)
    manual_on: date | None = None
    by_id: UUID | None = Field(default=None, foreign_key="person.id")
    reason: str = Field(default="", max_length=500, sa_column_kwargs={"server_default": ""})


class Outbox(Row, table=True):
    """Something to tell one person by one channel, written with the act itself and delivered afterwards.
    `webhook_id`: by which of the group's addresses, where the channel is `webhook`."""

    __tablename__ = "outbox"
    __table_args__ = (Index("ix_outbox_open", "done_at", "dead_at", "due_at"),)
    dedupe: str = Field(max_length=200, unique=True)
    event: str = Field(max_length=64)
    channel: str = Field(max_length=16)
    webhook_id: UUID | None = Field(default=None, foreign_key="webhook.id")
    person_id: UUID = Field(foreign_key="person.id")
    group_id: UUID | None = Field(default=None, foreign_key="leading_group.id")
    noun: str = Field(default="", max_length=16)
    object_id: UUID | None = None
    payload: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    created_at: datetime = Field(default_factory=now)
    due_at: datetime = Field(default_factory=now)
    attempts: int = 0
    leased_until: datetime | None = None
    done_at: datetime | None = None
    dead_at: datetime | None = None
    error: str = Field(default="", max_length=300)


class Notification(Row, table=True):
    """A line in a person's inbox."""

    __tablename__ = "notification"
    dedupe: str = Field(max_length=200, unique=True)
    person_id: UUID = Field(foreign_key="person.id", index=True)
    event: str = Field(max_length=64)
    group_id: UUID | None = Field(default=None, foreign_key="leading_group.id")
    noun: str = Field(default="", max_length=16)
    object_id: UUID | None = None
    payload: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    created_at: datetime = Field(default_factory=now)
    read_at: datetime | None = None


class Trail(SQLModel, table=True):
    """The append-only history (C6): ids, actions, clauses and hashes, never titles or texts (C13)."""

    __tablename__ = "trail"
    seq: int | None = Field(
        default=None, sa_column=Column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    )
    at: datetime
    group_id: UUID | None = Field(default=None, foreign_key="leading_group.id")
    actor_id: UUID | None = None
    for_id: UUID | None = None
    entered_by: UUID | None = None
    noun: str = Field(max_length=32)
    object_id: UUID | None = Field(default=None, index=True)
    action: str = Field(max_length=32)
    version: int = 0
    from_state: str = Field(default="", max_length=32)
    to_state: str = Field(default="", max_length=32)
    clause: str = Field(max_length=8)
    origin: str = Field(default="", max_length=64)
    content_hash: str = Field(default="", max_length=64)
    previous: str = Field(max_length=64)
    hash: str = Field(max_length=64, unique=True)


class PolicyRule(Row, table=True):
    """One line of the policy in force; policies/policy.csv is its seed."""

    __tablename__ = "policy_rule"
    __table_args__ = (UniqueConstraint("kind", "role", "object", "action", "scope", "effect"),)
    kind: str = Field(max_length=2)
    role: str = Field(max_length=32)
    object: str = Field(default="", max_length=32)
    action: str = Field(default="", max_length=32)
    scope: str = Field(default="", max_length=32)
    effect: str = Field(default="", max_length=8)
    clause: str = Field(default="", max_length=8)


class PolicyVersion(SQLModel, table=True):
    """One row; raised with every change, so that every process sees that it must load again."""

    __tablename__ = "policy_version"
    id: int = Field(default=1, primary_key=True)
    version: int = 1


class CalendarDay(SQLModel, table=True):
    """A day that differs from its weekday: a holiday or a worked weekend (C14)."""

    __tablename__ = "calendar_day"
    day: date = Field(primary_key=True)
    working: bool
    name: str = Field(default="", max_length=40)


class JobRun(SQLModel, table=True):
    """When a job last ran, and with what result; what the administrator sees of the workers."""

    __tablename__ = "job_run"
    name: str = Field(max_length=64, primary_key=True)
    started_at: datetime
    finished_at: datetime | None = None
    result: str = Field(default="", max_length=300)
    failed: bool = False

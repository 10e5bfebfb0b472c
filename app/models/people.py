"""The installation's units, people and posts, held once for all groups."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, Column, UniqueConstraint
from sqlmodel import Field, SQLModel

from app.core.clock import now
from app.models.base import Row


class Installation(SQLModel, table=True):
    """One row. `demo` is set when the database is made and never afterwards."""

    __tablename__ = "installation"
    id: int = Field(default=1, primary_key=True)
    demo: bool = False
    created_at: datetime = Field(default_factory=now)


class Unit(Row, table=True):
    """A body, commission, bureau, department, district, park or company. Reforms end it and name a successor (C5)."""

    __tablename__ = "unit"
    name: str = Field(max_length=100, index=True)
    kind: str = Field(max_length=32)
    starts_on: date | None = None
    ends_on: date | None = None
    successor_id: UUID | None = Field(default=None, foreign_key="unit.id")


class Person(Row, table=True):
    __tablename__ = "person"
    name: str = Field(max_length=50, index=True)
    phone: str = Field(default="", max_length=20, index=True)
    mail: str = Field(default="", max_length=120, index=True)
    password_hash: str = Field(default="", max_length=200)
    active: bool = True
    created_at: datetime = Field(default_factory=now)


class Group(Row, table=True):
    """A leading group. `settings` overrides the defaults of app.rules.defaults and what else a group may set."""

    __tablename__ = "leading_group"
    code: str = Field(max_length=32, unique=True)
    name: str = Field(max_length=120)
    body_code: str = Field(default="", max_length=32)
    settings: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))


class Appointment(Row, table=True):
    """Who holds which role, of which unit, from when to when (C5). `in_charge_of` lists department ids."""

    __tablename__ = "appointment"
    __table_args__ = (CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="order"),)
    person_id: UUID = Field(foreign_key="person.id", index=True)
    group_id: UUID = Field(foreign_key="leading_group.id", index=True)
    unit_id: UUID | None = Field(default=None, foreign_key="unit.id", index=True)
    role: str = Field(max_length=32, index=True)
    post: str = Field(default="", max_length=60)
    starts_on: date
    ends_on: date | None = None
    in_charge_of: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))


class Administrator(SQLModel, table=True):
    """An administrator role of the installation. The key is the person: nobody can hold two (C13)."""

    __tablename__ = "administrator"
    __table_args__ = (CheckConstraint("role IN ('system_admin','security_admin','auditor')", name="role"),)
    person_id: UUID = Field(foreign_key="person.id", primary_key=True)
    role: str = Field(max_length=32)
    since: datetime = Field(default_factory=now)


class GroupUnit(SQLModel, table=True):
    """A unit's place in a group: member, observer by standing rule (A2.4), department or implementing unit. `remit`
    lists a department's subjects of work (B2.1); empty: those of the shipped department of its name."""

    __tablename__ = "group_unit"
    group_id: UUID = Field(foreign_key="leading_group.id", primary_key=True)
    unit_id: UUID = Field(foreign_key="unit.id", primary_key=True)
    kind: str = Field(max_length=32)
    standing_observer: bool = False
    remit: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False, server_default="[]"))


class Session(Row, table=True):
    """A sign-in on one device. Only the token's hash is kept."""

    __tablename__ = "session"
    person_id: UUID = Field(foreign_key="person.id", index=True)
    token_hash: str = Field(max_length=64, unique=True)
    device: str = Field(default="", max_length=100)
    created_at: datetime = Field(default_factory=now)
    expires_at: datetime
    revoked_at: datetime | None = None


class Invite(Row, table=True):
    """A one-time link with which a person sets a first password."""

    __tablename__ = "invite"
    person_id: UUID = Field(foreign_key="person.id", index=True)
    token_hash: str = Field(max_length=64, unique=True)
    expires_at: datetime
    used_at: datetime | None = None


class Delegation(Row, table=True):
    """A named power of an office-holder, lent to a named person for a time or for one matter (C4).

    `shown_at`: since when the delegate sees what waits for it, no sooner than it begins.
    """

    __tablename__ = "delegation"
    __table_args__ = (CheckConstraint("principal_id <> delegate_id", name="not_to_oneself"),)
    group_id: UUID = Field(foreign_key="leading_group.id", index=True)
    principal_id: UUID = Field(foreign_key="person.id")
    delegate_id: UUID = Field(foreign_key="person.id", index=True)
    role: str = Field(max_length=32)
    permission: str = Field(max_length=64)
    matter_id: UUID | None = None
    starts_at: datetime
    ends_at: datetime
    reason: str = Field(default="", max_length=200)
    withdrawn_at: datetime | None = None
    shown_at: datetime | None = None


class PaperAuthority(Row, table=True):
    """A signer's leave for a clerk to enter what he signed on paper (C20)."""

    __tablename__ = "paper_authority"
    __table_args__ = (UniqueConstraint("group_id", "principal_id", "clerk_id"),)
    group_id: UUID = Field(foreign_key="leading_group.id", index=True)
    principal_id: UUID = Field(foreign_key="person.id")
    clerk_id: UUID = Field(foreign_key="person.id", index=True)
    created_at: datetime = Field(default_factory=now)
    withdrawn_at: datetime | None = None

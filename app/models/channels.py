"""Channels outside the app (C9): a group's webhooks, what a person muted, his calendar feed, keys that sign addresses.

`WebhookSecret` and `SigningKey` have no row filter, and a table without one cannot be read by any door.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import JSON, Column, UniqueConstraint, false
from sqlmodel import Field, SQLModel

from app.core.clock import now
from app.models.base import Row


class Webhook(Row, table=True):
    """An address of a group's own chat or SMS gateway. `kinds`: the kinds of notice it gets; none: all of them.
    `phones`: whether the recipient's telephone number goes along."""

    __tablename__ = "webhook"
    group_id: UUID = Field(foreign_key="leading_group.id", index=True)
    name: str = Field(max_length=60)
    url: str = Field(max_length=500)
    kinds: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    phones: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    created_at: datetime = Field(default_factory=now)
    secret_since: datetime = Field(default_factory=now)
    ended_at: datetime | None = None


class WebhookSecret(Row, table=True):
    """What a webhook's deliveries are signed with; shown when it is made and never again. After a rotation the old one
    still signs until `ends_at`."""

    __tablename__ = "webhook_secret"
    webhook_id: UUID = Field(foreign_key="webhook.id", index=True)
    secret: str = Field(max_length=80)
    created_at: datetime = Field(default_factory=now)
    ends_at: datetime | None = None


class MutedNotice(Row, table=True):
    """A person does not want this kind of notice by this channel. What he never muted, he gets."""

    __tablename__ = "muted_notice"
    __table_args__ = (UniqueConstraint("person_id", "kind", "channel"),)
    person_id: UUID = Field(foreign_key="person.id")
    kind: str = Field(max_length=32)
    channel: str = Field(max_length=16)
    since: datetime = Field(default_factory=now)


class CalendarFeed(Row, table=True):
    """A person's private calendar. Only the hash of its address is kept; a new address ends the old one."""

    __tablename__ = "calendar_feed"
    person_id: UUID = Field(foreign_key="person.id", unique=True)
    secret_hash: str = Field(max_length=64, unique=True)
    since: datetime = Field(default_factory=now)


class SigningKey(SQLModel, table=True):
    """The installation's own key for one purpose, made when it is first needed."""

    __tablename__ = "signing_key"
    purpose: str = Field(max_length=32, primary_key=True)
    key: str = Field(max_length=64)

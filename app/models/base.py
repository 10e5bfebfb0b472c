"""What every table has in common."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import MetaData
from sqlalchemy.orm import declared_attr
from sqlmodel import Field, SQLModel

from app.core.clock import now
from app.core.ids import new_id

SQLModel.metadata.naming_convention = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
).naming_convention


class Row(SQLModel):
    """A row with a time-ordered key."""

    id: UUID = Field(default_factory=new_id, primary_key=True)


class Stateful(Row):
    """A row with a state that only the engine moves. Two clicks at once: the second meets a stale version (C6)."""

    group_id: UUID = Field(foreign_key="leading_group.id", index=True)
    state: str = Field(max_length=32, index=True)
    state_since: datetime = Field(default_factory=now)
    version: int = Field(default=1)
    round: int = Field(default=1)
    disclosure: str = Field(default="internal", max_length=16)
    drafter_id: UUID | None = Field(default=None, foreign_key="person.id")
    created_at: datetime = Field(default_factory=now)

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, Any]:
        table = getattr(cls, "__table__", None)
        return {} if table is None else {"version_id_col": table.c.version}

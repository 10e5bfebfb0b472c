"""Preliminary review as data (A3.3): the rules of whom to ask."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, Numeric
from sqlmodel import Field

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

"""The expert pool: by field, by term (A3.7)."""

from datetime import date

from sqlalchemy import ColumnElement, literal
from sqlmodel import col

from app.core.lists import MARK
from app.models.experts import Expert


def has_field(name: str) -> ColumnElement[bool]:
    """Experts with exactly this field among theirs."""
    listed = literal(MARK).concat(col(Expert.fields)).concat(MARK)
    return listed.contains(f"{MARK}{name.strip()}{MARK}", autoescape=True)


def in_term(day: date) -> ColumnElement[bool]:
    return (col(Expert.starts_on) <= day) & (col(Expert.ends_on) >= day)

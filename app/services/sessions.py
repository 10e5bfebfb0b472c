"""A meeting's opening: it takes its number of its form's series (A1.1, B2.3)."""

import secrets
from typing import Any

from sqlalchemy import func, select
from sqlmodel import col

from app.core.clock import local_day
from app.models.matters import Meeting
from app.queries.subjects import Subject
from app.services.work import Work


async def opening(work: Work, meeting: Subject) -> dict[str, Any]:
    """The columns that opening sets. The number is the next of group, series and year; of two meetings opened at the
    same moment the second meets the first one's number and is told so."""
    row, year = meeting.row, local_day(work.now).year
    query = select(func.max(col(Meeting.number))).where(
        col(Meeting.group_id) == row.group_id, col(Meeting.series) == row.series, col(Meeting.year) == year
    )
    number = (await work.session.scalar(query) or 0) + 1
    code = f"{secrets.randbelow(1_000_000):06d}"
    return {"opened_at": work.now, "year": year, "number": number, "sign_in_code": code}

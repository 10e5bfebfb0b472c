"""Which form a meeting has: a shipped row, or one that the director added (A1.1, B2.3)."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.models.matters import Meeting
from app.models.office import AddedForm
from app.rules.forms import FORMS, MeetingForm, added_form


def as_form(row: AddedForm) -> MeetingForm:
    return added_form(row.name, row.name_en, tuple(row.calls), tuple(row.organizers), row.id.hex)


def form_of(meeting: Meeting, added: AddedForm | None) -> MeetingForm:
    return as_form(added) if added else FORMS[meeting.form]


async def added_forms(session: AsyncSession, group_id: UUID, day: date) -> Sequence[AddedForm]:
    """The forms that can be used in this group on a day, oldest first."""
    lasts = or_(col(AddedForm.ends_on).is_(None), col(AddedForm.ends_on) >= day)
    query = select(AddedForm).where(col(AddedForm.group_id) == group_id, lasts)
    return (await session.scalars(query.order_by(col(AddedForm.id)))).all()

"""Signing in at the door (A4.1): the picture in the hall leads to a page with the number already in it."""

from sqlmodel import col
from starlette.responses import Response

from app.adapters.qr import picture
from app.admin.ask import Ask
from app.admin.door import Page
from app.admin.html import finish, show
from app.admin.matters import shows_code, the_one
from app.admin.titles import unit_names
from app.core.refusals import NotFound
from app.models.matters import Attendance, Meeting
from app.queries.called import called_by
from app.queries.visibility import visible_to


async def code_picture(ask: Ask) -> Response:
    row: Meeting = await the_one(ask, Meeting)
    if not row.sign_in_code or not shows_code(ask, row):
        raise NotFound()
    address = f"{ask.site.settings.base_url}/admin/meetings/{row.id}/check-in/{row.sign_in_code}"
    return finish(ask, Response(picture(address), media_type="image/svg+xml"))


async def check_in(ask: Ask) -> Response:
    """The asker's own places in this meeting. Whether the number is right is said by the act itself."""
    row: Meeting = await the_one(ask, Meeting)
    query = visible_to(ask.view, Attendance).where(col(Attendance.meeting_id) == row.id, called_by(ask.actor))
    seats = (await ask.session.scalars(query.order_by(col(Attendance.id)))).all()
    ask.saw([row])
    return show(
        ask, "admin/check_in.html", meeting=row, seats=seats, code=str(ask.request.path_params["code"])[:8],
        units=await unit_names(ask, [seat.unit_id for seat in seats]),
    )  # fmt: skip


PAGES = (
    Page("/meetings/{id}/sign-in.svg", code_picture),
    Page("/meetings/{id}/check-in/{code}", check_in),
)

"""The leader's sheet (领导阅签单): one page for paper and phone (A3.4)."""

from starlette.responses import Response

from app.admin.ask import Ask
from app.admin.door import Page
from app.admin.html import show
from app.core.refusals import NotFound
from app.queries.leader_sheet import leader_sheet


async def sheet(ask: Ask) -> Response:
    made = await leader_sheet(ask.session, ask.view, ask.path_id())
    if made is None:
        raise NotFound()
    ask.saw([made.motion])
    return show(ask, "admin/leader_sheet.html", sheet=made, motion=made.motion)


PAGES = (Page("/motions/{id}/sheet", sheet),)

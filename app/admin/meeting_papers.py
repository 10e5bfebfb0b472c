"""The page on which the papers of a meeting are read and signed for (A4.2)."""

from starlette.responses import Response

from app.admin.ask import Ask
from app.admin.door import Page
from app.admin.html import go, show
from app.admin.matters import the_one
from app.models.matters import Meeting
from app.queries.meeting_papers import outstanding, papers_to_read
from app.rules.attachments import NAMES
from app.services import papers


async def page(ask: Ask) -> Response:
    meeting = await the_one(ask, Meeting)
    readings = await papers_to_read(ask.session, ask.view, meeting)
    ask.saw([meeting], [each.item for each in readings])
    seen = await outstanding(ask.session, ask.view, meeting) if "part" in ask.view.scopes("paper_receipt") else []
    names = {key: ask.say(*name) for key, name in NAMES.items()}
    return show(ask, "admin/meeting_papers.html", meeting=meeting, readings=readings, outstanding=seen, purposes=names)


async def read(ask: Ask) -> Response:
    key = ask.path_id()
    async with ask.begin() as work:
        await papers.read_papers(work, ask.actor, key, ask.form.uuids("item_id"))
    return go(ask, f"/admin/meetings/{key}/papers")


PAGES = (Page("/meetings/{id}/papers", page), Page("/meetings/{id}/papers", read, "POST"))

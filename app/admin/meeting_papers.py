"""The page on which the papers of a meeting are read and signed for (A4.2)."""

from functools import partial

from starlette.responses import Response

from app.admin.ask import Ask
from app.admin.door import Page
from app.admin.fields import PAPER
from app.admin.html import go, show
from app.admin.matters import the_one
from app.admin.paper_buttons import paper_of, signers_for
from app.models.matters import Meeting
from app.queries.meeting_papers import holders_owing, outstanding, papers_to_read
from app.rules.attachments import NAMES
from app.rules.paper import READING
from app.services import papers
from app.services.from_paper import enter


async def page(ask: Ask) -> Response:
    meeting = await the_one(ask, Meeting)
    readings = await papers_to_read(ask.session, ask.view, meeting)
    ask.saw([meeting], [each.item for each in readings])
    seen = await outstanding(ask.session, ask.view, meeting) if "part" in ask.view.scopes("paper_receipt") else []
    names = {key: ask.say(*name) for key, name in NAMES.items()}
    signers = await _signers(ask, meeting)
    return show(
        ask, "admin/meeting_papers.html", meeting=meeting, readings=readings, outstanding=seen, purposes=names,
        signers={"signers": signers}, paper=PAPER if signers else (),
    )  # fmt: skip


async def _signers(ask: Ask, meeting: Meeting) -> list[tuple[str, str]]:
    """For whom the asker can enter a receipt from paper: who has authorised him and has not read everything (C20)."""
    actors = await signers_for(ask, meeting.group_id)
    owing = await holders_owing(ask.session, meeting.id) if actors else set()
    return [(str(actor.person_id), actor.name) for actor in actors if actor.holders & owing]


async def read(ask: Ask) -> Response:
    key, paper, items = ask.path_id(), paper_of(ask.form), ask.form.uuids("item_id")
    async with ask.begin() as work:
        if paper is None:
            await papers.read_papers(work, ask.actor, key, items)
        else:
            given = partial(papers.read_papers, work, meeting_id=key, item_ids=items)
            await enter(work, ask.actor, "meeting", key, READING.action, paper, given)
    return go(ask, f"/admin/meetings/{key}/papers")


PAGES = (Page("/meetings/{id}/papers", page), Page("/meetings/{id}/papers", read, "POST"))

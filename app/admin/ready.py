"""The store of ready motions and topics, and a meeting proposed from it (A2.1)."""

from sqlmodel import col
from starlette.responses import Response

from app.admin.ask import Ask, forbidden
from app.admin.door import Page
from app.admin.drafts import DRAFTS, draft_choices, groups_for, meeting_draft
from app.admin.html import go, show
from app.admin.menu import is_handler
from app.models.office import Topic
from app.queries.ready import ready_motions
from app.queries.visibility import visible_to
from app.rules.categories import CATEGORIES
from app.services import proposals


async def ready(ask: Ask) -> Response:
    if not is_handler(ask):
        raise forbidden("A2.1")
    motions = await ready_motions(ask.session, ask.view)
    ask.saw([each.motion for each in motions])
    topics = visible_to(ask.view, Topic).where(col(Topic.state) == "approved").order_by(col(Topic.state_since))
    groups = groups_for(ask, "meeting:draft")
    return show(
        ask, "admin/ready.html", motions=motions, topics=(await ask.session.scalars(topics)).all(),
        categories=CATEGORIES, fields=DRAFTS["meetings"].fields if groups else (),
        choices=await draft_choices(ask, groups) if groups else {},
    )  # fmt: skip


async def propose(ask: Ask) -> Response:
    async with ask.begin() as work:
        row = await proposals.propose_meeting(work, ask.actor, ask.form.uuid("group_id"), meeting_draft(ask.form))
    return go(ask, f"/admin/meetings/{row.id}")


PAGES = (Page("/ready", ready), Page("/ready", propose, "POST"))

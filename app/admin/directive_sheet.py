"""Several directives at once from one decision: a block of fields each; empty blocks are left out (A3.6)."""

from dataclasses import replace
from uuid import UUID

from starlette.responses import Response

from app.admin.ask import Ask, forbidden
from app.admin.choices import named, units_of
from app.admin.directive_payloads import DRAFT_FIELDS, draft_of
from app.admin.door import Page
from app.admin.drafts import groups_for
from app.admin.forms import as_uuid
from app.admin.html import go, show
from app.core.labels import PERIODS
from app.core.refusals import NotFound
from app.models.matters import Decision
from app.queries.visibility import visible_to
from app.services import directives

BLOCKS = 6


async def _decision(ask: Ask, written: str) -> Decision:
    key: UUID = as_uuid("decision_id", written)
    row: Decision | None = await ask.session.scalar(visible_to(ask.view, Decision).where(Decision.id == key))  # type: ignore[arg-type]
    if row is None:
        raise NotFound()
    if row.group_id not in groups_for(ask, "directive:draft"):
        raise forbidden("B1.5")
    return row


async def form(ask: Ask) -> Response:
    decision = await _decision(ask, ask.request.query_params.get("decision_id", ""))
    blocks = [
        [replace(each, name=f"{number}_{each.name}", needed=False) for each in DRAFT_FIELDS]
        for number in range(1, BLOCKS + 1)
    ]
    choices = {
        "units": await units_of(ask, decision.group_id),
        "periods": named(ask, {key: names for key, names in PERIODS.items() if key}),
    }
    return show(ask, "admin/matter/several.html", decision_row=decision, blocks=blocks, choices=choices)


async def start(ask: Ask) -> Response:
    decision = await _decision(ask, ask.form.text("decision_id"))
    filled = [number for number in range(1, BLOCKS + 1) if ask.form.text(f"{number}_title")]
    drafts = [draft_of(ask.form, prefix=f"{number}_") for number in filled]
    async with ask.begin() as work:
        await directives.draft_directives(work, ask.actor, decision.group_id, decision.id, drafts)
    return go(ask, f"/admin/motions/{decision.motion_id}")


PAGES = (Page("/directives/several", form), Page("/directives/several", start, "POST"))

"""The one address of all acts: the same services, and so the same outcome, as the API (DESIGN 2)."""

from typing import Any

from starlette.responses import Response

from app.admin import words
from app.admin.ask import Ask, local_path
from app.admin.door import Page
from app.admin.html import go
from app.admin.paper_buttons import paper_of
from app.admin.payloads import PAYLOADS
from app.core.refusals import NotFound
from app.queries.subjects import MODELS
from app.rules.roles import Actor
from app.services import acts, delegations, entries
from app.services.from_paper import enter


async def act(ask: Ask) -> Response:
    noun, action = str(ask.request.path_params["noun"]), str(ask.request.path_params["action"])
    object_id, form = ask.path_id(), ask.form
    if noun not in MODELS:
        raise NotFound()
    payload, paper = PAYLOADS.get((noun, action)), paper_of(ask.form)
    async with ask.begin() as work:

        async def taken_by(actor: Actor) -> Any:
            if payload is not None:
                return await payload.run(work, actor, object_id, form)
            return await acts.act(work, actor, noun, object_id, action, form.text("reason"), form.text("opinion"))

        if paper is None:
            await taken_by(ask.actor)
        else:
            await enter(work, ask.actor, noun, object_id, action, paper, taken_by)
    back = local_path(form.text("back"), words.link(noun, object_id)).partition("?")[0]
    return go(ask, f"{back}?done={noun}.{action}")


async def object_to(ask: Ask) -> Response:
    """The signer says that what was entered for him from paper is not so (C20)."""
    async with ask.begin() as work:
        row = await delegations.object_to(work, ask.actor, ask.path_id(), ask.form.text("objection"))
    return go(ask, local_path(ask.form.text("back"), words.link(row.noun, row.object_id)))


async def withdraw_objection(ask: Ask) -> Response:
    async with ask.begin() as work:
        row = await delegations.withdraw_objection(work, ask.actor, ask.path_id())
    return go(ask, local_path(ask.form.text("back"), words.link(row.noun, row.object_id)))


async def void_entry(ask: Ask) -> Response:
    """The office director voids an entry to which its signer objects (C20)."""
    async with ask.begin() as work:
        row = await entries.void_entry(work, ask.actor, ask.path_id(), ask.form.text("reason"))
    return go(ask, local_path(ask.form.text("back"), words.link(row.noun, row.object_id)))


PAGES = (
    Page("/act/{noun}/{id}/{action}", act, "POST"),
    Page("/signatures/{id}/object", object_to, "POST"),
    Page("/signatures/{id}/void", void_entry, "POST"),
    Page("/signatures/{id}/withdraw-objection", withdraw_objection, "POST"),
)

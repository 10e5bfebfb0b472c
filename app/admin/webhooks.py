"""A group's webhooks, for the system administrator (C9, C13). A secret stands on the answer that made it, once."""

from datetime import timedelta

from sqlmodel import col
from starlette.responses import Response

from app.admin.ask import Ask
from app.admin.door import Page
from app.admin.html import go, show
from app.core.refusals import invalid
from app.models.channels import Webhook
from app.models.people import Group
from app.queries.visibility import visible_to
from app.rules.notices import KINDS
from app.services import webhooks as services
from app.services.webhooks import MOST_OVERLAP_HOURS, OVERLAP, WebhookDraft


async def _page(ask: Ask, secret: str = "", name: str = "") -> Response:
    rows = (await ask.session.scalars(visible_to(ask.view, Webhook).order_by(col(Webhook.id)))).all()
    groups = (await ask.session.scalars(visible_to(ask.view, Group).order_by(col(Group.name)))).all()
    return show(
        ask, "admin/webhooks.html", rows=rows, groups=groups, kinds=KINDS, secret=secret, secret_of=name,
        overlap=int(OVERLAP.total_seconds() // 3600), most=MOST_OVERLAP_HOURS,
        internal=ask.site.settings.internal_hosts,
    )  # fmt: skip


async def webhooks(ask: Ask) -> Response:
    ask.must_see_all("webhook", "C9")
    return await _page(ask)


def _draft(ask: Ask) -> WebhookDraft:
    form = ask.form
    return WebhookDraft(
        form.text("name"), form.text("url"), form.texts("kinds"), form.checked("phones"),
        ask.site.settings.internal_hosts,
    )  # fmt: skip


async def add(ask: Ask) -> Response:
    async with ask.begin() as work:
        row, secret = await services.add_webhook(work, ask.actor, ask.form.uuid("group_id"), _draft(ask))
    return await _page(ask, secret, row.name)


async def edit(ask: Ask) -> Response:
    async with ask.begin() as work:
        await services.edit_webhook(work, ask.actor, ask.path_id(), _draft(ask))
    return go(ask, "/admin/webhooks")


async def rotate(ask: Ask) -> Response:
    hours = ask.form.text("hours")
    if not hours.isascii() or not hours.isdecimal() or len(hours) > 4:
        raise invalid("hours", "请填写重叠的小时数。", "Give the hours of overlap.", "C9")
    async with ask.begin() as work:
        row, secret = await services.rotate_secret(work, ask.actor, ask.path_id(), timedelta(hours=int(hours)))
    return await _page(ask, secret, row.name)


async def end(ask: Ask) -> Response:
    async with ask.begin() as work:
        await services.end_webhook(work, ask.actor, ask.path_id())
    return go(ask, "/admin/webhooks")


PAGES = (
    Page("/webhooks", webhooks),
    Page("/webhooks", add, "POST"),
    Page("/webhooks/{id}", edit, "POST"),
    Page("/webhooks/{id}/rotate", rotate, "POST"),
    Page("/webhooks/{id}/end", end, "POST"),
)

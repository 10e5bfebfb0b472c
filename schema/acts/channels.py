"""Channels outside the app (C9): a group's webhooks, dead letters sent again, what a person wants to hear."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import strawberry

from app.core.refusals import Refused
from app.core.settings import get_settings
from app.models.channels import Webhook
from app.models.people import Person
from app.models.records import Outbox
from app.rules.roles import Actor
from app.services import calendar_feeds, dead_letters, preferences, webhooks
from app.services.calendar_feeds import address_of
from app.services.webhooks import OVERLAP, WebhookDraft
from app.services.work import Work
from schema.acting import Act, mutation
from schema.acts.accounts import field_of
from schema.context import Info
from schema.declare import ref
from schema.enums import NoticeKind
from schema.ids import need
from schema.payloads import REFUSALS, answer, union


@strawberry.input(description="A webhook to be.")
class AddWebhookInput:
    group_id: strawberry.ID = strawberry.field(description="The leading group.")
    name: str = strawberry.field(description="What it is called.")
    url: str = strawberry.field(description="Where deliveries are posted: https, or a host that the operator listed.")
    kinds: list[NoticeKind] = strawberry.field(default_factory=list, description="The kinds that go there; none: all.")
    phones: bool = strawberry.field(default=False, description="Whether the recipient's telephone number goes along.")


@strawberry.input(description="A webhook as it is to be; its secret stays.")
class EditWebhookInput(Act):
    id: strawberry.ID = strawberry.field(description="The webhook.")
    name: str = strawberry.field(description="What it is called.")
    url: str = strawberry.field(description="Where deliveries are posted.")
    kinds: list[NoticeKind] = strawberry.field(default_factory=list, description="The kinds that go there; none: all.")
    phones: bool = strawberry.field(default=False, description="Whether the recipient's telephone number goes along.")


@strawberry.input(description="A webhook whose secret is to change.")
class RotateWebhookSecretInput:
    id: strawberry.ID = strawberry.field(description="The webhook.")
    overlap_hours: int = strawberry.field(
        default=int(OVERLAP.total_seconds() // 3600), description="For how many hours the old secret signs as well."
    )


@strawberry.input(description="A webhook.")
class EndWebhookInput(Act):
    id: strawberry.ID = strawberry.field(description="The webhook.")


@strawberry.input(description="A message that was given up.")
class SendAgainInput(Act):
    id: strawberry.ID = strawberry.field(description="The delivery.")


@strawberry.input(description="What one wants to hear outside the app.")
class SetNoticePreferenceInput(Act):
    kind: NoticeKind = strawberry.field(description="The kind of notice.")
    mail: bool = strawberry.field(description="Whether it comes by mail.")
    webhook: bool = strawberry.field(description="Whether it goes to the group's webhooks.")


@strawberry.input(description="One's own calendar.")
class RevokeCalendarInput(Act):
    pass


@strawberry.type(description="A webhook and its secret, which is told this once.")
class WebhookSecret:
    webhook: ref("Webhook") = strawberry.field(description="The webhook.")  # type: ignore[valid-type]
    secret: str = strawberry.field(description="What its deliveries are signed with; it is never shown again.")


@strawberry.type(description="The secret address of one's own calendar, told this once.")
class CalendarAddress:
    address: str = strawberry.field(description="For a calendar program to subscribe to; it is never shown again.")


CALENDAR = union("CalendarAddressPayload", (CalendarAddress, *REFUSALS), "The calendar's address, or why not.")
SECRET = union("WebhookSecretPayload", (WebhookSecret, *REFUSALS), "The webhook with its secret, or why not.")
Told = Callable[[Work, Actor], Awaitable[tuple[Webhook, str]]]


async def _told(info: Info, act: Told) -> Any:
    async with info.context.works.begin() as work:
        row, secret = await act(work, await info.context.actor_in(work.session))
        key = row.id
    info.context.forget()
    async with info.context.db.read() as session:
        found = await session.get(Webhook, key)
    return WebhookSecret(webhook=found, secret=secret)


def _draft(given: AddWebhookInput | EditWebhookInput) -> WebhookDraft:
    kinds = [kind.value for kind in given.kinds]
    return WebhookDraft(given.name, given.url, kinds, given.phones, get_settings().internal_hosts)


async def add_webhook(info: Info, given: Any) -> Any:
    async def act(work: Work, actor: Actor) -> tuple[Webhook, str]:
        return await webhooks.add_webhook(work, actor, need("Group", given.group_id), _draft(given))

    return await _told(info, act)


async def rotate_webhook_secret(info: Info, given: Any) -> Any:
    async def act(work: Work, actor: Actor) -> tuple[Webhook, str]:
        overlap = timedelta(hours=given.overlap_hours)
        return await webhooks.rotate_secret(work, actor, need("Webhook", given.id), overlap)

    return await _told(info, act)


async def renew_calendar(info: Info) -> Any:
    try:
        async with info.context.works.begin() as work:
            secret = await calendar_feeds.renew_feed(work, await info.context.actor_in(work.session))
    except Refused as refused:
        return answer(info.context, refused)
    return CalendarAddress(address=address_of(get_settings().base_url, secret))


@mutation(Person, "撤销日历地址: one's own calendar's address finds nothing more (C9).")
async def revoke_calendar(work: Work, actor: Actor, given: RevokeCalendarInput) -> Any:
    return await calendar_feeds.revoke_feed(work, actor)


@mutation(Webhook, "修改接收地址: another name, address or choice of kinds; the secret stays (C9).")
async def edit_webhook(work: Work, actor: Actor, given: EditWebhookInput) -> Any:
    return await webhooks.edit_webhook(work, actor, need("Webhook", given.id), _draft(given))


@mutation(Webhook, "停用接收地址: nothing more goes there, and its secrets are taken out (C9).")
async def end_webhook(work: Work, actor: Actor, given: EndWebhookInput) -> Any:
    return await webhooks.end_webhook(work, actor, need("Webhook", given.id))


@mutation(Outbox, "再次发送: put a message that was given up back into the queue (C13).")
async def send_again(work: Work, actor: Actor, given: SendAgainInput) -> Any:
    return await dead_letters.send_again(work, actor, need("Delivery", given.id))


@mutation(Person, "通知设置: what reaches oneself outside the app, kind by kind (C9).")
async def set_notice_preference(work: Work, actor: Actor, given: SetNoticePreferenceInput) -> Any:
    return await preferences.set_preference(work, actor, given.kind.value, given.mail, given.webhook)


FIELDS: dict[str, Any] = {
    "renew_calendar": field_of(renew_calendar, "更换日历地址: a secret address for one's own calendar (C9).", CALENDAR),
    "add_webhook": field_of(add_webhook, "增加接收地址: a webhook, and its secret (C9).", SECRET, AddWebhookInput),
    "rotate_webhook_secret": field_of(
        rotate_webhook_secret, "更换密钥: a new secret, the old one signing beside it for a while (C9).", SECRET,
        RotateWebhookSecretInput,
    ),
}  # fmt: skip

"""Signed webhooks of a group: what goes out, to whom, how often, and what the administrator sees (C9, C13)."""

from contextlib import aclosing
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.adapters.webhook import Sender, signature
from app.core.refusals import Invalid
from app.models.channels import WebhookSecret
from app.models.people import Group, Person
from app.models.records import Outbox
from app.services import dead_letters, outbox, webhooks
from app.services.hooks import ENDED, deliver_webhooks
from app.services.webhooks import WebhookDraft
from tests.support.city import City, build
from tests.support.hooks import HookSink
from tests.support.refusal import refused

pytestmark = pytest.mark.clause("C9")
LINK = "https://yishi.example.cn/"


@pytest.fixture
async def city(db, clock) -> City:
    return await build(db)


def draft(hooks: HookSink, **changes) -> WebhookDraft:
    return WebhookDraft(**{"name": "短信网关", "url": hooks.url, "internal": (hooks.host,), **changes})


async def added(city: City, hooks: HookSink, **changes):
    return await city.do("sysadmin", webhooks.add_webhook, city.group, draft(hooks, **changes))


async def deliver(city: City, hooks: HookSink) -> int:
    async with aclosing(Sender([hooks.host])) as sender:
        return await deliver_webhooks(city.db, sender, LINK)


async def lines(city: City) -> list[Outbox]:
    async with city.db.read() as session:
        query = select(Outbox).where(Outbox.channel == "webhook").order_by(Outbox.id)
        return list((await session.scalars(query)).all())


def signed_by(secret: str, taken) -> bool:
    sent = (taken.headers["webhook-id"], int(taken.headers["webhook-timestamp"]), taken.body)
    return signature(secret, *sent) in taken.headers["webhook-signature"].split()


async def test_a_delivery_carries_kind_number_due_date_and_link_signed_and_no_title(city, hooks) -> None:
    _, secret = await added(city, hooks)
    motion = await city.motion("submitted")
    assert await deliver(city, hooks) == 1 and await deliver(city, hooks) == 0
    (taken,) = hooks.taken
    body = taken.json
    assert signed_by(secret, taken) and not signed_by("whsec_" + "A" * 44, taken)
    assert body["id"] == taken.headers["webhook-id"] and body["link"] == LINK
    assert body["recipient"] == {"id": str(city.people["director"]), "name": "主任戊"}
    (entry,) = body["entries"]
    assert (entry["kind"], entry["number"], entry["dueOn"]) == ("议题", str(motion.id)[-8:].upper(), "2026-03-05")
    assert motion.title not in taken.body.decode() and entry["link"] == f"{LINK}admin/at/motion/{motion.id}"


@pytest.mark.clause("A4.4")
async def test_of_a_restricted_matter_only_that_a_task_waits_and_titles_by_setting(city, hooks) -> None:
    await added(city, hooks)
    async with city.db.write() as session:
        group = await session.get(Group, city.group)
        group.settings = {**group.settings, "mail_titles": True}
    secret = await city.motion("submitted", disclosure="restricted")
    assert await deliver(city, hooks) == 1
    (entry,) = hooks.taken[0].json["entries"]
    assert entry == {"id": entry["id"], "text": "有一项待办"} and secret.title not in hooks.taken[0].body.decode()
    motion = await city.motion("submitted")
    await deliver(city, hooks)
    assert hooks.taken[1].json["entries"][0]["title"] == motion.title


async def test_phones_go_along_only_where_the_webhook_says_so_and_kinds_choose(city, hooks) -> None:
    async with city.db.write() as session:
        (await session.get(Person, city.people["director"])).phone = "14000000001"
    await added(city, hooks, kinds=("reply",), phones=True)
    await added(city, hooks, name="公文", kinds=("document",))
    await city.motion("submitted")
    assert await deliver(city, hooks) == 1
    assert hooks.taken[0].json["recipient"]["phone"] == "14000000001"


@pytest.mark.clause("C2")
async def test_what_waits_for_one_person_goes_in_one_delivery(city, hooks) -> None:
    await added(city, hooks)
    for number in range(3):
        await city.motion("submitted", title=f"议题{number}")
    assert await deliver(city, hooks) == 1
    body = hooks.taken[0].json
    assert len({entry["id"] for entry in body["entries"]}) == 3 and "3项" in body["text"]


async def test_a_failed_delivery_comes_again_under_the_same_id_until_an_administrator_sees_it(
    city, hooks, clock
) -> None:
    await added(city, hooks)
    await city.motion("submitted")
    hooks.status = 500
    for attempt in range(1, outbox.ATTEMPTS + 1):
        assert await deliver(city, hooks) == 0 and await deliver(city, hooks) == 0
        assert len(hooks.taken) == attempt
        clock.forward(hours=1, seconds=1)
    assert len({taken.headers["webhook-id"] for taken in hooks.taken}) == 1
    assert len({taken.headers["webhook-timestamp"] for taken in hooks.taken}) == outbox.ATTEMPTS
    (row,) = await lines(city)
    assert row.dead_at is not None and row.error == "HTTP 500"
    async with refused(city, "not_found", "", row):
        await city.do("staff", dead_letters.send_again, row.id)
    await city.do("sysadmin", dead_letters.send_again, row.id)
    hooks.status = 200
    assert await deliver(city, hooks) == 1


async def test_an_address_that_is_away_holds_up_no_other(city, hooks) -> None:
    away, _ = await added(city, hooks, url="http://127.0.0.1:9/", internal=("127.0.0.1:9",))
    await added(city, hooks)
    for who in range(20):
        async with city.db.write() as session:
            session.add(Outbox(dedupe=f"x{who}", event="x", channel="webhook", webhook_id=away.id,
                               person_id=list(city.people.values())[who]))  # fmt: skip
    await city.motion("submitted")
    async with aclosing(Sender([hooks.host, "127.0.0.1:9"])) as sender:
        assert await deliver_webhooks(city.db, sender, LINK) == 1
    waiting = [row for row in await lines(city) if row.webhook_id == away.id]
    assert len(waiting) == 21 and all(row.attempts == 1 and row.error for row in waiting)


async def test_after_a_change_of_secret_both_sign_for_a_while(city, hooks, clock) -> None:
    row, old = await added(city, hooks)
    _, new = await city.do("sysadmin", webhooks.rotate_secret, row.id, timedelta(hours=2))
    assert old != new
    await city.motion("submitted")
    await deliver(city, hooks)
    assert signed_by(old, hooks.taken[0]) and signed_by(new, hooks.taken[0])
    clock.forward(hours=3)
    await city.motion("submitted")
    await deliver(city, hooks)
    assert signed_by(new, hooks.taken[1]) and not signed_by(old, hooks.taken[1])


async def test_an_ended_webhook_gets_nothing_and_its_secrets_are_gone(city, hooks) -> None:
    row, _ = await added(city, hooks)
    await city.motion("submitted")
    await city.do("sysadmin", webhooks.end_webhook, row.id)
    assert await deliver(city, hooks) == 0 and hooks.taken == []
    (line,) = await lines(city)
    assert line.dead_at is not None and line.error == ENDED
    async with city.db.read() as session:
        assert set((await session.scalars(select(WebhookSecret.secret))).all()) == {""}
    await city.motion("submitted")
    assert len(await lines(city)) == 1
    async with refused(city, "not_found"):
        await city.do("sysadmin", webhooks.end_webhook, row.id)


@pytest.mark.clause("C13")
async def test_only_the_system_administrator_keeps_webhooks_and_only_allowed_addresses(city, hooks) -> None:
    row, _ = await added(city, hooks)
    for who in ("leader", "director", "staff", "secadmin", "auditor"):
        async with refused(city, "not_your_role", "C13", row):
            await city.do(who, webhooks.add_webhook, city.group, draft(hooks))
        async with refused(city, "not_your_role", "C13", row):
            await city.do(who, webhooks.rotate_secret, row.id)
    for changes in ({"internal": ()}, {"url": "https://10.0.0.1/"}, {"name": " "}, {"kinds": ("gossip",)}):
        with pytest.raises(Invalid):
            await added(city, hooks, **changes)

"""Pages of the channels outside the app: webhooks, my notices, the link of a mail (C9, C13)."""

import re

import pytest
from sqlalchemy import select

from app.models.channels import MutedNotice, Webhook
from app.models.records import Outbox
from app.services import preferences
from tests.admin.conftest import Pages

pytestmark = pytest.mark.clause("C9")


@pytest.mark.clause("C13")
async def test_a_webhooks_secret_is_shown_once_and_only_to_the_administrator(pages: Pages) -> None:
    browser = await pages.sign_in("sysadmin")
    await browser.get("/admin/webhooks")
    form = {"group_id": str(pages.city.group), "name": "短信网关", "url": "https://sms.example.cn/hook", "phones": "1"}
    refused = await browser.post("/admin/webhooks", {**form, "url": "https://10.0.0.1/"})
    assert refused.status_code == 422 and "内部地址" in refused.text
    answer = await browser.post("/admin/webhooks", form)
    (secret,) = re.findall(r"whsec_[\w+/=]+", answer.text)
    text = (await browser.get("/admin/webhooks")).text
    assert "短信网关" in text and "whsec_" not in text
    (rotate,) = re.findall(r'action="(/admin/webhooks/[^"]+/rotate)"', text)
    (again,) = re.findall(r"whsec_[\w+/=]+", (await browser.post(rotate, {"hours": "24"})).text)
    assert again != secret and (await browser.post(rotate, {"hours": "x"})).status_code == 422
    base = rotate.removesuffix("/rotate")
    assert (await browser.post(base, {**form, "name": "聊天", "kinds": "reply"})).status_code == 303
    assert (await browser.post(f"{base}/end")).status_code == 303
    text = (await browser.get("/admin/webhooks")).text
    assert "聊天" in text and "已停用" in text and "/rotate" not in text
    for who in ("staff", "leader", "auditor"):
        other = await pages.sign_in(who)
        assert (await other.get("/admin/webhooks")).status_code == 403
        assert (await other.post("/admin/webhooks", form)).status_code == 403
    async with pages.city.db.read() as session:
        assert len((await session.scalars(select(Webhook))).all()) == 1


async def test_everybody_sets_his_own_notices(pages: Pages) -> None:
    browser = await pages.sign_in("civil")
    text = (await browser.get("/admin/notices")).text
    assert 'name="mail" value="motion" ' in text and 'value="reminder"' not in text
    assert (await browser.post("/admin/notices", {"mail": "motion"})).status_code == 303
    async with pages.city.db.read() as session:
        rows = (await session.scalars(select(MutedNotice))).all()
    assert {row.person_id for row in rows} == {pages.city.people["civil"]}
    assert ("motion", "mail") not in {(row.kind, row.channel) for row in rows}
    assert ("motion", "webhook") in {(row.kind, row.channel) for row in rows}
    assert (await pages.anybody().get("/admin/notices")).status_code == 303


async def test_the_link_of_a_mail_mutes_when_it_is_posted_to_and_not_when_it_is_looked_at(pages: Pages) -> None:
    async with pages.city.db.read() as session:
        token = preferences.unsubscribe_token(
            await preferences.unsubscribe_key(session), pages.city.people["staff"], {"motion"}
        )
    anybody = pages.anybody()

    async def muted() -> list[tuple[str, str]]:
        async with pages.city.db.read() as session:
            return [(row.kind, row.channel) for row in (await session.scalars(select(MutedNotice))).all()]

    looked = await anybody.get(f"/unsubscribe/{token}")
    assert looked.status_code == 200 and "议题进展" in looked.text and await muted() == []
    one_click = {"List-Unsubscribe": "One-Click"}
    for _ in range(2):
        answer = await anybody.client.post(
            f"/unsubscribe/{token}", data=one_click, headers={"sec-fetch-site": "cross-site"}
        )
        assert answer.status_code == 200 and await muted() == [("motion", "mail")]
    for method in (anybody.client.get, anybody.client.post):
        assert (await method(f"/unsubscribe/{token[:-1]}")).status_code == 404


@pytest.mark.clause("C13")
async def test_what_was_not_delivered_is_listed_with_its_channel(pages: Pages) -> None:
    city = pages.city
    async with city.db.write() as session:
        session.add(Outbox(dedupe="1", event="motion.submit", channel="webhook", person_id=city.people["staff"],
                           attempts=1, error="HTTP 500"))  # fmt: skip
    text = (await (await pages.sign_in("sysadmin")).get("/admin/mails")).text
    assert "HTTP 500" in text and "推送" in text


async def test_a_calendars_address_is_shown_once_and_answers_without_signing_in(pages: Pages) -> None:
    browser, anybody = await pages.sign_in("staff"), pages.anybody()
    await browser.get("/admin/notices")
    text = (await browser.post("/admin/notices/calendar")).text
    (path,) = re.findall(r"https?://[^<]+?(/calendar/[\w-]+\.ics)", text)
    assert path not in (await browser.get("/admin/notices")).text
    answer = await anybody.get(path)
    assert answer.status_code == 200 and answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.text.startswith("BEGIN:VCALENDAR") and "no-store" not in answer.headers["cache-control"]
    again = await anybody.get(path, **{"if-none-match": answer.headers["etag"]})
    assert (again.status_code, again.text) == (304, "")
    await pages.city.motion("admitted")
    assert (await anybody.get(path, **{"if-none-match": answer.headers["etag"]})).status_code == 200
    assert (await browser.post("/admin/notices/calendar/revoke")).status_code == 303
    for gone in (path, "/calendar/x.ics"):
        assert (await anybody.get(gone)).status_code == 404

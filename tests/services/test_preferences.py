"""What reaches a person outside the app, kind by kind (C9)."""

import re

import pytest
from sqlalchemy import select

from app.adapters.mail import Mailer
from app.core.refusals import Invalid, NotFound
from app.models.channels import MutedNotice
from app.models.records import Outbox
from app.services import preferences, webhooks
from app.services.letters import deliver_mail
from app.services.outbox import deliver_in_app
from app.services.webhooks import WebhookDraft
from tests.support.city import City, build
from tests.support.refusal import refused

pytestmark = pytest.mark.clause("C9")
LINK = "https://yishi.example.cn/"


@pytest.fixture
async def city(db, clock) -> City:
    return await build(db)


async def told(city: City, who: str, event: str, motion) -> set[str]:
    """By which channels he was told."""
    async with city.db.read() as session:
        query = select(Outbox.channel).where(
            Outbox.person_id == city.people[who], Outbox.event == event, Outbox.object_id == motion.id
        )
        return set((await session.scalars(query)).all())


async def refused_motion(city: City):
    """Its drafter is told of it, and owes nothing."""
    return (await city.act("director", "motion", await city.motion("submitted"), "refuse", reason="重复")).row


async def test_what_only_informs_is_muted_by_each_way_and_the_inbox_never(city) -> None:
    draft = WebhookDraft("网关", "https://example.cn/hook")
    await city.do("sysadmin", webhooks.add_webhook, city.group, draft)
    assert await told(city, "staff", "motion.refuse", await refused_motion(city)) == {"inapp", "mail", "webhook"}
    await city.do("staff", preferences.set_preference, "motion", False, True)
    assert await told(city, "staff", "motion.refuse", await refused_motion(city)) == {"inapp", "webhook"}
    motion = (await city.act("director", "motion", await city.motion("submitted"), "return", reason="改")).row
    assert await told(city, "staff", "motion.return", motion) == {"inapp", "mail", "webhook"}, "it asks a reply of him"
    await city.do("staff", preferences.set_preference, "motion", True, False)
    assert await told(city, "staff", "motion.refuse", await refused_motion(city)) == {"inapp", "mail"}


async def test_what_is_mandatory_cannot_be_muted_and_an_unknown_kind_is_none(city) -> None:
    for kind in ("reply", "reminder", "meeting_notice", "paper"):
        async with refused(city, "mandatory_notice", "C9"):
            await city.do("staff", preferences.set_preference, kind, False, True)
        await city.do("staff", preferences.set_preference, kind, True, True)
    with pytest.raises(Invalid):
        await city.do("staff", preferences.set_preference, "gossip", True, True)
    async with city.db.write() as session:  # a row that got in by another way counts for nothing
        session.add(MutedNotice(person_id=city.people["director"], kind="reply", channel="mail"))
    motion = await city.motion("submitted")
    assert await told(city, "director", "motion.submit", motion) == {"inapp", "mail"}


async def test_a_mail_of_what_may_be_muted_carries_a_signed_link_for_one_click(city, mail) -> None:
    await city.motion("admitted")  # its drafter is told of three steps
    mailer = Mailer(mail.url, "yishi@example.cn")
    await deliver_mail(city.db, mailer, LINK)
    (asked,), (informed,) = mail.to("director@example.cn"), mail.to("deputy@example.cn") or mail.to("staff@example.cn")
    assert asked["List-Unsubscribe"] is None and "unsubscribe" not in str(asked)
    assert informed["List-Unsubscribe"] is None, "among what it tells is what asks a reply"
    await refused_motion(city)
    await deliver_mail(city.db, mailer, LINK)
    letter = mail.to("staff@example.cn")[-1]
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    found = re.fullmatch(rf"<{LINK}unsubscribe/(\S+)>", letter["List-Unsubscribe"])
    assert found and found[1] in letter.get_body(("html",)).get_content()
    assert found[1] in letter.get_body(("plain",)).get_content()
    kinds = await city.do("", lambda work, actor: preferences.unsubscribe(work, found[1]))
    assert [kind.code for kind in kinds] == ["motion"]
    await refused_motion(city)
    assert await deliver_mail(city.db, mailer, LINK) == 1, "the director is still told what waits for him"
    assert await deliver_in_app(city.db) > 0


async def test_a_link_that_was_not_signed_here_finds_nothing(city) -> None:
    async with city.db.read() as session:
        key = await preferences.unsubscribe_key(session)
        token = preferences.unsubscribe_token(key, city.people["staff"], {"motion"})
        assert preferences.unsubscribe_token(key, city.people["staff"], {"motion", "reminder"}) == ""
        assert preferences.unsubscribe_token(key, city.people["staff"], set()) == ""
        person, named, signed = token.split(".")
        other = city.people["leader"].hex
        for wrong in (f"{other}.{named}.{signed}", f"{person}.motion+other.{signed}", f"{person}.{named}.{'0' * 32}",
                      f"{person}.{named}", f"{person}.{named}.签", "", "x.y.z"):  # fmt: skip
            with pytest.raises(NotFound):
                await preferences.kinds_of_token(session, wrong)

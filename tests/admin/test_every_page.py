"""Which page whom: by role, in both languages, and what one may not see looks like what does not exist."""

import re
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from app.adapters.mail import Mailer
from app.models.records import Notification, Trail
from app.services.letters import deliver_mail
from tests.admin.conftest import Pages

STATIC = (
    "/admin/", "/admin/tasks", "/admin/people", "/admin/units", "/admin/roles", "/admin/jobs", "/admin/mails",
    "/admin/trail", "/admin/delegations", "/admin/attendance", "/admin/office", "/admin/ready",
    "/admin/topics", "/admin/experts",
    "/admin/asking-rules", "/admin/notices", "/admin/webhooks",
    "/admin/motions", "/admin/meetings", "/admin/documents", "/admin/directives",
)  # fmt: skip
MATTERS = {
    "/admin/attendance",
    "/admin/topics",
    "/admin/motions",
    "/admin/meetings",
    "/admin/documents",
    "/admin/directives",
}
ADMINISTRATION = {
    "staff": {
        "/admin/asking-rules",
        "/admin/tasks",
        "/admin/delegations",
        "/admin/experts",
        "/admin/office",
        "/admin/ready",
    },
    "director": {
        "/admin/asking-rules",
        "/admin/tasks",
        "/admin/delegations",
        "/admin/experts",
        "/admin/office",
        "/admin/ready",
    },
    "leader": {"/admin/asking-rules", "/admin/delegations", "/admin/experts"},
    "civil": {"/admin/delegations"},
    "sysadmin": {"/admin/tasks", "/admin/people", "/admin/units", "/admin/jobs", "/admin/mails", "/admin/webhooks"},
    "secadmin": {"/admin/roles"},
    "auditor": {"/admin/trail"},
}


@pytest.mark.clause("C13")
@pytest.mark.parametrize("who", ADMINISTRATION)
async def test_each_office_opens_its_pages_and_no_others(pages: Pages, who: str) -> None:
    browser = await pages.sign_in(who)
    opened = set()
    for path in STATIC:
        answer = await browser.get(path)
        assert answer.status_code in (200, 403), path
        if answer.status_code == 200:
            opened.add(path)
        else:
            assert re.search(r'class="clause">(C13|C1|C4|C9|A3\.[37]|A2\.1|A4\.1|B2\.3)<', answer.text), (
                "a refusal names its clause"
            )
    assert opened == {"/admin/", "/admin/notices", *MATTERS, *ADMINISTRATION[who]}


@pytest.mark.clause("C13")
async def test_administrators_see_nothing_of_matters(pages: Pages) -> None:
    motion, meeting, decision = await pages.city.decided()
    document = await pages.city.document(decision, "submitted")
    for who in ("sysadmin", "secadmin", "auditor"):
        browser = await pages.sign_in(who)
        for path in (*STATIC, f"/admin/motions/{motion.id}", f"/admin/meetings/{meeting.id}",
                     f"/admin/documents/{document.id}"):  # fmt: skip
            text = (await browser.get(path)).text
            assert motion.title not in text
            assert document.title not in text


@pytest.mark.clause("C1")
async def test_the_system_administrator_sees_kind_holder_and_date(pages: Pages) -> None:
    motion = await pages.city.motion("endorsed")
    browser = await pages.sign_in("sysadmin")
    text = (await browser.get("/admin/tasks")).text
    assert "签批" in text
    assert "分管副组长" in text
    assert "2026年3月5日" in text
    assert motion.title not in text
    assert str(motion.id) not in text


@pytest.mark.clause("C1")
async def test_my_tasks_stand_on_the_first_page_the_overdue_first(pages: Pages, clock: Any) -> None:
    late = await pages.city.motion("endorsed", title="先到期的议题")
    clock.forward(days=2)
    later = await pages.city.motion("endorsed", title="后到期的议题")
    clock.forward(days=2)
    browser = await pages.sign_in("in_charge")
    text = (await browser.get("/admin/")).text
    assert text.index(late.title) < text.index(later.title)
    assert text.count('class="late"') == 1
    assert f"/admin/motions/{late.id}" in text
    assert late.title not in (await (await pages.sign_in("deputy")).get("/admin/")).text


@pytest.mark.clause("C2", "C9", "A4.4")
async def test_what_one_was_told_stands_below_without_titles_one_may_not_see(pages: Pages) -> None:
    city = pages.city
    motion, other = (
        await city.motion("submitted", title="看得到的议题"),
        await city.motion("draft", title="看不到的议题"),
    )
    reminder = {"kind_zh": "签批", "kind_en": "Signature", "zh": "已逾期1个工作日", "en": "1 working day late"}
    told: tuple[tuple[str, str, Any, dict[str, Any]], ...] = (
        ("director", "motion.submit", motion.id, {}),
        ("director", "task.remind", motion.id, reminder),
        ("director", "paper.entered", motion.id, {}),
        ("director", "something.new", None, {}),
        ("civil", "motion.endorse", other.id, {}),
    )
    async with city.db.write() as session:
        for number, (who, event, object_id, payload) in enumerate(told):
            noun = "motion" if object_id else ""
            facts = {"dedupe": str(number), "event": event, "noun": noun, "object_id": object_id, "payload": payload}
            session.add(Notification(person_id=city.people[who], group_id=city.group, **facts))
    text = (await (await pages.sign_in("director")).get("/admin/")).text
    for word in ("议题:提交核签", "催办:签批", "已逾期1个工作日", "纸面签署已代录", "看得到的议题"):
        assert word in text
    text = (await (await pages.sign_in("civil")).get("/admin/")).text
    assert "议题:核签" in text
    assert "看不到的议题" not in text
    assert str(other.id) not in text


def same(one: httpx.Response, other: httpx.Response) -> bool:
    """Two answers that differ in nothing but the nonce."""
    bare = [re.sub(r'(nonce|csrf" value)="[^"]+"', "", answer.text) for answer in (one, other)]
    return bare[0] == bare[1] and one.status_code == other.status_code


@pytest.mark.clause("A4.4")
async def test_what_one_may_not_see_looks_like_what_does_not_exist(pages: Pages) -> None:
    motion = await pages.city.motion("endorsed")
    browser = await pages.sign_in("civil")
    nowhere = "00000000-0000-7000-8000-000000000000"
    for noun in ("motions", "meetings", "documents", "directives"):
        unseen = await browser.get(f"/admin/{noun}/{motion.id}")
        assert unseen.status_code == 404
        assert same(unseen, await browser.get(f"/admin/{noun}/{nowhere}"))
        assert same(unseen, await browser.get(f"/admin/{noun}/no-id"))
    assert motion.title not in (await browser.get("/admin/motions")).text
    refused = await browser.post(f"/admin/act/motion/{motion.id}/review")
    assert refused.status_code == 404
    assert same(refused, await browser.post(f"/admin/act/motion/{nowhere}/review"))


@pytest.mark.clause("A4.4")
async def test_a_restricted_matter_shows_on_its_list_only(pages: Pages) -> None:
    city = pages.city
    motion = await city.motion("admitted", disclosure="restricted")
    browser, office = await pages.sign_in("civil"), await pages.sign_in("staff")
    assert (await browser.get(f"/admin/motions/{motion.id}")).status_code == 404
    assert "列入知悉范围" in (await office.get(f"/admin/motions/{motion.id}")).text
    form = {"unit_ids": str(city.units["市民政局"])}
    assert (await office.post(f"/admin/act/motion/{motion.id}/put_on_list", form)).status_code == 303
    assert (await browser.get(f"/admin/motions/{motion.id}")).status_code == 200
    async with city.db.read() as session:
        query = select(Trail.actor_id).where(Trail.action == "read", Trail.object_id == motion.id)
        readers = (await session.scalars(query)).all()
    assert readers == [city.people["staff"], city.people["civil"]], "reading it is itself recorded"


@pytest.mark.clause("C6", "C7", "C15")
async def test_a_motions_page_tells_its_story(pages: Pages) -> None:
    motion, _, decision = await pages.city.decided()
    document = await pages.city.document(decision, "registered")
    browser = await pages.sign_in("leader")
    text = (await browser.get(f"/admin/motions/{motion.id}")).text
    for word in (
        "提交核签",
        "核签",
        "审核",
        "审定",
        "市财政局",
        "市民政局",
        "各单位均同意",
        "原则同意",
        document.number,
        "签发",
    ):
        assert word in text
    waiting = (await browser.get(f"/admin/motions/{(await pages.city.motion('reviewed')).id}")).text
    assert re.search(r"等待 <strong>组长</strong>", waiting)
    assert f"/admin/act/motion/{motion.id}/close" not in text


@pytest.mark.parametrize("who", ["staff", "sysadmin", "secadmin", "auditor"])
async def test_the_pages_speak_english_too(pages: Pages, who: str) -> None:
    browser = await pages.sign_in(who)
    assert 'lang="zh-Hans-CN"' in (await browser.get("/admin/")).text
    assert '<html lang="en"' in (await browser.get("/admin/?lang=en")).text

    for path in STATIC:
        text = (await browser.get(path)).text
        assert '<html lang="en"' in text, "the choice is kept in a cookie"
        assert "没有" not in text


async def test_the_other_language_shows_the_same_page(pages: Pages) -> None:
    browser = await pages.sign_in("staff")
    found = (await browser.get("/admin/search?q=%E8%B5%84%E9%87%91+A%26B&done=motion.list&lang=en")).text
    assert '<a href="?q=%E8%B5%84%E9%87%91+A%26B&amp;lang=zh" lang="zh">' in found


async def test_a_browser_that_reads_only_english_is_answered_in_english(pages: Pages) -> None:
    browser = pages.anybody()
    assert '<html lang="en"' in (await browser.get("/admin/sign-in", **{"accept-language": "en-GB,en"})).text
    assert '<html lang="zh' in (await browser.get("/admin/sign-in", **{"accept-language": "zh-CN,en;q=0.5"})).text


@pytest.mark.clause("C2", "C9")
async def test_a_link_in_a_mail_leads_to_the_matter(pages: Pages) -> None:
    motion = await pages.city.motion("submitted")
    director, civil = await pages.sign_in("director"), await pages.sign_in("civil")
    answer = await director.get(f"/admin/at/motion/{motion.id}")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/admin/motions/{motion.id}")
    assert (await director.get(answer.headers["location"])).status_code == 200
    assert (await civil.get(f"/admin/motions/{motion.id}")).status_code == 404
    assert (await director.get(f"/admin/at/nothing/{motion.id}")).status_code == 404


@pytest.mark.clause("C2", "C9")
async def test_the_address_that_goes_outside_is_one_of_ours(pages: Pages, mail: Any) -> None:
    motion = await pages.city.motion("submitted")
    base = "http://127.0.0.1:8000/"
    assert await deliver_mail(pages.city.db, Mailer(mail.url, "yishi@example.cn"), base) > 0
    director = await pages.sign_in("director")
    texts = [sent.get_body(("plain",)).get_content() for sent in mail.messages]
    found = {link for text in texts for link in re.findall(rf"{base}\S+/{motion.id}", text)}
    assert len(found) == 1
    answer = await director.get(found.pop().removeprefix(base[:-1]))
    assert (answer.status_code, answer.headers["location"]) == (303, f"/admin/motions/{motion.id}")

"""Meetings and due days in people's own calendars, read by an independent parser (C9, A4.4)."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
import vobject

from app.adapters.mail import Mailer
from app.core.clock import SHANGHAI
from app.models.matters import Meeting
from app.models.people import Group
from app.services import calendar_feeds, meetings
from app.services.calendars import feed
from app.services.letters import deliver_mail
from tests.support.city import City, build

pytestmark = pytest.mark.clause("C9")
LINK, DOMAIN = "https://yishi.example.cn/", "example.cn"


@pytest.fixture
async def city(db, clock) -> City:
    return await build(db)


def parsed(content: bytes | str) -> Any:
    text = content.decode() if isinstance(content, bytes) else content
    assert all(len(line.encode()) <= 75 for line in text.splitlines()), "lines are folded"
    return vobject.readOne(text)


async def calendar_of(city: City, who: str) -> Any:
    async with city.db.read() as session:
        policy = await city.works.policies.current(session)
        return parsed(await feed(session, policy, city.people[who], DOMAIN, LINK))


def events(calendar: Any) -> list[Any]:
    return calendar.contents.get("vevent", [])


async def mailed(city: City, mail, who: str) -> list[Any]:
    """The calendar parts that came to him since the last call, each with its mail's method."""
    before = len(mail.messages)
    await deliver_mail(city.db, Mailer(mail.url, "yishi@example.cn"), LINK)
    found = []
    for letter, to in zip(mail.messages[before:], mail.recipients[before:], strict=True):
        parts = [part for part in letter.walk() if part.get_content_type() == "text/calendar"]
        if f"{who}@example.cn" in to and parts:
            (part,) = parts
            assert letter.get_body(("plain",)) and letter.get_body(("html",)), "the other parts are there too"
            calendar = parsed(part.get_content())
            assert part["content-type"].params["method"] == calendar.method.value
            found.append(calendar)
    return found


async def titles(city: City) -> None:
    async with city.db.write() as session:
        group = await session.get(Group, city.group)
        group.settings = {**group.settings, "mail_titles": True}


@pytest.mark.clause("A3.1")
async def test_an_invitation_is_updated_and_called_off_under_one_id_with_a_rising_sequence(city, mail, clock) -> None:
    meeting, _ = await city.meeting(await city.motion("ready"), deliver=False)
    (asked,) = await mailed(city, mail, "finance")
    (event,) = events(asked)
    assert asked.method.value == "REQUEST" and event.status.value == "CONFIRMED"
    assert event.dtstart.value.astimezone(SHANGHAI) == meeting.starts_at.astimezone(SHANGHAI)
    assert event.dtstart.params["X-VOBJ-ORIGINAL-TZID"] == ["Asia/Shanghai"] and event.dtend.value > event.dtstart.value
    assert event.dtstart.value.utcoffset() == timedelta(hours=8), "the zone's definition comes along"
    assert event.attendee.value == "mailto:finance@example.cn" and event.organizer.value == "mailto:yishi@example.cn"
    assert meeting.title not in asked.serialize() and meeting.place not in asked.serialize()
    assert str(meeting.id) not in asked.serialize()
    draft = city.meeting_draft(days=9)
    await city.do("staff", meetings.change_meeting, meeting.id, draft, "场地冲突")
    (changed,) = await mailed(city, mail, "finance")
    (later,) = events(changed)
    assert changed.method.value == "REQUEST" and later.status.value == "TENTATIVE", "the leader has yet to agree"
    assert later.dtstart.value.astimezone(SHANGHAI) == draft.starts_at.astimezone(SHANGHAI)
    await city.act("staff", "meeting", meeting, "request")
    await city.act("leader", "meeting", meeting, "agree")
    await city.do("head", meetings.convene_meeting, meeting.id)
    (again,) = await mailed(city, mail, "finance")
    await city.do("staff", meetings.postpone_meeting, meeting.id, "另行通知")
    (off,) = await mailed(city, mail, "finance")
    assert off.method.value == "CANCEL" and events(off)[0].status.value == "CANCELLED"
    await city.act("staff", "meeting", await city.fresh(meeting), "cancel", reason="不再召开")
    (gone,) = await mailed(city, mail, "finance")
    assert gone.method.value == "CANCEL"
    all_of_them = [events(each)[0] for each in (asked, changed, again, off, gone)]
    assert len({each.uid.value for each in all_of_them}) == 1
    sequence = [int(each.sequence.value) for each in all_of_them]
    assert sequence == sorted(set(sequence))


async def test_changes_that_wait_together_are_one_invitation_and_other_news_one_digest(city, mail) -> None:
    meeting, _ = await city.meeting(await city.motion("ready"))
    await city.do("staff", meetings.change_meeting, meeting.id, city.meeting_draft(days=9), "场地冲突")
    sent = await mailed(city, mail, "finance")
    assert len(sent) == 1 and events(sent[0])[0].status.value == "TENTATIVE"
    assert len(mail.to("finance@example.cn")) == 2


async def test_titles_and_places_go_out_where_the_group_has_set_it_so(city, mail) -> None:
    await titles(city)
    meeting, _ = await city.meeting(await city.motion("ready"))
    (asked,) = await mailed(city, mail, "finance")
    assert meeting.title in events(asked)[0].summary.value and events(asked)[0].location.value == meeting.place
    assert meeting.title in events(await calendar_of(city, "finance"))[0].summary.value


async def test_a_feed_has_the_meetings_one_is_called_to_and_what_one_owes_by_its_day(city) -> None:
    meeting, _ = await city.meeting(await city.motion("ready"))
    motion = await city.motion("submitted")
    found = events(await calendar_of(city, "director"))
    owed = [each for each in found if each.dtstart.value == date(2026, 3, 5)]
    assert any(str(motion.id)[-8:].upper() in each.summary.value and "签批" in each.summary.value for each in owed)
    assert all(each.transp.value == "TRANSPARENT" for each in owed)
    for who, there in (
        ("finance", True),
        ("leader", True),
        ("deputy", True),
        ("civil", True),
        ("police", False),
        ("district", False),
    ):
        starts = [each.dtstart.value for each in events(await calendar_of(city, who))]
        assert (meeting.starts_at in [each for each in starts if isinstance(each, datetime)]) is there, who
    text = (await calendar_of(city, "director")).serialize()
    assert motion.title not in text and meeting.title not in text
    await city.do("staff", meetings.postpone_meeting, meeting.id, "另行通知")
    assert not [each for each in events(await calendar_of(city, "leader")) if isinstance(each.dtstart.value, datetime)]


@pytest.mark.clause("A4.4")
async def test_of_what_is_restricted_a_calendar_says_only_that_a_task_waits(city, mail, clock) -> None:
    await titles(city)
    motion = await city.motion("submitted", disclosure="restricted")
    meeting, _ = await city.meeting(await city.motion("ready"))
    async with city.db.write() as session:
        (await session.get(Meeting, meeting.id)).disclosure = "restricted"
    assert await mailed(city, mail, "finance") == []
    letters = [each.get_body(("plain",)).get_content() for each in mail.to("finance@example.cn")]
    assert letters and all(meeting.title not in each and "会议(" not in each for each in letters)
    for who in ("director", "finance"):
        calendar = await calendar_of(city, who)
        secret = [each for each in events(calendar) if each.summary.value == "有一项待办"]
        assert len(secret) == 1 and secret[0].dtstart.value == date(2026, 3, 2), "under today, whatever its day is"
        for hidden in (motion.title, str(motion.id)[-8:].upper(), meeting.title, meeting.place):
            assert hidden not in calendar.serialize()
    clock.forward(days=1)
    secret = [each for each in events(await calendar_of(city, "director")) if each.summary.value == "有一项待办"]
    assert secret[0].dtstart.value == date(2026, 3, 3)


async def test_an_address_is_renewed_and_revoked_and_the_old_one_finds_nothing(city) -> None:
    async def whose(secret: str) -> Any:
        async with city.db.read() as session:
            return await calendar_feeds.person_of_feed(session, secret)

    first = await city.do("staff", calendar_feeds.renew_feed)
    assert await whose(first) == city.people["staff"] and await whose("x") is None
    second = await city.do("staff", calendar_feeds.renew_feed)
    assert await whose(first) is None and await whose(second) == city.people["staff"]
    other = await city.do("leader", calendar_feeds.renew_feed)
    await city.do("staff", calendar_feeds.revoke_feed)
    assert await whose(second) is None and await whose(other) == city.people["leader"]

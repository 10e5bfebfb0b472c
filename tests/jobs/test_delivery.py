"""The outbox: delivered exactly once by any number of workers; mails that say little (C9)."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from app.adapters.mail import Mailer
from app.core.clock import now
from app.models.people import Group
from app.models.records import Notification, Outbox
from app.services import letters, outbox
from app.services.job_runs import recorded
from app.services.letters import deliver_mail
from app.services.outbox import claim, deliver_in_app, mark_done
from tests.support.city import City, build

LINK = "https://yishi.example.cn/"


@pytest.fixture
async def city(db, clock) -> City:
    return await build(db)


async def count(city: City, query) -> int:
    async with city.db.read() as session:
        return await session.scalar(select(func.count()).select_from(query.subquery()))


async def pile(city: City, lines: int, channel: str = "inapp") -> None:
    people = list(city.people.values())
    async with city.db.write() as session:
        session.add_all(
            Outbox(dedupe=f"pile:{number}:{channel}", event="motion.submit", channel=channel,
                   person_id=people[number % len(people)])
            for number in range(lines)
        )  # fmt: skip


@pytest.mark.clause("C9")
async def test_many_workers_deliver_each_line_once(city) -> None:
    await pile(city, 900)
    delivered = await asyncio.gather(*(deliver_in_app(city.db) for _ in range(4)))
    assert sum(delivered) == 900
    assert await count(city, select(Notification.dedupe)) == 900
    assert await count(city, select(Outbox.id).where(Outbox.done_at.is_(None))) == 0


@pytest.mark.clause("C9")
async def test_a_line_goes_to_one_claimant_and_after_a_crash_to_the_next(city, monkeypatch) -> None:
    await pile(city, 3)
    first = await claim(city.db, "inapp")
    assert len(first) == 3 and await claim(city.db, "inapp") == []
    async with city.db.write() as session:  # the first was killed; its lease runs out
        await session.execute(update(Outbox).values(leased_until=now() - timedelta(days=3650)))
    second = await claim(city.db, "inapp")
    assert {row.attempts for row in second} == {2}
    async with city.db.write() as session:
        assert await mark_done(session, first) == set()  # he was not killed but slow: his claim is over
        assert len(await mark_done(session, second)) == 3


@pytest.mark.clause("C9")
async def test_a_crash_between_inbox_and_mark_loses_and_doubles_nothing(city, monkeypatch) -> None:
    await pile(city, 5)
    insert = outbox.insert_new

    async def crash(*arguments):
        await insert(*arguments)
        raise RuntimeError("killed")

    monkeypatch.setattr(outbox, "insert_new", crash)
    await deliver_in_app(city.db)
    assert await count(city, select(Notification.dedupe)) == 0
    monkeypatch.undo()
    async with city.db.write() as session:
        await session.execute(update(Outbox).values(due_at=now()))
    assert await deliver_in_app(city.db) == 5
    assert await count(city, select(Notification.dedupe)) == 5


@pytest.mark.clause("C9")
async def test_what_is_told_of_an_act_arrives_in_the_inbox(city) -> None:
    motion = await city.motion("submitted")
    await deliver_in_app(city.db)
    async with city.db.read() as session:
        query = select(Notification).where(Notification.person_id == city.people["director"])
        line = (await session.scalars(query)).one()
    assert (line.event, line.object_id) == ("motion.submit", motion.id)


@pytest.mark.clause("C9", "A4.4")
async def test_a_mail_carries_kind_number_due_date_and_link_and_no_title(city, mail) -> None:
    motion = await city.motion("submitted")
    mailer = Mailer(mail.url, "yishi@example.cn")
    assert await deliver_mail(city.db, mailer, LINK) == 1
    (sent,) = mail.to("director@example.cn")
    plain, html = (sent.get_body((kind,)).get_content() for kind in ("plain", "html"))
    for text in (plain, html):
        assert "议题" in text and str(motion.id)[-8:].upper() in text and "2026-03-05" in text and LINK in text
        assert motion.title not in text and motion.body not in text
        assert f"{LINK}admin/at/motion/{motion.id}" in text, "it leads to the matter itself"
    assert motion.title not in str(sent["Subject"])


@pytest.mark.clause("C9")
async def test_a_group_can_let_titles_go_out(city, mail) -> None:
    async with city.db.write() as session:
        group = await session.get(Group, city.group)
        group.settings = {**group.settings, "mail_titles": True}
    motion = await city.motion("submitted")
    await deliver_mail(city.db, Mailer(mail.url, "yishi@example.cn"), LINK)
    assert motion.title in mail.to("director@example.cn")[0].get_body(("plain",)).get_content()


@pytest.mark.clause("C9", "A4.4")
async def test_of_a_restricted_matter_a_mail_says_only_that_a_task_waits(city, mail) -> None:
    async with city.db.write() as session:
        group = await session.get(Group, city.group)
        group.settings = {**group.settings, "mail_titles": True}
    motion = await city.motion("submitted", disclosure="restricted")
    await deliver_mail(city.db, Mailer(mail.url, "yishi@example.cn"), LINK)
    text = mail.to("director@example.cn")[0].get_body(("plain",)).get_content()
    assert "有一项待办" in text
    for secret in (motion.title, "议题", str(motion.id)[-8:].upper(), str(motion.id), "2026-03-05"):
        assert secret not in text


@pytest.mark.clause("C2", "C9")
async def test_many_lines_to_one_person_go_as_one_digest(city, mail) -> None:
    for number in range(3):
        await city.motion("submitted", title=f"议题{number}")
    assert await deliver_mail(city.db, Mailer(mail.url, "yishi@example.cn"), LINK) == 1
    (sent,) = mail.to("director@example.cn")
    assert "3" in str(sent["Subject"])


@pytest.mark.clause("C9")
async def test_the_same_lines_make_the_same_message_id(city, mail) -> None:
    await city.motion("submitted")
    rows = await claim(city.db, "mail")
    assert letters.message_id(rows, "x.cn") == letters.message_id(rows[::-1], "x.cn")
    assert letters.message_id(rows, "x.cn").endswith("@x.cn>")


@pytest.mark.clause("C9")
async def test_without_a_server_mails_wait_and_go_out_once_there_is_one(city, mail) -> None:
    await city.motion("submitted")
    assert await deliver_mail(city.db, None, LINK) == 0
    async with city.db.read() as session:
        row = (await session.scalars(select(Outbox).where(Outbox.channel == "mail"))).one()
    assert (row.attempts, row.dead_at, row.error) == (0, None, letters.NO_SERVER)
    assert await deliver_mail(city.db, Mailer(mail.url, "yishi@example.cn"), LINK) == 1
    async with city.db.read() as session:
        assert (await session.scalars(select(Outbox.error).where(Outbox.channel == "mail"))).one() == ""


@pytest.mark.clause("C9")
async def test_a_refused_mail_is_tried_again_later_and_in_the_end_left_to_a_person(city, clock, mail) -> None:
    await city.motion("submitted")
    mail.refusal = "451 try again later"
    mailer = Mailer(mail.url, "yishi@example.cn")
    for attempt in range(1, outbox.ATTEMPTS + 1):
        assert await deliver_mail(city.db, mailer, LINK) == 0
        assert mail.refused == attempt
        assert await deliver_mail(city.db, mailer, LINK) == 0  # not at once
        assert mail.refused == attempt
        clock.forward(hours=1, seconds=1)
    async with city.db.read() as session:
        row = (await session.scalars(select(Outbox).where(Outbox.channel == "mail"))).one()
    assert row.dead_at is not None and "451" in row.error


@pytest.mark.clause("C9")
async def test_who_has_no_address_is_shown_and_holds_up_nobody(city, mail) -> None:
    await pile(city, 1, "mail")
    async with city.db.write() as session:
        session.add(Outbox(dedupe="nobody", event="x", channel="mail", person_id=city.people["auditor"]))
    assert await deliver_mail(city.db, Mailer(mail.url, "yishi@example.cn"), LINK) == 1
    async with city.db.read() as session:
        row = (await session.scalars(select(Outbox).where(Outbox.dedupe == "nobody"))).one()
    assert row.error == letters.NO_ADDRESS and row.dead_at is not None


@pytest.mark.clause("C13")
async def test_a_job_that_fails_is_recorded_without_its_words(city) -> None:
    from app.models.records import JobRun

    async def fails() -> int:
        raise ValueError("a secret title")

    with pytest.raises(ValueError, match="secret"):
        await recorded(city.db, "chase", fails)
    async with city.db.read() as session:
        run = (await session.scalars(select(JobRun))).one()
    assert run.failed and run.result == "ValueError"

"""What administrators do: people, offices, policy, jobs, mails, trail (C5, C9, C13)."""

import re
from datetime import date

import pytest
from sqlalchemy import select, text, update

from app.core.clock import now
from app.models.people import Appointment, Person
from app.models.records import JobRun, Outbox, Trail
from tests.admin.conftest import Pages


async def seats(pages: Pages, role: str) -> list[Appointment]:
    async with pages.city.db.read() as session:
        return list((await session.scalars(select(Appointment).where(Appointment.role == role))).all())


@pytest.mark.clause("C13")
async def test_a_person_is_added_found_invited_and_deactivated(pages: Pages) -> None:
    browser = await pages.sign_in("sysadmin")
    added = await browser.post("/admin/people", {"name": "新来者", "phone": "13900000001"})
    person = added.headers["location"]
    assert "新来者" in (await browser.get("/admin/people?q=新来")).text
    assert "科员壬" not in (await browser.get("/admin/people/rows?q=1390000", **{"hx-request": "true"})).text
    link = re.search(r"/admin/invite/[\w-]+", (await browser.post(f"{person}/invite")).text)
    assert link
    stranger = pages.anybody()
    await stranger.get(link[0])
    form = {"password": "Correct-Horse-7", "again": "Correct-Horse-7"}
    assert (await stranger.post(link[0], form)).status_code == 303
    assert (await browser.post(f"{person}/deactivate")).status_code == 303
    assert "已停用" in (await browser.get(person)).text
    await stranger.get("/admin/sign-in")
    login = {"login": "13900000001", "password": "Correct-Horse-7"}
    assert (await stranger.post("/admin/sign-in", login)).status_code == 422
    twice = await browser.post("/admin/people", {"name": "另一人", "phone": "13900000001"})
    assert twice.status_code == 422


@pytest.mark.clause("C13")
async def test_nobody_else_touches_people(pages: Pages) -> None:
    for who in ("leader", "director", "secadmin", "auditor"):
        browser = await pages.sign_in(who)
        before = await pages.city.counts()
        person = f"/admin/people/{pages.city.people['staff']}"
        appointment = {"group_id": str(pages.city.group), "role": "deputy", "starts_on": "2026-03-02"}
        for path, form in (("/admin/people", {"name": "x", "phone": "13900000002"}), (f"{person}/deactivate", {}),
                           (f"{person}/invite", {}), (f"{person}/appointments", appointment),
                           ("/admin/units", {"name": "x", "kind": "park"})):  # fmt: skip
            assert (await browser.post(path, form)).status_code == 403, (who, path)
        assert await pages.city.counts() == before


@pytest.mark.clause("C5")
async def test_an_appointment_ends_with_a_successor(pages: Pages) -> None:
    city = pages.city
    browser = await pages.sign_in("sysadmin")
    (seat,) = await seats(pages, "deputy_in_charge")
    page, heir = f"/admin/people/{seat.person_id}", city.people["outsider"]
    taken = {"group_id": str(city.group), "role": "deputy_in_charge", "starts_on": "2026-03-02"}
    refused = await browser.post(f"/admin/people/{heir}/appointments", taken)
    assert refused.status_code == 409
    assert 'class="clause">C5<' in refused.text
    form = {"ends_on": "2026-03-02", "successor_id": str(heir)}
    assert (await browser.post(f"{page}/appointments/{seat.id}/end", form)).status_code == 303
    old, new = sorted(await seats(pages, "deputy_in_charge"), key=lambda row: row.starts_on)
    assert (old.ends_on, new.person_id, new.starts_on) == (date(2026, 3, 2), heir, date(2026, 3, 3))
    assert "2026年3月2日" in (await browser.get(page)).text


@pytest.mark.clause("C5")
async def test_an_appointment_is_made_and_gives_its_pages(pages: Pages) -> None:
    city = pages.city
    browser = await pages.sign_in("sysadmin")
    newcomer = await pages.sign_in("outsider")
    assert (await newcomer.get("/admin/tasks")).status_code == 403
    form = {"group_id": str(city.group), "role": "department_staff", "starts_on": "2026-03-02",
            "unit_id": str(city.units["综合部"])}  # fmt: skip
    assert (await browser.post(f"/admin/people/{city.people['outsider']}/appointments", form)).status_code == 303
    assert (await newcomer.get("/admin/tasks")).status_code == 200


@pytest.mark.clause("C13")
async def test_a_unit_is_added_to_a_group(pages: Pages) -> None:
    browser = await pages.sign_in("sysadmin")
    form = {"name": "西湖园区", "kind": "park", "group_id": str(pages.city.group)}
    assert (await browser.post("/admin/units", form)).status_code == 303
    page = (await browser.get("/admin/units?q=西湖")).text
    assert "园区" in page
    assert "市智慧城市领导小组" in page
    assert (await browser.post("/admin/units", form)).status_code == 422


@pytest.mark.clause("C13")
async def test_a_power_taken_away_is_gone_at_the_next_request(pages: Pages) -> None:
    motion = await pages.city.motion("submitted")
    security, director = await pages.sign_in("secadmin"), await pages.sign_in("director")
    form = f'action="/admin/act/motion/{motion.id}/endorse"'
    assert form in (await director.get(f"/admin/motions/{motion.id}")).text
    line = {"noun": "motion", "action": "endorse", "role": "office_director", "scope": "group"}
    assert (await security.post("/admin/roles", {**line, "allowed": "0"})).status_code == 303
    assert form not in (await director.get(f"/admin/motions/{motion.id}")).text
    assert (await director.post(f"/admin/act/motion/{motion.id}/endorse")).status_code == 403
    assert (await security.post("/admin/roles", {**line, "allowed": "1"})).status_code == 303
    assert (await director.post(f"/admin/act/motion/{motion.id}/endorse")).status_code == 303
    for who in ("sysadmin", "auditor", "director"):
        browser = await pages.sign_in(who)
        assert (await browser.post("/admin/roles", {**line, "allowed": "0"})).status_code == 403


@pytest.mark.clause("C9", "C13")
async def test_mails_not_delivered_show_whom_what_kind_when_and_why(pages: Pages) -> None:
    city = pages.city
    motion = await city.motion("submitted")
    dead = update(Outbox).where(Outbox.channel == "mail")
    async with city.db.write() as session:
        await session.execute(dead.values(attempts=8, dead_at=now(), error="550 no such mailbox"))
        session.add(JobRun(name="deliver_mail", started_at=now(), finished_at=now(), result="3 sent"))
    browser = await pages.sign_in("sysadmin")
    page = (await browser.get("/admin/mails")).text
    for word in ("主任戊", "议题:提交核签", "550 no such mailbox", "已放弃"):
        assert word in page
    assert motion.title not in page
    assert str(motion.id) not in page
    again = re.search(r'action="(/admin/mails/[\w-]+/again)"', page)
    assert again
    assert (await browser.post(again[1])).status_code == 303
    async with city.db.read() as session:
        waiting = await session.scalar(select(Outbox).where(Outbox.channel == "mail", Outbox.dead_at.is_(None)))
    assert waiting is not None
    assert waiting.done_at is None
    jobs = (await browser.get("/admin/jobs")).text
    assert "deliver_mail" in jobs
    assert "3 sent" in jobs
    assert (await (await pages.sign_in("auditor")).post(again[1])).status_code == 403


@pytest.mark.clause("C6", "C13")
async def test_the_auditor_reads_and_verifies_the_trail(pages: Pages) -> None:
    motion = await pages.city.motion("admitted")
    browser = await pages.sign_in("auditor")
    page = (await browser.get("/admin/trail?verify=1")).text
    assert "motion.admit" in page
    assert "完整无误" in page
    assert motion.title not in page
    assert "组长甲" not in page
    async with pages.city.db.write() as session:
        await session.execute(text("DROP TRIGGER IF EXISTS trail_no_update"))
        await session.execute(update(Trail).where(Trail.seq == 3).values(action="refuse"))
    assert "从第 3 条起" in (await browser.get("/admin/trail?verify=1")).text


async def test_a_person_without_office_sees_an_empty_home(pages: Pages) -> None:
    async with pages.city.db.read() as session:
        assert await session.get(Person, pages.city.people["outsider"])
    browser = await pages.sign_in("outsider")
    assert "没有待办" in (await browser.get("/admin/")).text

"""Who is there: sign-in by code, leaving, standing aside, attendance over the year (A4.1, A4.4)."""

from datetime import timedelta
from typing import Any

import pytest

from app.queries.actors import load_actor
from app.queries.attendance_year import attendance_of_year
from app.queries.visibility import View
from app.services import decisions, meetings, presence
from app.services.decisions import DecisionDraft
from tests.services.test_meetings import attendance
from tests.support.city import City, build
from tests.support.refusal import refused, sees


async def opened(city: City) -> tuple[Any, Any]:
    meeting, item = await city.meeting(await city.motion("ready"))
    await city.act("leader", "meeting", meeting, "open")
    return await city.fresh(meeting), item


@pytest.mark.clause("A4.1")
async def test_a_unit_signs_itself_in_with_the_number_shown_in_the_hall(db, clock) -> None:
    city = await build(db)
    meeting, _ = await opened(city)
    rows = await attendance(city, meeting)
    finance = rows["市财政局"]
    assert len(meeting.sign_in_code) == 6
    wrong = f"{(int(meeting.sign_in_code) + 1) % 1_000_000:06d}"
    for code in (wrong, "", "签到"):
        async with refused(city, "wrong_code", "A4.1", finance):
            await city.do("finance", presence.check_in, finance.id, code)
    async with refused(city, "not_your_role", "A4.1", finance):  # without a number the office alone signs in
        await city.do("finance", meetings.sign_in_unit, finance.id)
    async with refused(city, "not_found", "A4.4", finance):
        await city.do("civil", presence.check_in, finance.id, meeting.sign_in_code)
    clock.forward(minutes=5)
    done = await city.do("finance", presence.check_in, finance.id, meeting.sign_in_code)
    assert (done.state, done.late, done.signed_in_at) == ("present", True, clock.now)
    clock.forward(minutes=30)
    left = await city.do("staff", presence.leave_meeting, finance.id)
    assert (left.state, left.left_at) == ("present", clock.now)
    async with refused(city, "wrong_state", "A4.1", rows["市民政局"]):  # it never came
        await city.do("staff", presence.leave_meeting, rows["市民政局"].id)


@pytest.mark.clause("A4.4", "A4.1")
async def test_papers_close_for_whoever_stands_aside_and_he_has_no_say(db, clock) -> None:
    city = await build(db)
    meeting, item = await opened(city)
    motion = await city.fresh(item)
    seat, other = (await attendance(city, meeting))["市民政局"], (await city.meeting(await city.motion("ready")))[0]
    assert await sees(city, "civil", item)
    async with refused(city, "invalid", "A4.4", item):
        await city.do("staff", presence.recuse, item.id, seat.id, " ")
    stranger = (await attendance(city, other))["市民政局"]
    async with refused(city, "invalid", "A4.1", item):
        await city.do("staff", presence.recuse, item.id, stranger.id, "与项目单位有关联")
    await city.do("staff", presence.recuse, item.id, seat.id, "与项目单位有关联")
    for row in (item, motion):
        assert not await sees(city, "civil", row)
        assert await sees(city, "finance", row)
    async with refused(city, "invalid", "A4.4", item):
        await city.do("staff", presence.recuse, item.id, seat.id, "再次")
    async with refused(city, "stood_aside", "A4.4", item):
        await city.do("staff", decisions.record_statement, item.id, city.units["市民政局"], "agree", "同意。")
    await city.do("staff", decisions.record_statement, item.id, city.units["市财政局"], "agree", "同意。")


@pytest.mark.clause("A4.1")
async def test_a_substitute_has_name_and_post(db, clock) -> None:
    city = await build(db)
    meeting, _ = await city.meeting(await city.motion("ready"))
    seat = (await attendance(city, meeting))["市民政局"]
    row = await city.do("civil", meetings.ask_leave, seat.id, "出差", "陈副局长", "副局长")
    assert (row.substitute, row.substitute_post) == ("陈副局长", "副局长")


@pytest.mark.clause("A4.1")
async def test_attendance_over_the_year_counts_only_what_was_refused_or_never_asked_as_absence(db, clock) -> None:
    city = await build(db)
    meeting, item = await city.meeting(await city.motion("ready"))
    rows = await attendance(city, meeting)
    await city.do("civil", meetings.ask_leave, rows["市民政局"].id, "出差")
    clock.set(meeting.starts_at + timedelta(minutes=10))
    await city.act("leader", "meeting", meeting, "open")
    await city.do("staff", meetings.sign_in_unit, rows["市财政局"].id)
    await city.do("staff", decisions.record_decision, item.id, DecisionDraft("noted", "听取。"))
    await city.do("leader", meetings.close_meeting, meeting.id)

    async def counted(who: str, year: int) -> dict[str, tuple[int, ...]]:
        async with db.read() as session:
            view = View(await load_actor(session, city.people[who]), await city.works.policies.current(session))
            found = await attendance_of_year(session, view, city.group, year)
        return {row.name: (row.called, row.present, row.late, row.unanswered, row.absent) for row in found}

    assert await counted("staff", 2026) == {
        "市财政局": (1, 1, 1, 0, 0), "市民政局": (1, 0, 0, 1, 0), "市经信委": (1, 0, 0, 0, 1)
    }  # fmt: skip
    assert await counted("staff", 2025) == {}
    assert await counted("finance", 2026) == {"市财政局": (1, 1, 1, 0, 0)}, "a unit sees its own"
    assert await counted("outsider", 2026) == {}

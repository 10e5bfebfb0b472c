"""The papers of a meeting: put together, delivered by version, read, and chased until then (A3.4, A4.2)."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.core.clock import at, local_day, today
from app.models.matters import Attendance, Item
from app.models.papers import ItemPaper, PaperReceipt
from app.models.records import Outbox, Reminder, Signature, Task
from app.queries.actors import load_actor
from app.queries.meeting_papers import outstanding, papers_to_read
from app.queries.visibility import View
from app.services import attachments, chasing, decisions, delegations, meetings, observers, papers, presence
from app.services.attachments import Target
from app.services.decisions import DecisionDraft
from tests.services.test_attachments import content
from tests.support.city import City, build
from tests.support.paper import entered, sheet
from tests.support.refusal import refused, sees


async def all_of(city: City, model: Any, *where: Any) -> list[Any]:
    async with city.db.read() as session:
        return list((await session.scalars(select(model).where(*where).order_by(model.id))).all())


async def owed(city: City, meeting: Any) -> dict[str, Task]:
    """The open tasks of reading, by holder."""
    rows = await all_of(city, Task, Task.object_id == meeting.id, Task.kind == "papers", Task.closed_at.is_(None))
    return {row.holder: row for row in rows}


def holders(city: City) -> set[str]:
    """Leader, deputies, and the units that a leaders' meeting calls here."""
    units = {f"{city.group}/unit/{city.units[name]}" for name in ("市财政局", "市经信委", "市民政局")}
    people = {f"person/{city.people[who]}" for who in ("in_charge", "deputy", "deputy2")}
    return {f"{city.group}/leader", *people, *units}


async def changed(city: City, motion: Any, name: str = "补充.pdf") -> None:
    """The papers of a motion change after they were delivered."""
    target = Target("motion", motion.id, reason="补充预算表")
    await city.do("staff", attachments.put, target, content(name))


@pytest.mark.clause("A3.4", "A4.2", "C1")
async def test_papers_are_put_together_and_every_addressee_owes_a_receipt(db, clock) -> None:
    city = await build(db)
    motion = await city.motion("ready")
    meeting, item = await city.meeting(motion)
    (paper,) = await all_of(city, ItemPaper)
    assert paper.cells["title"] == motion.title and paper.cells["consolidated"] == "各单位均同意。"
    assert (paper.number, paper.item_id, paper.until) == (1, item.id, None)
    assert item.papers_delivered_at == paper.made_at
    receipts = await all_of(city, PaperReceipt)
    assert {row.holder for row in receipts} == holders(city)
    tasks = await owed(city, meeting)
    assert set(tasks) == holders(city)
    assert {row.due_on for row in tasks.values()} == {local_day(meeting.starts_at) - timedelta(days=3)}, "the Friday"
    for who in ("staff", "police"):
        async with refused(city, "nothing_to_read" if who == "staff" else "not_found", "", meeting):
            await city.do(who, papers.read_papers, meeting.id)
    await city.do("finance_liaison", papers.read_papers, meeting.id)
    read = {row.holder: row for row in await all_of(city, PaperReceipt, PaperReceipt.read_at.is_not(None))}
    unit = f"{city.group}/unit/{city.units['市财政局']}"
    assert set(read) == {unit} and read[unit].read_by == city.people["finance_liaison"]
    assert set(await owed(city, meeting)) == holders(city) - {unit}
    async with refused(city, "nothing_to_read", "A4.2", meeting):
        await city.do("finance", papers.read_papers, meeting.id)


@pytest.mark.clause("A3.4", "A4.2", "C16")
async def test_a_new_version_is_delivered_again_with_its_difference_and_a_new_receipt(db, clock) -> None:
    city = await build(db)
    motion = await city.motion("ready")
    meeting, item = await city.meeting(motion)
    await city.do("finance", papers.read_papers, meeting.id)
    await city.do("head", meetings.deliver_papers, meeting.id)
    assert len(await all_of(city, ItemPaper)) == 1, "nothing has changed: no new version, no new receipt"
    assert len(await all_of(city, PaperReceipt)) == len(holders(city))
    clock.forward(hours=1)
    await changed(city, motion)
    await city.do("head", meetings.deliver_papers, meeting.id)
    old, new = await all_of(city, ItemPaper)
    assert (new.number, new.until, len(new.files)) == (2, None, 1) and old.until
    (change,) = old.changes
    assert (change["field"], change["kind"]) == ("annexes", "added") and "补充.pdf" in change["after"]
    assert (await city.fresh(item)).papers_delivered_at == new.made_at > old.made_at
    before = await all_of(city, PaperReceipt, PaperReceipt.paper_id == old.id)
    assert {row.outcome for row in before if row.read_at is None} == {"superseded"}
    assert [row.outcome for row in before if row.read_at] == [""], "what was read stays read"
    assert set(await owed(city, meeting)) == holders(city), "also whoever had read the version before"


@pytest.mark.clause("A4.2", "A4.4")
async def test_who_comes_later_sees_the_present_version_and_not_what_it_replaced(db, clock) -> None:
    city = await build(db)
    motion = await city.motion("ready")
    meeting, item = await city.meeting(motion)
    clock.forward(hours=1)
    await changed(city, motion)
    await city.do("staff", observers.invite_observers, meeting.id, [city.people["police"]], [item.id])
    await city.do("head", meetings.deliver_papers, meeting.id)
    old, new = await all_of(city, ItemPaper)
    assert await sees(city, "finance", old) and await sees(city, "finance", new)
    assert await sees(city, "police", new) and not await sees(city, "police", old)


@pytest.mark.clause("A3.4")
async def test_a_late_version_is_no_delivery_in_time_unless_the_leader_waives_it(db, clock) -> None:
    city = await build(db)
    motion = await city.motion("ready")
    meeting, item = await city.meeting(motion)
    clock.set(meeting.starts_at - timedelta(hours=2))
    await changed(city, motion)
    await city.do("head", meetings.deliver_papers, meeting.id)
    clock.set(meeting.starts_at)
    async with refused(city, "papers_in_time", "A3.4", meeting):
        await city.act("leader", "meeting", meeting, "open")
    await city.do("leader", meetings.waive_papers, item.id, "补充表仅作说明")
    await city.act("leader", "meeting", meeting, "open")


@pytest.mark.clause("A4.2", "A2.3", "A4.4")
async def test_an_observer_of_one_item_reads_its_papers_alone_and_only_until_the_meeting_has_ended(db, clock) -> None:
    city = await build(db)
    first, second = await city.motion("ready"), await city.motion("ready", title="另一议题")
    row = await city.do("staff", meetings.draft_meeting, city.group, city.meeting_draft())
    items = [await city.do("staff", meetings.add_item, row.id, each.id) for each in (first, second)]
    await city.do("staff", observers.invite_observers, row.id, [city.people["police"]], [items[0].id])
    await city.act("staff", "meeting", row, "request")
    await city.act("leader", "meeting", row, "agree")
    await city.do("head", meetings.convene_meeting, row.id)
    await city.do("head", meetings.deliver_papers, row.id)
    mine = f"person/{city.people['police']}"
    assert [each.item_id for each in await all_of(city, PaperReceipt, PaperReceipt.holder == mine)] == [items[0].id]
    by_item = {each.item_id: each for each in await all_of(city, ItemPaper)}
    shown, hidden = by_item[items[0].id], by_item[items[1].id]
    assert await sees(city, "police", shown) and not await sees(city, "police", hidden)
    meeting = await city.fresh(row)
    await city.act("leader", "meeting", meeting, "open")
    for item in items:
        await city.do("staff", decisions.record_decision, item.id, DecisionDraft("noted", "听取。"))
    await city.do("leader", meetings.close_meeting, meeting.id)
    assert not await sees(city, "police", shown) and await sees(city, "finance", shown)
    async with refused(city, "nothing_to_read", "A4.2", meeting):
        await city.do("finance", papers.read_papers, meeting.id)


@pytest.mark.clause("A4.2", "C2")
async def test_unread_papers_are_chased_before_the_meeting_and_no_higher_than_the_liaison_officer(db, clock) -> None:
    city = await build(db)
    meeting, _ = await city.meeting(await city.motion("ready"))
    await city.do("civil", papers.read_papers, meeting.id)
    reminded: set[Any] = set()
    for day in range(8):
        clock.set(meeting.starts_at - timedelta(days=7 - day))
        await chasing.sweep(db)
        reminded |= {(row.recipient_id, row.rung) for row in await all_of(city, Reminder)}
    tasks = {row.id for row in (await owed(city, meeting)).values()}
    mine = [row for row in await all_of(city, Reminder) if row.task_id in tasks]
    by_person = {who: {row.rung for row in mine if row.recipient_id == city.people[who]} for who in city.people}
    assert by_person["finance_liaison"] == {-2, 0, 1}, "before, on the last day, and on the day of the meeting"
    assert by_person["leader"] == {-2, 0} == by_person["deputy"]
    assert by_person["civil"] == set() and by_person["director"] == set() == by_person["finance"]
    await city.act("leader", "meeting", meeting, "open")
    assert await owed(city, meeting) == {}, "once it is open nobody is chased"


@pytest.mark.clause("A4.2")
async def test_the_office_sees_who_has_not_read_what(db, clock) -> None:
    city = await build(db)
    first, second = await city.motion("ready", title="第一议题"), await city.motion("ready", title="第二议题")
    row = await city.do("staff", meetings.draft_meeting, city.group, city.meeting_draft())
    items = [await city.do("staff", meetings.add_item, row.id, each.id) for each in (first, second)]
    await city.act("staff", "meeting", row, "request")
    await city.act("leader", "meeting", row, "agree")
    await city.do("head", meetings.convene_meeting, row.id)
    await city.do("head", meetings.deliver_papers, row.id)
    await city.do("finance", papers.read_papers, row.id, [items[0].id])
    await city.do("leader", papers.read_papers, row.id)
    assert f"{city.group}/unit/{city.units['市财政局']}" in await owed(city, row), "one of two is not all"

    async def listed(who: str) -> dict[str, list[str]]:
        async with db.read() as session:
            view = View(await load_actor(session, city.people[who]), await city.works.policies.current(session))
            return {each.zh: list(each.unread) for each in await outstanding(session, view, row)}

    seen = await listed("staff")
    assert seen["市财政局"] == ["第二议题"] and seen["市民政局"] == ["第一议题", "第二议题"] and seen["组长"] == []
    assert set(await listed("finance")) == {"市财政局"}
    async with db.read() as session:
        view = View(await load_actor(session, city.people["finance"]), await city.works.policies.current(session))
        readings = await papers_to_read(session, view, await city.fresh(row))
    assert [(each.title, each.mine is not None) for each in readings] == [("第一议题", False), ("第二议题", True)]


@pytest.mark.clause("A4.2", "A4.4")
async def test_of_a_restricted_item_only_who_is_on_its_list_gets_papers(db, clock) -> None:
    city = await build(db)
    motion = await city.motion("ready", "A1.3(1)")
    meeting, item = await city.meeting(motion, deliver=False)
    async with db.write() as session:
        for row in (await session.get(type(motion), motion.id), await session.get(Item, item.id)):
            row.disclosure = "restricted"
    await city.do("head", meetings.deliver_papers, meeting.id)
    got = {row.holder for row in await all_of(city, PaperReceipt)}
    listed = {f"{city.group}/unit/{city.units[name]}" for name in ("市财政局", "市民政局")}
    assert got == holders(city) - {f"{city.group}/unit/{city.units['市经信委']}"} and listed <= got


@pytest.mark.clause("A4.4", "A4.2")
async def test_whoever_stands_aside_owes_no_receipt(db, clock) -> None:
    city = await build(db)
    meeting, item = await city.meeting(await city.motion("ready"))
    civil = next(row for row in await all_of(city, Attendance) if row.unit_id == city.units["市民政局"])
    await city.do("staff", presence.recuse, item.id, civil.id, "涉及本单位")
    holder = f"{city.group}/unit/{city.units['市民政局']}"
    assert holder not in await owed(city, meeting) and len(await owed(city, meeting)) == len(holders(city)) - 1
    (receipt,) = await all_of(city, PaperReceipt, PaperReceipt.holder == holder)
    assert receipt.outcome == "recused"
    await city.do("head", meetings.deliver_papers, meeting.id)
    assert holder not in await owed(city, meeting)


@pytest.mark.clause("A4.2", "A3.1", "C2")
async def test_a_meeting_moved_to_another_day_asks_for_reading_by_that_day(db, clock) -> None:
    city = await build(db)
    meeting, _ = await city.meeting(await city.motion("ready"))
    await city.do("civil", papers.read_papers, meeting.id)
    start = meeting.starts_at + timedelta(days=7)
    names = ("form", "title", "place", "presider_id")
    draft = meetings.MeetingDraft(
        starts_at=start, ends_at=start + timedelta(hours=2), **{name: getattr(meeting, name) for name in names}
    )
    await city.do("staff", meetings.change_meeting, meeting.id, draft, "组长出差")
    assert await owed(city, meeting) == {}, "nobody is chased for a day that is not set"
    await city.act("staff", "meeting", meeting, "request")
    await city.act("leader", "meeting", meeting, "agree")
    await city.do("head", meetings.convene_meeting, meeting.id)
    tasks = await owed(city, meeting)
    assert set(tasks) == holders(city) - {f"{city.group}/unit/{city.units['市民政局']}"}
    assert {row.due_on for row in tasks.values()} == {local_day(start) - timedelta(days=3)}
    await city.act("staff", "meeting", meeting, "cancel", reason="不再召开")
    assert await owed(city, meeting) == {}


async def of_reading(city: City) -> Signature:
    (row,) = await all_of(city, Signature, Signature.action == "read_papers", Signature.voided_at.is_(None))
    return row


@pytest.mark.clause("C20", "A4.2")
async def test_a_receipt_on_paper_is_the_readers_and_falls_when_he_objects(db, clock) -> None:
    city = await build(db)
    meeting, _ = await city.meeting(await city.motion("ready"))
    leader = f"{city.group}/leader"
    given = ("planner", "meeting", meeting, "read_papers")
    async with refused(city, "not_authorised", "C20", meeting):
        await entered(city, *given, sheet(city, "leader"), papers.read_papers)
    for who in ("leader", "police", "director"):
        await city.do(who, delegations.authorise_clerk, city.group, city.people["planner"])
    clock.forward(days=1)
    for who, day, code in (("police", 0, "not_the_signers"), ("director", 0, "nothing_to_read")):
        async with refused(city, code, "", meeting):
            await entered(city, *given, sheet(city, who, today() - timedelta(days=day)), papers.read_papers)
    day = today() - timedelta(days=1)
    await entered(city, *given, sheet(city, "leader", day), papers.read_papers)
    (row,) = await all_of(city, PaperReceipt, PaperReceipt.read_at.is_not(None))
    assert (row.holder, row.read_by, row.entered_by) == (leader, city.people["leader"], city.people["planner"])
    assert row.read_at == at(day, 12)
    assert leader not in await owed(city, meeting)
    signed = await of_reading(city)
    told = await all_of(city, Outbox, Outbox.event == "paper.entered")
    assert {signed.person_id, *(row.person_id for row in told)} == {city.people["leader"]} and told
    assert signed.opinion == "档案柜3-12"
    for who, seen in (("leader", True), ("planner", True), ("finance", False), ("staff", False)):
        assert await sees(city, who, signed) == seen, who
    await city.do("leader", delegations.object_to, signed.id, "没有看过")
    assert not await all_of(city, PaperReceipt, PaperReceipt.read_at.is_not(None))
    assert leader in await owed(city, meeting)
    city.go_to(meeting.starts_at)
    await city.act("leader", "meeting", meeting, "open")  # a contested receipt holds up no meeting


@pytest.mark.clause("C20", "A4.2")
async def test_a_receipt_on_paper_is_for_what_had_been_delivered_by_then(db, clock) -> None:
    city = await build(db)
    motion = await city.motion("ready")
    meeting, _ = await city.meeting(motion)
    await city.do("leader", delegations.authorise_clerk, city.group, city.people["planner"])
    day, given = today(), ("planner", "meeting", meeting, "read_papers")
    clock.forward(days=1)
    await changed(city, motion)
    await city.do("head", meetings.deliver_papers, meeting.id)
    async with refused(city, "nothing_to_read", "A4.2", meeting):
        await entered(
            city, "planner", "meeting", meeting, "read_papers", sheet(city, "leader", day), papers.read_papers
        )
    await entered(city, *given, sheet(city, "leader"), papers.read_papers)
    assert f"{city.group}/leader" not in await owed(city, meeting)

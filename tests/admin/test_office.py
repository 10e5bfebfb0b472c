"""The office on pages: forms, remits, topics and their meetings (B2.1, B2.3, B2.4)."""

import pytest
from sqlalchemy import select

from app.models.matters import Attendance, Item
from app.models.office import AddedForm
from tests.admin.conftest import Pages


@pytest.mark.clause("B2.3", "B2.1")
async def test_the_director_adds_a_form_retires_it_and_sets_a_remit(pages: Pages) -> None:
    city = pages.city
    director, head = await pages.sign_in("director"), await pages.sign_in("head")
    text = (await head.get("/admin/office")).text
    for word in ("办公室全体成员会议", "专题会议", "规划项目部", "资金安排"):
        assert word in text
    assert "增加会议形式" not in text
    form = {"group_id": str(city.group), "name": "调度会议", "calls": "departments", "organizers": "general_affairs"}
    assert (await head.post("/admin/office/forms", form)).status_code == 403
    assert "增加会议形式" in (await director.get("/admin/office")).text
    assert (await director.post("/admin/office/forms", form)).status_code == 303
    async with city.db.read() as session:
        added = (await session.scalars(select(AddedForm))).one()
    assert f'value="added:{added.id}"' in (await head.get("/admin/meetings/new")).text
    assert (await director.post(f"/admin/office/forms/{added.id}/retire")).status_code == 303
    remit = {"group_id": str(city.group), "unit_id": str(city.units["规划项目部"]), "remit": "standards"}
    assert (await director.post("/admin/office/remit", remit)).status_code == 303
    assert "技术标准" in (await head.get("/admin/office")).text
    assert (await (await pages.sign_in("civil")).get("/admin/office")).status_code == 403


@pytest.mark.clause("B2.4", "B2.3", "B2.5")
async def test_a_topic_goes_from_its_page_to_the_meeting_that_hears_it(pages: Pages) -> None:
    city = pages.city
    head, vice = await pages.sign_in("planning_head"), await pages.sign_in("vice2")
    director = await pages.sign_in("director")
    form = {"group_id": str(city.group), "title": "项目清单", "subject": "projects", "body": "拟列入12个项目。"}
    assert "所属职责" in (await head.get("/admin/topics/new")).text
    page = (await head.post("/admin/topics/new", form)).headers["location"]
    act = page.replace("/topics/", "/act/topic/")
    assert (await head.post(f"{page}/edit", {**form, "body": "拟列入13个项目。"})).status_code == 303
    assert "13个项目" in (await head.get(page)).text
    assert (await head.post(f"{act}/submit")).status_code == 303
    refused = await director.post(f"{act}/approve")
    assert refused.status_code == 409
    assert (await vice.post(f"{act}/review")).status_code == 303
    assert (await director.post(f"{act}/approve")).status_code == 303
    assert "待上会" in (await head.get("/admin/topics")).text
    draft = {"group_id": str(city.group), "form": "directors_meeting", "title": "主任会议", "place": "会议室",
             "starts_at": "2026-03-10T09:00", "ends_at": "2026-03-10T10:00",
             "presider_id": str(city.people["director"])}  # fmt: skip
    clerk = await pages.sign_in("staff")
    assert "承办部门" in (await clerk.get("/admin/meetings/new")).text
    meeting = (await clerk.post("/admin/meetings/new", draft)).headers["location"]
    key = meeting.rpartition("/")[2]
    assert "主任会议" in (await clerk.get(page)).text
    assert (await clerk.post(f"{act}/list", {"meeting_id": key})).status_code == 303
    text = (await director.get(meeting)).text
    assert f'href="{page}"' in text
    assert f"/admin/act/meeting/{key}/choose" in text
    assert (await director.post(f"/admin/act/meeting/{key}/choose")).status_code == 303
    assert (await clerk.post(f"/admin/act/meeting/{key}/convene")).status_code == 303
    text = (await clerk.get(meeting)).text
    for word in ("综合部", "规划项目部", "内设机构", "副主任己"):
        assert word in text


@pytest.mark.clause("A2.1", "A3.1")
async def test_a_meeting_is_proposed_from_the_store_and_put_off_on_its_page(pages: Pages) -> None:
    city = pages.city
    motion = await city.motion("ready")
    clerk, leader = await pages.sign_in("staff"), await pages.sign_in("leader")
    text = (await clerk.get("/admin/ready")).text
    assert motion.title in text
    assert "据此拟定会议" in text
    form = {"group_id": str(city.group), "form": "leaders_meeting", "title": "组长会议", "place": "会议室",
            "starts_at": "2026-03-14T09:00", "ends_at": "2026-03-14T10:00",
            "presider_id": str(city.people["leader"])}  # fmt: skip
    page = (await clerk.post("/admin/ready", form)).headers["location"]
    text = (await clerk.get(page)).text
    assert motion.title in text
    assert "2026-03-14是休息日" in text, "a Saturday is warned of, not refused"
    act = page.replace("/meetings/", "/act/meeting/")
    assert (await clerk.post(f"{act}/request")).status_code == 303
    assert (await leader.post(f"{act}/agree")).status_code == 303
    assert (await clerk.post(f"{act}/convene")).status_code == 303
    assert (await clerk.post(f"{act}/postpone", {"reason": "台风"})).status_code == 303
    assert "已推迟" in (await clerk.get(page)).text


@pytest.mark.clause("A2.1", "A2.3", "A3.1", "C17")
async def test_an_agenda_is_arranged_on_the_meetings_page(pages: Pages) -> None:
    city = pages.city
    motions = [await city.motion("ready", title=f"议题{number}") for number in (1, 2)]
    meeting, _ = await city.meeting(motions[0])
    page, act = f"/admin/meetings/{meeting.id}", f"/admin/act/meeting/{meeting.id}"
    clerk, leader = await pages.sign_in("staff"), await pages.sign_in("leader")
    text = (await clerk.get(page)).text
    for word in ("邀请列席", "临时增加议程", "调整议程顺序", "安排时长和汇报人"):
        assert word in text
    late = {"matter": f"motion:{motions[1].id}", "reason": "上级刚来文"}
    assert (await clerk.post(f"{act}/add_late", {**late, "matter": "x"})).status_code == 422
    assert (await clerk.post(f"{act}/add_late", late)).status_code == 303
    assert "待同意列入" in (await leader.get(page)).text
    async with city.db.read() as session:
        query = select(Item).where(Item.motion_id == motions[1].id)
        item = (await session.scalars(query)).one()
    assert (await leader.post(f"/admin/act/item/{item.id}/admit_late")).status_code == 303
    timed = {"minutes": "30", "rapporteur": "经信主任"}
    assert (await clerk.post(f"/admin/act/item/{item.id}/arrange", timed)).status_code == 303
    assert (await clerk.post(f"/admin/act/item/{item.id}/arrange", {"minutes": "x"})).status_code == 422
    assert (await clerk.post(f"{act}/arrange", {"order": "2,1"})).status_code == 303
    text = (await clerk.get(page)).text
    assert text.index('1. <a href="/admin/motions/' + str(motions[1].id)) < text.index("2. <a href")
    assert "汇报人 经信主任" in text
    guest = {"person_ids": str(city.people["police"]), "item_ids": str(item.id)}
    assert (await clerk.post(f"{act}/invite", guest)).status_code == 303
    assert "公安局长" in (await clerk.get(page)).text
    assert (await (await pages.sign_in("police")).get(page)).status_code == 200


@pytest.mark.clause("A4.1", "A4.4")
async def test_presence_is_recorded_on_pages_and_attendance_told_over_the_year(pages: Pages) -> None:
    city = pages.city
    meeting, item = await city.meeting(await city.motion("ready"))
    await city.act("leader", "meeting", meeting, "open")
    meeting = await city.fresh(meeting)
    async with city.db.read() as session:
        query = select(Attendance).where(Attendance.meeting_id == meeting.id)
        seats = {row.unit_id: row for row in (await session.scalars(query)).all()}
    finance, civil = seats[city.units["市财政局"]], seats[city.units["市民政局"]]
    clerk, unit = await pages.sign_in("staff"), await pages.sign_in("finance")
    page = f"/admin/meetings/{meeting.id}"
    assert f"<strong>{meeting.sign_in_code}</strong>" in (await clerk.get(page)).text
    assert meeting.sign_in_code not in (await unit.get(page)).text
    act = f"/admin/act/attendance/{finance.id}"
    assert (await unit.post(f"{act}/check_in", {"code": "000"})).status_code == 409
    assert (await unit.post(f"{act}/check_in", {"code": meeting.sign_in_code})).status_code == 303
    assert (await clerk.post(f"{act}/leave")).status_code == 303
    aside = {"attendance_id": str(civil.id), "reason": "与项目单位有关联"}
    assert (await clerk.post(f"/admin/act/item/{item.id}/recuse", aside)).status_code == 303
    decided = {"kind": "noted", "text": "听取。"}
    assert (await clerk.post(f"/admin/act/item/{item.id}/decide", decided)).status_code == 303
    leader = await pages.sign_in("leader")
    assert (await leader.post(f"/admin/act/meeting/{meeting.id}/close")).status_code == 303
    text = (await clerk.get("/admin/attendance")).text
    assert "<svg" in text
    assert "市财政局: 100 % (1/1)" in text
    sheet = await clerk.get("/admin/attendance/export.xlsx")
    assert sheet.content[:2] == b"PK"
    assert "市民政局" not in (await unit.get("/admin/attendance")).text

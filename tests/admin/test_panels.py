"""An expert panel on its pages, from the first form to the answered recommendation (A3.7)."""

import re
from typing import Any

import pytest
from sqlalchemy import select

from app.models.panels import Panel, PanelAdvice, PanelDraw
from tests.admin.conftest import Pages
from tests.support.experts import called_panel, members, nick, pool

pytestmark = pytest.mark.clause("A3.7")
DRAFT = {"kind": "appraisal", "mode": "in_writing", "due_on": "2026-03-20", "question": "方案是否可行?"}


async def the_panel(pages: Pages) -> Panel:
    async with pages.city.db.read() as session:
        return (await session.scalars(select(Panel))).one()


async def act(browser: Any, noun: str, row: Any, action: str, **fields: Any) -> None:
    answer = await browser.post(f"/admin/act/{noun}/{row.id}/{action}", fields)
    assert answer.status_code == 303, answer.text


async def test_a_panel_is_drawn_called_heard_and_answered_on_pages(pages: Pages) -> None:
    city = pages.city
    motion = await city.motion("ready", "A1.3(2)")
    await pool(city, 9)
    office = await pages.sign_in("staff")
    page = (await office.get(f"/admin/motions/{motion.id}")).text
    assert f"/admin/panels/new?motion_id={motion.id}" in page
    form = (await office.get(f"/admin/panels/new?motion_id={motion.id}")).text
    assert "论证问题" in form and str(motion.id) in form
    assert (await office.post("/admin/panels/new", {**DRAFT, "motion_id": str(motion.id)})).status_code == 303
    panel = await the_panel(pages)
    here = f"/admin/panels/{panel.id}"
    assert "固定抽取条件" in (await office.get(here)).text
    plan = {**DRAFT, "kind": "review", "lots_said": "物联网 3\n网络安全 2"}
    await act(office, "panel", panel, "edit", **plan)
    text = (await office.get(here)).text
    assert "物联网 3人、网络安全 2人" in text and '<option value="review" selected>' in text
    wrong = await office.post(f"/admin/act/panel/{panel.id}/fix", {"lots_said": "物联网三人"})
    assert wrong.status_code == 422
    await act(office, "panel", panel, "fix", lots_said="物联网 3人\n网络安全:2")
    await act(office, "panel", panel, "draw")
    again = await office.post(f"/admin/act/panel/{panel.id}/draw", {"reason": ""})
    assert again.status_code == 422, "a new draw needs a reason"
    rows = await members(city, panel)
    await act(office, "panel", panel, "name_chair", member_id=str(rows[0].id))
    await act(office, "panel", panel, "call")
    text = (await office.get(here)).text
    async with city.db.read() as session:
        drawn = (await session.scalars(select(PanelDraw))).one()
    assert drawn.seed in text and text.count("随机抽取</span>") == 5
    record = await office.get(f"{here}/draws/{drawn.id}")
    assert record.headers["content-type"] == "application/json" and record.json()["seed"] == drawn.seed
    for row in rows:
        expert = await pages.sign_in(nick(city, row))
        assert f"/admin/at/panel_member/{row.id}" in (await expert.get("/admin/")).text, "it is a task of his"
        at = await expert.get(f"/admin/at/panel_member/{row.id}")
        assert at.status_code == 303 and at.headers["location"].startswith(here)
        seen = (await expert.get(here)).text
        assert "出具意见" in seen and drawn.seed not in seen and "expert_id" not in seen
        assert (await expert.get(f"{here}/draws/{drawn.id}")).status_code == 404
        await act(expert, "panel_member", row, "receive")
        await act(expert, "panel_member", row, "give_view", position="agree", score="85", text="可行。")
    chair = await pages.sign_in(nick(city, rows[0]))
    await chair.get(here)
    fields = {"conclusion": "pass_with_amendments", "text": "修改后可行。", "advice": "补充接口标准\n\n压减投资"}
    done = await chair.post(f"/admin/act/panel/{panel.id}/conclude", fields)
    assert done.status_code == 303
    assert (await chair.get(here)).status_code == 404, "from the call to the conclusion"
    text = (await office.get(here)).text
    assert "修改后通过" in text and "补充接口标准" in text and text.count("85分") == 10, "each view, and its signature"
    async with city.db.read() as session:
        advice = (await session.scalars(select(PanelAdvice))).all()
    assert len(advice) == 2
    for each in advice:
        await act(office, "panel", panel, "answer_advice", advice_id=str(each.id), answer="in_part", text="部分可行")
    assert "建议已回应" in (await office.get(here)).text
    assert "修改后通过" in (await office.get(f"/admin/motions/{motion.id}")).text
    assert motion.title in (await office.get("/admin/panels")).text


async def test_a_conflict_shows_and_is_dealt_with(pages: Pages) -> None:
    city = pages.city
    motion = await city.motion("ready", "A1.3(2)")
    people = await pool(city, 5)
    panel = await called_panel(city, motion, people)
    async with city.db.write() as session:
        (await session.get(type(people[1]), people[1].id)).employer = "市经信委"
    office = await pages.sign_in("staff")
    here = f"/admin/panels/{panel.id}"
    text = (await office.get(here)).text
    assert "现有回避情形" in text and "专家乙(市经信委;网络安全;1次) 须回避" in text, "marked where members are named"
    rows = await members(city, panel)
    await act(
        office, "panel_member", rows[1], "exclude", conflict="employer", reason="调入提请单位", also=str(rows[2].id)
    )
    text = (await office.get(here)).text
    assert "现有回避情形" not in text and len(re.findall("调入提请单位", text)) >= 2


async def test_nobody_else_finds_the_panel(pages: Pages) -> None:
    motion = await pages.city.motion("ready", "A1.3(2)")
    panel = await called_panel(pages.city, motion, await pool(pages.city, 3))
    for who in ("civil", "sysadmin", "auditor"):
        browser = await pages.sign_in(who)
        assert (await browser.get(f"/admin/panels/{panel.id}")).status_code == 404
        assert motion.title not in (await browser.get("/admin/panels")).text


@pytest.mark.clause("C20")
async def test_a_view_is_entered_from_paper_and_objected_to_on_pages(pages: Pages) -> None:
    city = pages.city
    panel = await called_panel(city, await city.motion("ready", "A1.3(2)"), await pool(city, 3))
    first, *_ = await members(city, panel)
    office, here = await pages.sign_in("staff"), f"/admin/panels/{panel.id}"
    assert (await office.get(here)).text.count("代录:出具意见") == 6, "a summary and a button for each member"
    fields = {
        "principal_id": str(first.person_id),
        "position": "against",
        "score": "40",
        "text": "造价偏高。",
        "signed_on": "2026-03-02",
        "note": "档案柜",
    }
    refused = await office.post(f"/admin/act/panel_member/{first.id}/give_view", fields)
    assert refused.status_code == 409 and "扫描件" in refused.text
    await act(office, "panel_member", first, "give_view", **fields, scan="2026-17")
    expert = await pages.sign_in("expert1")
    page = (await expert.get("/admin/delegations")).text
    assert "代录我的纸面签署" in page and "扫描件 2026-17" in page
    signature = re.search(r"/admin/signatures/([0-9a-f-]+)/object", page)
    assert signature
    done = await expert.post(f"/admin/signatures/{signature[1]}/object", {"objection": "不是我的意见"})
    assert done.status_code == 303
    assert "本人有异议" in (await office.get(here)).text
    other = await pages.sign_in("expert2")
    assert "代录我的纸面签署" not in (await other.get("/admin/delegations")).text


@pytest.mark.clause("B2.3")
async def test_a_panel_is_put_to_a_joint_meeting_on_its_page(pages: Pages) -> None:
    city = pages.city
    panel = await called_panel(city, await city.motion("ready", "A1.3(2)"), await pool(city, 3), mode="meeting")
    office, here = await pages.sign_in("staff"), f"/admin/panels/{panel.id}"
    assert "提请联合会议" in (await office.get(here)).text
    await act(office, "panel", panel, "convene", ends_at="2026-03-09T12:00", presider_id=str(city.people["director"]))
    text = (await office.get(here)).text
    address = re.search(r"/admin/meetings/[0-9a-f-]+", text)
    assert "方案论证联合会议" in text and address
    meeting = (await office.get(address[0])).text
    assert "办公室与咨询专家联合会议" in meeting and here in meeting

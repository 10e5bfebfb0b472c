"""The review on the pages: a unit's draft, its release, amendments, the sheet, and the leader's page (A3.3, A3.4)."""

import pytest
from sqlalchemy import select

from app.models.review import OpinionAmendment
from app.services import opinions
from tests.admin.conftest import Pages


@pytest.mark.clause("A3.3", "A3.4")
async def test_a_review_from_the_unit_s_draft_to_the_leader_s_page(pages: Pages) -> None:
    city = pages.city
    motion = await city.motion("admitted")
    (row,) = await city.do("staff", opinions.ask_opinions, motion.id, [])
    page, act = f"/admin/motions/{motion.id}", f"/admin/act/opinion/{row.id}"
    liaison, head = await pages.sign_in("finance_liaison"), await pages.sign_in("finance")
    staff, director = await pages.sign_in("staff"), await pages.sign_in("director")
    leader = await pages.sign_in("leader")
    form = {"position": "agree_with_amendments", "text": "请收窄范围。", "passage_1": "等项目", "wording_1": "项目"}
    assert (await liaison.post(f"{act}/draft_answer", form)).status_code == 303
    mine = (await liaison.get(page)).text
    assert 'value="等项目"' in mine and '<option value="agree_with_amendments" selected>' in mine, "to go on from there"
    assert "请收窄范围。" in (await head.get(page)).text
    assert f"{act}/release" in (await head.get(page)).text
    assert f"{act}/release" not in (await liaison.get(page)).text
    for browser in (staff, director, leader):
        assert "请收窄范围。" not in (await browser.get(page)).text
    assert (await head.post(f"{act}/release")).status_code == 303
    assert "<del>等项目</del>" in (await staff.get(page)).text
    async with city.db.read() as session:
        amendment = (await session.scalars(select(OpinionAmendment))).one()
    form = {"amendment_id": str(amendment.id), "outcome": "not_taken", "reason": "涉及面广"}
    assert (await staff.post(f"{act}/settle", form)).status_code == 303
    sheet = {"text": "市财政局修改后同意。"}
    act = f"/admin/act/motion/{motion.id}"
    assert (await staff.post(f"{act}/draft_sheet", {"text": ""})).status_code == 303
    assert "市财政局建议“等项目”改为“项目”:不采纳,涉及面广。</textarea>" in (await staff.get(page)).text
    assert (await staff.post(f"{act}/draft_sheet", sheet)).status_code == 303
    assert "汇总意见第2稿" in (await staff.get(page)).text
    assert (await director.post(f"{act}/consolidate", {"text": ""})).status_code == 303
    text = (await leader.get(f"{page}/sheet")).text
    for word in (
        "领导阅签单",
        "修改后同意 1",
        "市财政局修改意见未采纳:项目",
        "市财政局修改后同意。",
        "12,000,000.00 元",
    ):
        assert word in text
    assert (await head.get(f"{page}/sheet")).status_code == 404

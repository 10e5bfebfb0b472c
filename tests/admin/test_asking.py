"""Whom to ask, on the pages: rules with their dates, and the standing of every request (A3.3)."""

import pytest
from sqlalchemy import select

from app.models.matters import Opinion
from app.models.review import AskingRule
from tests.admin.conftest import Pages


@pytest.mark.clause("A3.3")
async def test_the_office_keeps_its_rules_and_requests_show_their_standing(pages: Pages, clock) -> None:
    city = pages.city
    head, form = await pages.sign_in("head"), {"group_id": str(city.group), "unit_id": str(city.units["市公安局"])}
    said = {**form, "basis": "数据安全须公安意见", "tag": "数据安全"}
    assert (await head.post("/admin/asking-rules", said)).status_code == 303
    assert (await head.post("/admin/asking-rules", {**said, "amount_from": "9", "amount_to": "1"})).status_code == 422
    text = (await (await pages.sign_in("staff")).get("/admin/asking-rules")).text
    assert "数据安全须公安意见" in text
    assert "增加规则" not in text
    motion = await city.motion("admitted", tags=("数据安全",))
    page = f"/admin/motions/{motion.id}"
    assert (await head.get(page)).text.count('<span class="light grey">未启动</span>') == 2
    assert (await head.post(f"/admin/act/motion/{motion.id}/ask_opinions", {"due_on": ""})).status_code == 303
    async with city.db.read() as session:
        finance, _ = sorted((await session.scalars(select(Opinion))).all(), key=lambda row: row.basis)
        (rule,) = (await session.scalars(select(AskingRule))).all()
    chief, act = await pages.sign_in("finance"), f"/admin/act/opinion/{finance.id}"
    assert (await chief.post(f"{act}/extend", {"due_on": "2026-03-16", "reason": "测算"})).status_code == 303
    director = await pages.sign_in("director")
    assert "批准延期" in (await director.get("/admin/")).text
    assert (await director.post(f"{act}/grant_more_time")).status_code == 303
    text = (await head.get(page)).text
    for word in ("进行中", "原期限", "2026年3月9日", "2026年3月16日", "已准予延期"):
        assert word in text
    assert (await director.post(f"/admin/act/motion/{motion.id}/recall", {"reason": "请压减"})).status_code == 303
    assert (await director.get(page)).text.count('<span class="light grey">已中止计时</span>') == 2
    assert (await director.post(f"{act}/restart", {"due_on": "2026-03-20"})).status_code == 409
    assert (await head.post(f"/admin/asking-rules/{rule.id}/end", {"ends_on": "2026-03-02"})).status_code == 303

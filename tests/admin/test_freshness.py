"""Freshness on the pages (C16): the difference is shown, and asking again has its button."""

import pytest
from sqlalchemy import select

from app.models.matters import Opinion
from app.models.records import Signature
from app.services import opinions
from tests.admin.conftest import Pages


@pytest.mark.clause("C16")
async def test_the_page_shows_the_difference_and_asks_again(pages: Pages) -> None:
    city = pages.city
    motion = await city.motion("admitted", "A1.3(5)")
    (row,) = await city.do("staff", opinions.ask_opinions, motion.id, [city.units["市民政局"]])
    await city.do("civil", opinions.answer_opinion, row.id, "agree")
    staff, page, act = await pages.sign_in("staff"), f"/admin/motions/{motion.id}", f"/admin/act/opinion/{row.id}"
    assert f"{act}/ask_again" not in (await staff.get(page)).text
    assert "文稿此后有改动" not in (await staff.get(page)).text
    form = {"title": motion.title, "body": motion.body.replace("等项目", "和数据安全项目"), "reason": "按意见修改"}
    assert (await staff.post(f"/admin/act/motion/{motion.id}/amend", form)).status_code == 303
    for who in ("staff", "leader", "civil"):
        text = (await (await pages.sign_in(who)).get(page)).text
        assert "文稿此后有改动" in text
        assert "<del>等</del><ins>和数据安全</ins>" in text
    assert f"{act}/ask_again" in (await staff.get(page)).text
    assert (await staff.post(f"{act}/ask_again", {"due_on": ""})).status_code == 303
    assert "在此前文稿上的意见" in (await staff.get(page)).text
    async with city.db.read() as session:
        again = (await session.scalars(select(Opinion))).one()
        signed = (await session.scalars(select(Signature).where(Signature.action == "admit"))).one()
    assert (again.state, again.position) == ("asked", "")
    form = {"signature_id": str(signed.id)}
    assert (await staff.post(f"/admin/act/motion/{motion.id}/ask_signer_again", form)).status_code == 303
    leader = await pages.sign_in("leader")
    assert "确认修改稿" in (await leader.get("/admin/")).text
    assert (await leader.post(f"/admin/act/motion/{motion.id}/reaffirm", {"opinion": "同意"})).status_code == 303

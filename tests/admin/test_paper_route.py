"""C20 on the pages: the steps of those who authorised the clerk stand on the matter's page, each with its own form."""

import pytest
from sqlalchemy import select

from app.models.matters import Attendance, Opinion
from app.models.records import Signature
from app.services import delegations
from tests.admin.conftest import Pages

pytestmark = pytest.mark.clause("C20")


@pytest.mark.clause("A3.3")
async def test_a_units_opinion_is_entered_from_paper_shown_and_objected_to(pages: Pages) -> None:
    city = pages.city
    motion = await city.motion("under_review")
    async with city.db.read() as session:
        query = select(Opinion).where(Opinion.unit_id == city.units["市民政局"])
        opinion = (await session.scalars(query)).one()
    here, act = f"/admin/motions/{motion.id}", f"/admin/act/opinion/{opinion.id}"
    clerk = await pages.sign_in("staff")
    assert "代录:" not in (await clerk.get(here)).text
    form = {"position": "disagree", "text": "金额偏高。", "principal_id": str(city.people["civil"]),
            "signed_on": "2026-03-02", "note": "档案柜", "scan": "2026-17"}  # fmt: skip
    before = await city.counts()
    assert (await clerk.post(f"{act}/answer", form)).status_code == 409
    assert await city.counts() == before
    await city.do("civil", delegations.authorise_clerk, city.group, city.people["staff"])
    text = (await clerk.get(here)).text
    assert "代录:答复" in text and "代录:申请延期" in text and "代录:审定" not in text
    assert text.count('<option value="' + str(city.people["civil"])) >= 2
    assert (await clerk.post(f"{act}/draft_answer", form)).status_code == 409, "a draft is nobody's signature"
    assert (await clerk.post(f"{act}/answer", form)).status_code == 303
    assert "纸面签署,由 科员壬代录" in (await clerk.get(here)).text
    async with city.db.read() as session:
        signed = (await session.scalars(select(Signature).where(Signature.object_id == opinion.id))).one()
    assert (signed.person_id, signed.opinion) == (city.people["civil"], "金额偏高。(档案柜;扫描件 2026-17)")
    signer = await pages.sign_in("civil")
    assert f"/admin/signatures/{signed.id}/object" in (await signer.get("/admin/delegations")).text
    assert (await signer.post(f"/admin/signatures/{signed.id}/object", {"objection": "有误"})).status_code == 303
    text, void = (await clerk.get(here)).text, f"/admin/signatures/{signed.id}/void"
    assert "本人有异议" in text and void not in text
    assert (await clerk.post(void, {"reason": "代录有误"})).status_code == 403
    director = await pages.sign_in("director")
    assert void in (await director.get(here)).text
    assert (await director.post(void, {"reason": "代录有误"})).status_code == 303
    text = (await director.get(here)).text
    assert "作废代录" in text and "代录有误" in text and void not in text
    assert (await city.fresh(opinion)).state == "asked"


@pytest.mark.clause("A4.1")
async def test_leave_on_paper_is_entered_and_shown_on_the_meetings_page(pages: Pages) -> None:
    city = pages.city
    meeting, _ = await city.meeting(await city.motion("ready"))
    async with city.db.read() as session:
        query = select(Attendance).where(Attendance.unit_id == city.units["市民政局"])
        seat = (await session.scalars(query)).one()
    for who in ("civil", "leader"):
        await city.do(who, delegations.authorise_clerk, city.group, city.people["staff"])
    clerk, here = await pages.sign_in("staff"), f"/admin/meetings/{meeting.id}"
    text = (await clerk.get(here)).text
    assert "代录:请假" in text and "代录:准假" not in text
    form = {"principal_id": str(city.people["civil"]), "signed_on": "2026-03-02", "note": "传真2号", "reason": "出差"}
    assert (await clerk.post(f"/admin/act/attendance/{seat.id}/ask_leave", form)).status_code == 303
    assert "代录:准假" in (await clerk.get(here)).text
    form = {"principal_id": str(city.people["leader"]), "signed_on": "2026-03-02", "note": "档案柜"}
    assert (await clerk.post(f"/admin/act/attendance/{seat.id}/grant_leave", form)).status_code == 303
    text = (await clerk.get(here)).text
    assert text.count("纸面签署,由 科员壬代录") == 2 and "出差(传真2号)" in text
    assert (await city.fresh(seat)).state == "excused"


@pytest.mark.clause("A4.2")
async def test_papers_are_signed_for_on_paper_on_their_page(pages: Pages) -> None:
    city = pages.city
    meeting, _ = await city.meeting(await city.motion("ready"))
    for who in ("leader", "director"):  # the director owes no receipt
        await city.do(who, delegations.authorise_clerk, city.group, city.people["staff"])
    clerk, here = await pages.sign_in("staff"), f"/admin/meetings/{meeting.id}/papers"
    text = (await clerk.get(here)).text
    assert "代录:签收会议材料" in text
    assert str(city.people["leader"]) in text and str(city.people["director"]) not in text
    form = {"principal_id": str(city.people["leader"]), "signed_on": "2026-03-02", "note": "档案柜"}
    assert (await clerk.post(here, form)).status_code == 303
    assert "代录:签收会议材料" not in (await clerk.get(here)).text
    assert (await clerk.post(here, form)).status_code == 409
    signer = await pages.sign_in("leader")
    text = (await signer.get("/admin/delegations")).text
    assert "签收会议材料" in text and "/object" in text

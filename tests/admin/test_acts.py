"""Acts on the pages: the same services, the same outcome, the same refusals as everywhere (DESIGN 2)."""

import pytest
from sqlalchemy import select

from app.admin.payloads import PAYLOADS
from app.models.matters import Item, Opinion
from app.models.records import Signature
from app.queries.subjects import load_subject
from app.rules.catalogue import TABLES
from app.services import delegations, meetings
from app.services.acts import WITH_PAYLOAD
from app.services.transitions import available
from tests.admin.conftest import Pages


def test_every_act_with_a_payload_has_a_form() -> None:
    assert set(PAYLOADS) >= WITH_PAYLOAD
    beside = {(noun, action) for noun, action in PAYLOADS if action not in TABLES[noun].actions}
    assert beside == {
        ("opinion", "respond"), ("opinion", "release"), ("opinion", "settle"), ("motion", "put_on_list"),
    }  # fmt: skip


@pytest.mark.clause("A3.2", "C7")
async def test_a_step_taken_on_a_page_moves_the_matter(pages: Pages) -> None:
    motion = await pages.city.motion("submitted")
    browser = await pages.sign_in("director")
    assert f"/admin/act/motion/{motion.id}/endorse" in (await browser.get(f"/admin/motions/{motion.id}")).text
    answer = await browser.post(f"/admin/act/motion/{motion.id}/endorse", {"opinion": "同意上报"})
    assert answer.headers["location"] == f"/admin/motions/{motion.id}?done=motion.endorse"
    assert (await pages.city.fresh(motion)).state == "endorsed"
    text = (await browser.get(answer.headers["location"])).text
    assert "已办理:核签" in text
    assert "同意上报" in text


@pytest.mark.clause("A3.2", "C7")
async def test_a_refused_step_says_why_and_changes_nothing(pages: Pages) -> None:
    motion = await pages.city.motion("submitted")
    browser, before = await pages.sign_in("staff"), await pages.city.counts()
    answer = await browser.post(f"/admin/act/motion/{motion.id}/endorse", {"back": f"/admin/motions/{motion.id}"})
    assert answer.status_code == 403
    assert "“核签”由办公室主任办理" in answer.text
    assert 'class="clause">A3.2<' in answer.text
    assert f'href="/admin/motions/{motion.id}"' in answer.text
    assert await pages.city.counts() == before
    browser = await pages.sign_in("director")
    without_reason = await browser.post(f"/admin/act/motion/{motion.id}/return")
    assert without_reason.status_code == 422
    assert "须写明理由" in without_reason.text
    assert await pages.city.counts() == before


@pytest.mark.clause("C7")
async def test_htmx_gets_a_refusal_as_a_note_on_the_page(pages: Pages) -> None:
    motion = await pages.city.motion("submitted")
    browser = await pages.sign_in("staff")
    answer = await browser.post(f"/admin/act/motion/{motion.id}/endorse", **{"hx-request": "true"})
    assert answer.headers["hx-retarget"] == "#notice"
    assert "<html" not in answer.text
    assert "核签" in answer.text


@pytest.mark.clause("C7")
@pytest.mark.parametrize("who", ["staff", "director", "in_charge", "leader"])
async def test_buttons_are_what_the_engine_allows(pages: Pages, who: str) -> None:
    city = pages.city
    for state in ("draft", "submitted", "endorsed", "reviewed", "admitted"):
        motion = await city.motion(state)
        browser = await pages.sign_in(who)
        answer = await browser.get(f"/admin/motions/{motion.id}")
        if answer.status_code == 404:
            continue

        async def allowed(work, actor, row=motion):
            subject = await load_subject(work.session, "motion", await work.session.get(type(row), row.id))
            return {act.action: act.blocker for act in available(work.policy, subject, actor, work.now)}

        for action, blocker in (await city.do(who, allowed)).items():
            form = f'action="/admin/act/motion/{motion.id}/{action}"'
            assert (form in answer.text) == (blocker is None), (state, action)
            if blocker:
                assert blocker.zh.replace('"', "&#34;") in answer.text


@pytest.mark.clause("A3.7")
async def test_a_technical_motion_shows_what_stands_in_the_way(pages: Pages) -> None:
    motion = await pages.city.motion("ready", category="A1.3(2)")
    browser = await pages.sign_in("staff")
    text = (await browser.get(f"/admin/motions/{motion.id}")).text
    near = text[text.index('class="cannot near"') :]
    row = near[near.index("<button disabled>列入议程</button>") :]
    assert "专家小组尚未形成结论" in row[: row.index("</li>")]


@pytest.mark.clause("A3.3", "A3.1")
async def test_acts_with_a_payload_work_from_their_forms(pages: Pages) -> None:
    city = pages.city
    motion = await city.motion("admitted")
    staff = await pages.sign_in("staff")
    page = (await staff.get(f"/admin/motions/{motion.id}")).text
    assert 'name="unit_ids"' in page
    form = {"unit_ids": [str(city.units["市民政局"]), str(city.units["市公安局"])], "due_on": "2026-03-06"}
    assert (await staff.post(f"/admin/act/motion/{motion.id}/ask_opinions", form)).status_code == 303
    async with city.db.read() as session:
        opinions = (await session.scalars(select(Opinion).where(Opinion.motion_id == motion.id))).all()
    whose = {row.unit_id: row for row in opinions}
    assert len(whose) == 3, "the finance bureau is always asked"
    for who, unit in (("civil", "市民政局"), ("police", "市公安局"), ("finance", "市财政局")):
        browser, row = await pages.sign_in(who), whose[city.units[unit]]
        assert "等待 <strong>" in (await browser.get(f"/admin/motions/{motion.id}")).text
        seat = await browser.get(f"/admin/at/opinion/{row.id}")
        assert seat.headers["location"] == f"/admin/motions/{motion.id}#opinion-{row.id}"
        vague = await browser.post(f"/admin/act/opinion/{row.id}/answer", {"position": "disagree"})
        assert vague.status_code == 422
        form = {"position": "agree", "back": f"/admin/motions/{motion.id}"}
        assert (await browser.post(f"/admin/act/opinion/{row.id}/answer", form)).status_code == 303
    director = await pages.sign_in("director")
    assert (await director.post(f"/admin/act/motion/{motion.id}/consolidate", {"text": "均同意。"})).status_code == 303
    meeting = await city.do("staff", meetings.draft_meeting, city.group, city.meeting_draft())
    listed = await staff.post(f"/admin/act/motion/{motion.id}/list", {"meeting_id": str(meeting.id)})
    assert listed.status_code == 303
    assert (await city.fresh(motion)).state == "listed"


@pytest.mark.clause("A4.3", "C17")
async def test_a_decision_is_recorded_from_the_meetings_page(pages: Pages) -> None:
    city = pages.city
    motion = await city.motion("ready")
    meeting, item = await city.meeting(motion)
    early = await (await pages.sign_in("leader")).post(f"/admin/act/meeting/{meeting.id}/open")
    assert early.status_code == 409
    assert "A3.1" in early.text, "not before the day the leader agreed to"
    city.go_to(meeting.starts_at)
    leader, staff = await pages.sign_in("leader"), await pages.sign_in("staff")
    assert (await leader.post(f"/admin/act/meeting/{meeting.id}/open")).status_code == 303
    statement = {"unit_id": str(city.units["市财政局"]), "position": "disagree", "text": "资金渠道尚未落实。"}
    assert (await staff.post(f"/admin/act/item/{item.id}/record_statement", statement)).status_code == 303
    decision = {"kind": "passed", "text": "原则同意。", "amount_approved": "9,800,000", "conditions": "分两年拨付。"}
    refused = await staff.post(f"/admin/act/item/{item.id}/decide", decision)
    assert refused.status_code == 409
    assert "C17" in refused.text
    decided = await staff.post(f"/admin/act/item/{item.id}/decide", {**decision, "presider_reason": "由市级统筹解决。"})
    assert decided.status_code == 303
    async with city.db.read() as session:
        assert (await session.get(Item, item.id)).state == "decided"
    text = (await staff.get(f"/admin/meetings/{meeting.id}")).text
    for word in ("资金渠道尚未落实。", "原则同意。", "附带条件:分两年拨付。", "由市级统筹解决。", "9,800,000.00"):
        assert word in text


@pytest.mark.clause("C4")
async def test_a_power_is_lent_used_and_taken_back(pages: Pages) -> None:
    city = pages.city
    motion = await city.motion("endorsed")
    principal = await pages.sign_in("in_charge")
    page = (await principal.get("/admin/delegations")).text
    power = f"{city.group}|deputy_in_charge|motion:review"
    assert f'value="{power}"' in page
    form = {"power": power, "delegate_id": str(city.people["deputy"]), "starts_on": "2026-03-02",
            "ends_on": "2026-03-06", "reason": "出差"}  # fmt: skip
    assert (await principal.post("/admin/delegations", form)).status_code == 303
    delegate = await pages.sign_in("deputy")
    assert motion.title in (await delegate.get("/admin/")).text
    assert (await delegate.post(f"/admin/act/motion/{motion.id}/review")).status_code == 303
    text = (await delegate.get(f"/admin/motions/{motion.id}")).text
    assert "副组长丙" in text
    assert "代 分管乙" in text
    row = (await principal.get("/admin/delegations")).text.partition('action="/admin/delegations/')[2].partition("/")[0]
    assert (await principal.post(f"/admin/delegations/{row}/withdraw")).status_code == 303
    assert "已收回" in (await principal.get("/admin/delegations")).text


@pytest.mark.clause("C20")
async def test_a_paper_signature_is_entered_shown_and_objected_to(pages: Pages) -> None:
    city = pages.city
    motion = await city.motion("reviewed")
    await city.do("leader", delegations.authorise_clerk, city.group, city.people["staff"])
    clerk = await pages.sign_in("planner")
    entry = {"principal_id": str(city.people["leader"]), "signed_on": "2026-03-02", "note": "综合部档案柜3号"}
    assert (await clerk.post(f"/admin/act/motion/{motion.id}/admit", entry)).status_code == 409
    clerk = await pages.sign_in("staff")
    assert "代录:审定" in (await clerk.get(f"/admin/motions/{motion.id}")).text
    assert (await clerk.post(f"/admin/act/motion/{motion.id}/admit", entry)).status_code == 303
    text = (await clerk.get(f"/admin/motions/{motion.id}")).text
    assert "纸面签署,由 科员壬代录" in text
    async with city.db.read() as session:
        query = select(Signature).where(Signature.object_id == motion.id, Signature.action == "admit")
        signature = (await session.scalars(query)).one()
    assert (await clerk.post(f"/admin/signatures/{signature.id}/object", {"objection": "x"})).status_code == 404
    signer = await pages.sign_in("leader")
    back = f"/admin/motions/{motion.id}"
    objected = await signer.post(f"/admin/signatures/{signature.id}/object", {"objection": "我没有签", "back": back})
    assert objected.headers["location"] == back
    assert "我没有签" in (await signer.get(back)).text
    form = {"unit_ids": str(city.units["市民政局"])}
    suspended = await clerk.post(f"/admin/act/motion/{motion.id}/ask_opinions", form)
    assert suspended.status_code == 409
    assert "C20" in suspended.text
    await signer.post(f"/admin/signatures/{signature.id}/withdraw-objection", {"back": back})
    assert (await clerk.post(f"/admin/act/motion/{motion.id}/ask_opinions", form)).status_code == 303


@pytest.mark.clause("A3.5")
async def test_a_correction_waits_on_the_page_for_a_second_reader(pages: Pages) -> None:
    city = pages.city
    _, _, decision = await city.decided()
    document = await city.document(decision, "signed_off")
    page, act = f"/admin/documents/{document.id}", f"/admin/act/document/{document.id}"
    staff, reader = await pages.sign_in("staff"), await pages.sign_in("head")
    form = {"title": document.title, "body": "现印发给你们,请遵照执行!", "reason": "标点有误"}
    assert (await staff.post(f"{act}/correct", form)).status_code == 303
    text = (await reader.get(page)).text
    assert "待第二人复核" in text
    assert "请遵照执行!" in text
    assert (await staff.post(f"{act}/confirm_correction")).status_code == 409, "not by whoever proposed it"
    assert (await reader.post(f"{act}/confirm_correction")).status_code == 303
    text = (await reader.get(page)).text
    assert "已由 部长辛复核" in text
    assert (await city.fresh(document)).state == "signed_off", "the signatures hold"

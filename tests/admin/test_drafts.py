"""Matters begun and corrected on pages: the same drafts, the same refusals as by the API."""

from typing import Any

import httpx
import pytest
from sqlalchemy import select

from app.models.matters import Motion
from tests.admin.conftest import Pages


def place(answer: httpx.Response) -> str:
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def motion_form(pages: Pages, **changes: Any) -> dict[str, Any]:
    return {
        "group_id": str(pages.city.group), "title": "2027年度资金安排", "category": "A1.3(1)", "body": "拟安排资金。",
        "proposing_unit_id": str(pages.city.units["市经信委"]), "project": "数据平台", "year": "2027",
        "amount_asked": "12,000,000", "disclosure": "internal", **changes,
    }  # fmt: skip


@pytest.mark.clause("A3.2", "A1.3")
async def test_a_motion_is_drafted_returned_and_corrected(pages: Pages) -> None:
    staff, director = await pages.sign_in("staff"), await pages.sign_in("director")
    assert 'href="/admin/motions/new"' in (await staff.get("/admin/motions")).text
    assert 'name="amount_asked"' in (await staff.get("/admin/motions/new")).text
    page = place(await staff.post("/admin/motions/new", motion_form(pages)))
    assert "12,000,000.00 元" in (await staff.get(page)).text
    act = page.replace("/motions/", "/act/motion/")
    place(await staff.post(f"{act}/submit"))
    assert (await staff.post(f"{page}/edit", motion_form(pages))).status_code == 409
    place(await director.post(f"{act}/return", {"reason": "请补充测算依据"}))
    assert f'href="{page}/edit"' in (await staff.get(page)).text
    assert 'value="2027年度资金安排"' in (await staff.get(f"{page}/edit")).text
    place(await staff.post(f"{page}/edit", motion_form(pages, body="补充了测算依据。")))
    text = (await staff.get(page)).text
    assert "补充了测算依据。" in text
    assert "请补充测算依据" in text


@pytest.mark.clause("A4.4", "A1.3")
async def test_a_faulty_draft_is_refused_and_nothing_is_kept(pages: Pages) -> None:
    staff, before = await pages.sign_in("staff"), await pages.city.counts()
    for changes, status in (
        ({"title": ""}, 422),
        ({"category": "A9.9"}, 422),
        ({"amount_asked": "很多"}, 422),
        ({"year": "明年"}, 422),
        ({"proposing_unit_id": "x"}, 422),
    ):
        answer = await staff.post("/admin/motions/new", motion_form(pages, **changes))
        assert answer.status_code == status, changes
    assert await pages.city.counts() == before


@pytest.mark.clause("A4.4")
async def test_a_state_secret_is_refused_and_the_secrecy_officer_told(pages: Pages) -> None:
    staff = await pages.sign_in("staff")
    trail, outbox, tasks, signatures = await pages.city.counts()
    answer = await staff.post("/admin/motions/new", motion_form(pages, body="机密★20年"))
    assert answer.status_code == 409
    assert "★" not in answer.text, "the text itself is not repeated"
    assert await pages.city.counts() == (trail + 1, outbox + 2, tasks, signatures)
    async with pages.city.db.read() as session:
        assert (await session.scalars(select(Motion))).all() == []


@pytest.mark.clause("A3.2", "C13")
async def test_only_who_may_draft_is_offered_a_form(pages: Pages) -> None:
    for who in ("leader", "civil", "sysadmin", "auditor"):
        browser = await pages.sign_in(who)
        assert (await browser.get("/admin/motions/new")).status_code == 403
        assert "/admin/motions/new" not in (await browser.get("/admin/motions")).text
        assert (await browser.post("/admin/motions/new", motion_form(pages))).status_code == 403


@pytest.mark.clause("A3.1", "A3.5", "A3.6", "C10")
async def test_what_follows_from_a_decision_is_begun_on_its_page(pages: Pages) -> None:
    city = pages.city
    motion, _, decision = await city.decided()
    staff = await pages.sign_in("staff")
    page = (await staff.get(f"/admin/motions/{motion.id}")).text
    for noun in ("documents", "directives"):
        path = f"/admin/{noun}/new?decision_id={decision.id}"
        assert path in page
        assert f'name="decision_id" value="{decision.id}"' in (await staff.get(path)).text
    common = {"group_id": str(city.group), "decision_id": str(decision.id)}
    document = {**common, "kind": "通知", "title": "关于印发计划的通知", "addressee": "各成员单位", "body": "请执行。"}
    assert (
        '<span class="state">拟稿<' in (await staff.get(place(await staff.post("/admin/documents/new", document)))).text
    )
    directive = {**common, "title": "分解资金计划", "result": "形成分解表一份", "due_on": "2026-06-30",
                 "lead_unit_id": str(city.units["市财政局"]), "cooperating": str(city.units["市民政局"])}  # fmt: skip
    text = (await staff.get(place(await staff.post("/admin/directives/new", directive)))).text
    for word in ("形成分解表一份", "市财政局", "市民政局", "2026年6月30日"):
        assert word in text
    meeting = {"group_id": str(city.group), "form": "plenary", "title": "全体会议", "place": "会议室",
               "starts_at": "2026-04-01T09:00", "ends_at": "2026-04-01T11:00",
               "presider_id": str(city.people["leader"])}  # fmt: skip
    assert "2026年4月1日 09:00" in (await staff.get(place(await staff.post("/admin/meetings/new", meeting)))).text
    registered = await city.document(decision, "registered")
    assert "/admin/publications/new" in (await staff.get(f"/admin/documents/{registered.id}")).text
    public = {"document_id": str(registered.id), "title": "公开标题", "text": "公开文本"}
    begun = place(await staff.post("/admin/publications/new", public))
    seen = await staff.get(place(await staff.get(begun)).partition("#")[0])
    assert "公开标题" in seen.text

"""Preliminary review and panels in a real browser: on a desk, on a phone, and the leader's sheet on paper."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from app.core.draw import Lot
from app.models.experts import Expert
from app.models.panels import Panel
from app.services import draws, opinion_drafts, opinions, panels
from tests.browser.conftest import Desk
from tests.browser.test_pages import WIDTHS, fits
from tests.services.test_freshness import amend, bureaus, in_review
from tests.support.experts import called_panel, concluded_panel, members, panel_draft, pool

pytestmark = [pytest.mark.browser]
LONG = "原则同意,但建议结合现有平台统筹建设,避免重复投资,分年度安排资金,明确绩效目标和验收标准,由牵头单位另报方案。"


async def reviewed(desk: Desk) -> Any:
    """Thirty units were asked: some late, two with more time, a few at odds, the text amended afterwards."""
    city = desk.city
    names = list(await bureaus(city, 30))
    motion, asked = await in_review(city, *names, category="A1.3(2)")
    for name in names[5:7]:
        await city.do(name, opinions.extend_opinion, asked[name].id, asked[name].due_on + timedelta(days=7), "需要会商")
        await city.do("director", opinions.grant_more_time, asked[name].id)
    for number, name in enumerate(names[7:]):
        position = "disagree" if number < 3 else "agree_with_amendments" if number < 9 else "agree"
        await city.do(name, opinions.answer_opinion, asked[name].id, position, LONG if number < 12 else "同意。")
    await amend(city, motion)
    for name in names[7:10]:
        await city.do("staff", opinions.respond, asked[name].id, LONG)
    first = asked[names[0]]
    await city.do(names[0], opinion_drafts.save_draft, first.id, "agree", LONG)
    return motion, names


async def drawn(desk: Desk, motion: Any) -> Panel:
    city = desk.city
    await pool(city, 9)
    panel: Panel = await city.do("staff", panels.draft_panel, motion.id, panel_draft())
    await city.do("staff", draws.fix_conditions, panel.id, [Lot("物联网", 3)])
    await city.do("staff", draws.draw_members, panel.id)
    return panel


@pytest.mark.clause("A3.3", "A3.7")
@pytest.mark.parametrize("width", [pytest.param(WIDTHS[0], marks=pytest.mark.slow), *WIDTHS[1:]])
async def test_review_and_panels_fit_the_screen(desk: Desk, width: int, shots: Path | None) -> None:
    motion, names = await reviewed(desk)
    panel = await drawn(desk, motion)
    meets = await called_panel(
        desk.city, await desk.city.motion("ready", "A1.3(2)"), (await pool_of(desk))[:3], mode="meeting"
    )
    first, *_ = await members(desk.city, meets)
    expert = next(nick for nick, key in desk.city.people.items() if key == first.person_id)
    visits = [
        ("staff", f"/admin/motions/{motion.id}", "review-office"),
        (names[0], f"/admin/motions/{motion.id}", "review-unit"),
        ("leader", f"/admin/motions/{motion.id}/sheet", "sheet"),
        ("staff", f"/admin/panels/{panel.id}", "panel-drawn"),
        ("staff", f"/admin/panels/{meets.id}", "panel-called"),
        (expert, f"/admin/panels/{meets.id}", "panel-expert"),
        ("staff", f"/admin/panels/new?motion_id={motion.id}", "panel-new"),
        ("staff", "/admin/panels", "panels"),
        ("staff", "/admin/experts", "experts"),
        ("head", "/admin/asking-rules", "rules"),
    ]
    wide = []
    for who, path, name in visits:
        page = await desk.open(who, path, width)
        await page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        if not await fits(page):
            wide.append(name)
        if shots:
            await page.screenshot(path=shots / f"{name}-{width}.png", full_page=True)
        await page.context.close()
    assert wide == []
    assert desk.faults == []


async def pool_of(desk: Desk) -> Any:
    async with desk.city.db.read() as session:
        return (await session.scalars(select(Expert))).all()


@pytest.mark.clause("A3.4")
async def test_the_leader_s_sheet_of_thirty_units_prints_on_one_page(desk: Desk, shots: Path | None) -> None:
    motion, _ = await reviewed(desk)
    await concluded_panel(desk.city, motion, await pool(desk.city, 3), "补充接口标准", "压减投资", "分两期实施")
    async with desk.city.db.write() as session:
        (await session.get(type(motion), motion.id)).consolidated = LONG * 8
    page = await desk.open("leader", f"/admin/motions/{motion.id}/sheet")
    assert await page.locator("table.cards tbody tr").count() == 6
    text = await page.locator(".leader-sheet").inner_text()
    assert "不同意 3" in text and "进行中" in text
    printed = await page.pdf(format="A4", path=shots / "sheet.pdf" if shots else None)
    assert len(re.findall(rb"/Type\s*/Page[^s]", printed)) == 1

"""A3.7: members drawn at random: conditions fixed and hashed first, the seed made afterwards, every draw kept."""

import json
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from app.core.clock import local_day, now
from app.core.draw import Lot, hash_of
from app.core.refusals import Invalid
from app.models.engine import Database
from app.models.panels import PanelDraw
from app.models.records import Trail
from app.services import draws, expert_views, experts, panels
from app.services.text_hash import of as text_hash
from tests.support.city import City, build
from tests.support.experts import drawn_panel, members, panel_draft, pool
from tests.support.refusal import refused, sees

pytestmark = pytest.mark.clause("A3.7")
LOTS = [Lot("物联网", 3), Lot("网络安全", 2)]
REDO = Path(__file__).parents[2] / "docs" / "draw" / "redo.py"


@pytest.fixture
async def city(db: Database, clock: Any) -> City:
    return await build(db)


@pytest.fixture
async def motion(city: City) -> Any:
    return await city.motion("ready", "A1.3(2)")


async def draws_of(city: City, panel: Any) -> list[PanelDraw]:
    async with city.db.read() as session:
        return await draws.draws_of(session, panel.id)


def outside(record: str, folder: Path) -> tuple[int, str]:
    """Run the stand-alone script on an exported draw, in a process that has nothing of Yishi."""
    file = folder / "draw.json"
    file.write_text(record, "utf-8")
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(REDO), str(file)], capture_output=True, text=True, check=False, cwd=folder
    )
    return done.returncode, done.stdout


async def test_a_panel_of_five_is_drawn_and_redone_outside(city: City, motion: Any, tmp_path: Path) -> None:
    await pool(city, 13)
    panel = await drawn_panel(city, motion, LOTS)
    (row,) = await draws_of(city, panel)
    drawn = [key for lot in row.drawn for key in lot]
    assert [str(member.expert_id) for member in await members(city, panel)] == drawn
    assert len(set(drawn)) == 5
    code, said = outside(draws.record(row), tmp_path)
    assert (code, said.splitlines()[-1]) == (0, "redo: the same result")
    assert [line.partition(": ")[2].split(", ") for line in said.splitlines()[:2]] == row.drawn
    for change in (
        {"seed": "0" * 64},
        {"commitment": row.commitment.replace("物联网", "法律")},
        {"drawn": [drawn, []]},
    ):
        code, said = outside(json.dumps({**json.loads(draws.record(row)), **change}), tmp_path)
        assert code == 1 and "DIFFERS" in said, change
    await city.do("staff", panels.name_chair, panel.id, (await members(city, panel))[0].id)
    await city.do("staff", panels.call_panel, panel.id)
    assert (await city.fresh(panel)).state == "collecting"


async def test_the_hash_stands_on_the_trail_before_the_seed_exists(city: City, motion: Any) -> None:
    await pool(city, 13)
    panel = await city.do("staff", panels.draft_panel, motion.id, panel_draft())
    fixed = await city.do("staff", draws.fix_conditions, panel.id, LOTS)
    assert fixed.state == "fixed" and fixed.commit_hash == hash_of(fixed.commitment)
    assert await draws_of(city, panel) == []
    async with city.db.read() as session:
        query = select(Trail).where(Trail.object_id == panel.id, Trail.action == "fix")
        entry = (await session.scalars(query)).one()
    assert entry.content_hash == text_hash(await city.fresh(panel)), "a hash over the hash of the conditions"
    row = await city.do("staff", draws.draw_members, panel.id)
    assert (row.commit_hash, row.fixed_at) == (fixed.commit_hash, fixed.fixed_at)
    assert len(bytes.fromhex(row.seed)) == 32 and row.fixed_at <= row.drawn_at
    async with city.db.read() as session:
        of_draw = (await session.scalars(select(Trail).where(Trail.object_id == row.id))).one()
    assert of_draw.content_hash == hash_of(draws.record((await draws_of(city, panel))[0]))


async def test_nothing_is_drawn_before_the_conditions_are_fixed_nor_changed_afterwards(city: City, motion: Any) -> None:
    await pool(city, 13)
    panel = await city.do("staff", panels.draft_panel, motion.id, panel_draft())
    async with refused(city, "wrong_state", "A3.7", panel):
        await city.do("staff", draws.draw_members, panel.id)
    await city.do("staff", draws.fix_conditions, panel.id, LOTS)
    async with refused(city, "wrong_state", "A3.7", panel):
        await city.do("staff", draws.fix_conditions, panel.id, [Lot("物联网", 1)])


async def test_a_new_draw_needs_a_reason_and_every_earlier_one_is_kept(city: City, motion: Any, tmp_path: Path) -> None:
    await pool(city, 13)
    panel = await drawn_panel(city, motion, LOTS)
    for reason in ("", "  "):
        async with refused(city, "invalid", "A3.7", panel):
            await city.do("staff", draws.draw_members, panel.id, reason)
    await city.do("staff", draws.draw_members, panel.id, "两位专家生病")
    await city.do("staff", draws.set_anew, panel.id, "改为只请物联网专家")
    await city.do("staff", draws.fix_conditions, panel.id, [Lot("物联网", 3)])
    await city.do("staff", draws.draw_members, panel.id, "条件已改")
    rows = await draws_of(city, panel)
    assert [(row.number, row.reason, bool(row.superseded_at)) for row in rows] == [
        (1, "", True), (2, "两位专家生病", True), (3, "条件已改", False)
    ]  # fmt: skip
    assert len({row.seed for row in rows}) == 3 and rows[0].commit_hash == rows[1].commit_hash != rows[2].commit_hash
    for row in rows:
        assert outside(draws.record(row), tmp_path)[0] == 0
    seated = [row for row in await members(city, panel) if row.state == "named"]
    assert [str(row.expert_id) for row in seated] == rows[2].drawn[0]
    assert {row.state for row in await members(city, panel) if row.draw_id != rows[2].id} == {"released"}


async def test_who_cannot_sit_is_not_drawn(city: City, motion: Any) -> None:
    people = await pool(city, 9)
    day = local_day(now()) + timedelta(days=10)

    async def change(expert: Any, **changes: Any) -> None:
        values = {
            "employer": "江澜大学",
            "fields": ["物联网"],
            "starts_on": date(2025, 1, 1),
            "ends_on": date(2027, 1, 1),
        }
        await city.do("staff", experts.change, expert.id, experts.ExpertDraft(**{**values, **changes}))

    ended, employed, listed, away, named, excluded, *free = people
    await change(ended, starts_on=date(2022, 1, 1), ends_on=date(2024, 12, 31))
    await change(employed, employer="市经信委")
    await change(listed, avoids=["市经信委"])
    await city.do("staff", experts.add_absence, away.id, day, day)
    for expert in free:
        await change(expert)
    panel = await city.do("staff", panels.draft_panel, motion.id, panel_draft())
    await city.do("staff", panels.name_member, panel.id, named.id, "牵头起草过标准")
    async with refused(city, "pool_too_small", "A3.7", panel):
        await city.do("staff", draws.fix_conditions, panel.id, [Lot("物联网", 4)], {excluded.id: "曾评审同一方案"})
    before = await city.counts()
    with pytest.raises(Invalid):
        await city.do("staff", draws.fix_conditions, panel.id, [Lot("物联网", 3)], {excluded.id: " "})
    with pytest.raises(Invalid):
        await city.do("staff", draws.fix_conditions, panel.id, [])
    assert await city.counts() == before
    fixed = await city.do("staff", draws.fix_conditions, panel.id, [Lot("物联网", 3)], {excluded.id: "曾评审同一方案"})
    said = json.loads(fixed.commitment)
    assert str(ended.id) not in {each["expert"] for each in said["pool"]}
    assert {UUID(each["expert"]): each["reason"] for each in said["excluded"]} == {
        employed.id: "employer", listed.id: "listed", away.id: "away", named.id: "named", excluded.id: "曾评审同一方案"
    }  # fmt: skip
    await city.do("staff", draws.draw_members, panel.id)
    drawn = {row.expert_id for row in await members(city, panel) if row.draw_id}
    assert drawn == {expert.id for expert in free}


async def test_who_was_kept_out_is_not_drawn_again(city: City, motion: Any) -> None:
    await pool(city, 11)
    panel = await drawn_panel(city, motion, [Lot("物联网", 3)])
    out = (await members(city, panel))[0]
    await city.do("staff", expert_views.exclude, out.id, "declared", "电话申明")
    await city.do("staff", draws.set_anew, panel.id, "一人回避")
    fixed = await city.do("staff", draws.fix_conditions, panel.id, [Lot("物联网", 3)])
    excluded = json.loads(fixed.commitment)["excluded"]
    assert excluded == [{"expert": str(out.expert_id), "reason": "declared"}]


@pytest.mark.clause("A4.4")
async def test_experts_do_not_see_how_they_were_drawn(city: City, motion: Any) -> None:
    await pool(city, 13)
    panel = await drawn_panel(city, motion, LOTS)
    await city.do("staff", panels.name_chair, panel.id, (await members(city, panel))[0].id)
    await city.do("staff", panels.call_panel, panel.id)
    (row,) = await draws_of(city, panel)
    mine = (await members(city, panel))[0]
    who = next(name for name, key in city.people.items() if key == mine.person_id)
    assert await sees(city, who, panel) and not await sees(city, who, row)
    assert await sees(city, "staff", row) and await sees(city, "leader", row)
    assert not await sees(city, "civil", row)

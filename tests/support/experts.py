"""Experts and panels for tests: a pool of a city's own, and short ways to bring a panel to a state."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from app.core.clock import local_day, now
from app.core.draw import Lot
from app.models.experts import Expert
from app.models.panels import Panel, PanelMember
from app.services import draws, expert_views, panels
from app.services.experts import ExpertDraft, enrol
from app.services.panels import PanelDraft
from tests.support.city import City

TERM = (date(2025, 1, 1), date(2027, 12, 31))


async def pool(city: City, count: int = 9, **changes: Any) -> list[Expert]:
    """Experts of 物联网 (odd) and 网络安全 (even); each can act under the nickname expert1, expert2, ..."""
    made = []
    for number in range(1, count + 1):
        values: dict[str, Any] = {
            "employer": "江澜大学", "fields": ["物联网"] if number % 2 else ["网络安全"],
            "starts_on": TERM[0], "ends_on": TERM[1], "title": "教授", **changes,
        }  # fmt: skip
        name = f"专家{'甲乙丙丁戊己庚辛壬癸子丑寅卯辰'[number - 1]}"
        row = await city.do("staff", enrol, ExpertDraft(**values), name, f"1405555{number:04d}")
        city.people[f"expert{number}"] = row.person_id
        made.append(row)
    return made


def panel_draft(mode: str = "in_writing", **changes: Any) -> PanelDraft:
    values: dict[str, Any] = {
        "kind": "appraisal", "mode": mode, "due_on": local_day(now()) + timedelta(days=10), "question": "方案是否可行?",
    }  # fmt: skip
    if mode == "meeting":
        values |= {"starts_at": now() + timedelta(days=7), "place": "三号会议室"}
    if mode == "commissioned":
        values |= {"body": "省电子产品检验院"}
    return PanelDraft(**{**values, **changes})


async def members(city: City, panel: Any) -> list[PanelMember]:
    async with city.db.read() as session:
        query = select(PanelMember).where(PanelMember.panel_id == panel.id).order_by(PanelMember.id)
        return list((await session.scalars(query)).all())


async def named_panel(
    city: City, motion: Any, experts: Sequence[Expert], mode: str = "in_writing", **more: Any
) -> Panel:
    """A panel of these experts, listed by hand, the first of them its chair."""
    panel: Panel = await city.do("staff", panels.draft_panel, motion.id, panel_draft(mode, **more))
    for expert in experts:
        await city.do("staff", panels.name_member, panel.id, expert.id, "该领域专家")
    first = (await members(city, panel))[0]
    await city.do("staff", panels.name_chair, panel.id, first.id)
    return await city.fresh(panel)


async def called_panel(city: City, motion: Any, experts: Sequence[Expert], **more: Any) -> Panel:
    panel = await named_panel(city, motion, experts, **more)
    await city.do("staff", panels.call_panel, panel.id)
    return await city.fresh(panel)


def nick(city: City, member: Any) -> str:
    return next(name for name, key in city.people.items() if key == member.person_id)


async def all_views(city: City, panel: Any, *positions: str) -> list[PanelMember]:
    """Every member who is still owed gives his view, in the order of the positions; the rest agree."""
    rows = [row for row in await members(city, panel) if row.state in ("called", "received")]
    given = [*positions, *["agree"] * len(rows)]
    for row, position in zip(rows, given, strict=False):
        await city.do(nick(city, row), expert_views.give_view, row.id, position, 80, "理由充分。")
    return await members(city, panel)


async def concluded_panel(city: City, motion: Any, experts: Sequence[Expert], *advice: str, **more: Any) -> Panel:
    panel = await called_panel(city, motion, experts, **more)
    await all_views(city, panel)
    chair = nick(city, (await members(city, panel))[0])
    await city.do(chair, expert_views.conclude, panel.id, "pass", "多数同意。", list(advice))
    return await city.fresh(panel)


async def drawn_panel(city: City, motion: Any, lots: Sequence[Lot], **more: Any) -> Panel:
    panel: Panel = await city.do("staff", panels.draft_panel, motion.id, panel_draft(**more))
    await city.do("staff", draws.fix_conditions, panel.id, lots)
    await city.do("staff", draws.draw_members, panel.id)
    return await city.fresh(panel)

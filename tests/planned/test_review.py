"""The whole preliminary review of one motion, read by one query (A3.3, A3.7, C16)."""

import pytest

from app.core.draw import Lot
from app.services import freshness, opinions, sheets
from schema.ids import pack
from tests.planned.conftest import BothWays
from tests.planned.test_statements import Counted
from tests.support.experts import drawn_panel, pool

REVIEW = """query($id: ID!) { node(id: $id) { ... on Motion {
  title state consolidated major technical waitingOn { names until late }
  opinions { unit { name } ofOffice standing state dueOn firstDueOn extended position text response stale silenceCounts
    drafts { text } earlier { text } changes { before after } amendments { passage wording outcome outcomeReason }
    availableActions { action allowed blockers { code } } history { action person { name } opinion } }
  reviewSheets { number text releasedAt stale positions { unit positionLabel response } }
  panels { kind mode state conclusion stale chair { name } lots advice { text answer answerText }
    members { person { name } state position score view stale counts conflict history { line opinion } }
    draws { number seed commitHash record } jointItems { state meeting { title } } }
  requirements { kind startsOn endsOn metOn } textVersions { number contentHash } history { action stale } } } }"""


@pytest.mark.clause("A3.3", "A3.7", "C16")
async def test_the_whole_review_of_one_motion_is_one_statement_beside_who_asks(both: BothWays) -> None:
    """However many units were asked and experts sit: who asks, and the answer."""
    city = both.api.city
    motion = await city.motion("admitted", "A1.3(2)")
    units = [city.units[name] for name in ("市财政局", "市民政局", "市公安局", "规划项目部")]
    asked = await city.do("staff", opinions.ask_opinions, motion.id, units)
    by_unit = {row.unit_id: row for row in asked}
    finance, civil = by_unit[city.units["市财政局"]], by_unit[city.units["市民政局"]]
    await city.do("finance", opinions.answer_opinion, finance.id, "disagree", "应当核减。")
    await city.do("civil", opinions.answer_opinion, civil.id, "agree")
    await city.do("staff", opinions.respond, finance.id, "已核减。")
    await city.do("staff", freshness.amend_motion, motion.id, motion.title, "改后的正文。", "采纳意见")
    await pool(city, 9)
    await drawn_panel(city, motion, [Lot("物联网", 3)])
    await city.do("staff", sheets.draft_sheet, motion.id, "市财政局不同意,已核减。")
    key = pack("Motion", motion.id)
    await both.raw("staff", REVIEW, plan=True, id=key)
    counted = Counted(city.db)
    answer = await both.raw("staff", REVIEW, plan=True, id=key)
    assert len(counted.short) == 2 and not counted.long
    assert not both.planned.fallen_back
    whole = (await both.same("staff", REVIEW, id=key))["data"]["node"]
    assert len(whole["opinions"]) == 4 and whole["opinions"][0]["standing"] == "ANSWERED"
    assert {each["standing"] for each in whole["opinions"]} == {"ANSWERED", "RUNNING"}
    assert len(whole["panels"][0]["members"]) == 3
    assert len(answer) > 4000
    for who in ("leader", "finance", "planning_head", "auditor", ""):
        await both.same(who, REVIEW, id=key)

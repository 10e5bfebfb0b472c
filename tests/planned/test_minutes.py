"""Minutes, what they claim, what was sent and what was corrected: the plan and the resolvers say the same (A4.3, C17)."""

import pytest

from app.models.matters import Statement
from app.services import documents, minutes
from schema.ids import pack
from tests.planned.conftest import BothWays
from tests.services.test_minutes import draft_of, held, issued, rows_of

DOCUMENTS = """{ documents { nodes { kind circuitLabel draftBy paperUrl waitingOn { names until } meeting { title }
    claims { item sentence code message } availableActions { action mutation allowed blockers { code } }
    extracts { number } } } }"""
MEETINGS = """{ meetings { nodes { title waitingOn { kind names until } documents { title state }
    extracts { number body state paperUrl receivedAt unit { name } person { name } availableActions { action allowed } }
    recordCorrections { kind kindLabel about reason correctedAt corrector { name } values { name before after } } } } }"""


@pytest.mark.clause("A4.4", "B2.6", "C17")
async def test_what_minutes_claim_is_said_the_same_both_ways(both: BothWays) -> None:
    city = both.api.city
    row = await city.do("staff", minutes.draft_minutes, (await held(city)).id)
    claimed = draft_of(row, body=row.body.replace("会议审议通过", "会议决定成立专班。会议审议通过"))
    await city.do("staff", documents.revise_document, row.id, claimed, "补充")
    for who in ("staff", "leader", "finance"):
        answer = await both.same(who, DOCUMENTS)
        found = answer["data"]["documents"]["nodes"]
        assert len(found) == (0 if who == "finance" else 1)
        if found:
            assert [each["code"] for each in found[0]["claims"]] == ["not_in_decision"]
            assert found[0]["paperUrl"] == f"/files/document/{row.id}/paper.docx"


@pytest.mark.clause("A4.3", "A4.4", "B2.6")
async def test_extracts_and_corrections_are_said_the_same_both_ways(both: BothWays) -> None:
    api, city = both.api, both.api.city
    meeting = await held(city)
    await issued(city, meeting)
    (said,) = await rows_of(city, Statement)
    given = {"statementId": pack("Statement", said.id), "text": "我局保留意见。", "position": "DISAGREE"}
    assert (await api.do("civil", "correctRecord", reason="漏记", **given))["code"] == "not_your_role"
    assert (await api.do("staff", "correctRecord", reason="漏记"))["__typename"] == "ValidationError"
    select = "... on Meeting { recordCorrections { kind values { name before after } } }"
    done = await api.do("staff", "correctRecord", select, reason="漏记", **given)
    (made,) = done["recordCorrections"]
    assert made["kind"] == "statement" and {"name": "text", "before": "我局不同意,理由三条。",
                                            "after": "我局保留意见。"} in made["values"]  # fmt: skip
    missing = {"itemId": pack("Item", said.item_id), "unitId": pack("Unit", city.units["市财政局"]),
               "text": "按季拨付。", "position": "AGREE"}  # fmt: skip
    both_named = await api.do("staff", "correctRecord", reason="漏记", **{**given, **missing})
    assert both_named["__typename"] == "ValidationError"
    assert len((await api.do("staff", "correctRecord", select, reason="漏记", **missing))["recordCorrections"]) == 2
    seen = {}
    for who in ("staff", "leader", "finance", "civil", "police"):
        nodes = (await both.same(who, MEETINGS))["data"]["meetings"]["nodes"]
        seen[who] = [(len(node["extracts"]), len(node["recordCorrections"])) for node in nodes]
    assert seen == {"staff": [(1, 2)], "leader": [(0, 2)], "finance": [(1, 2)], "civil": [(0, 2)], "police": []}

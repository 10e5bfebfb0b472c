"""The expert pool over the API (A3.7)."""

from typing import Any

import pytest

pytestmark = pytest.mark.clause("A3.7")
ENTRY = {"employer": "市财政局", "title": "高级会计师", "fields": ["物联网", "法律"], "startsOn": "2025-01-01",
         "endsOn": "2027-12-31", "avoids": ["市民政局"]}  # fmt: skip
EXPERT = """... on Expert { id employer title fields avoids startsOn endsOn inTerm unit { name } person { name phone }
    absences { id startsOn endsOn note } }"""
LIST = "query($filter: ExpertFilter) { experts(filter: $filter) { totalCount nodes { person { name } } } }"


async def test_the_pool(api: Any) -> None:
    made = await api.do("staff", "enrolExpert", EXPERT, name="专家甲", phone="14044440001", **ENTRY)
    assert (made["unit"]["name"], made["fields"], made["avoids"]) == ("市财政局", ["物联网", "法律"], ["市民政局"])
    assert made["inTerm"] and made["person"] == {"name": "专家甲", "phone": "14044440001"}
    ended = await api.do(
        "staff", "enrolExpert", EXPERT, name="专家乙", mail="yi@example.cn", **{**ENTRY, "endsOn": "2025-12-31"}
    )
    assert not ended["inTerm"]
    for given, names in (
        ({"field": "物联网", "inTerm": True}, ["专家甲"]),
        ({"inTerm": False}, ["专家乙"]),
        ({"search": "专家"}, ["专家乙", "专家甲"]),
        ({"field": "联网"}, []),
    ):
        found = (await api.ask("leader", LIST, filter=given))["experts"]
        assert [each["person"]["name"] for each in found["nodes"]] == names, given
    assert (await api.ask("civil", LIST))["experts"] == {"totalCount": 0, "nodes": []}
    away = {"startsOn": "2026-04-01", "endsOn": "2026-04-02", "note": "出差"}
    changed = await api.do("staff", "addExpertAbsence", EXPERT, id=made["id"], **away)
    assert [each["note"] for each in changed["absences"]] == ["出差"]
    gone = await api.do("staff", "removeExpertAbsence", EXPERT, id=changed["absences"][0]["id"])
    assert gone["absences"] == []
    changed = await api.do("staff", "changeExpert", EXPERT, id=made["id"], **{**ENTRY, "employer": "江澜大学"})
    assert (changed["employer"], changed["unit"]) == ("江澜大学", None)


async def test_refusals(api: Any) -> None:
    refused = await api.do("leader", "enrolExpert", EXPERT, name="专家甲", phone="14044440001", **ENTRY)
    assert (refused["__typename"], refused["code"], refused["clause"]) == ("RuleRefusal", "not_your_role", "A3.7")
    wrong = await api.do("staff", "enrolExpert", EXPERT, name="专家甲", phone="1", **ENTRY)
    assert wrong["__typename"] == "ValidationError"

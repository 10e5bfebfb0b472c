"""Whom to ask, over the API: rules, the standing of each request, more time, and the clock (A3.3)."""

from typing import Any

import pytest

from schema.ids import pack

REQUESTS = """query($id: ID!) { node(id: $id) { ... on Motion { tags opinions {
  id standing basis mandatory dueOn firstDueOn extensionTo extensionOutcome stoppedOn silenceCounts
  unit { name } } } } }"""


@pytest.mark.clause("A3.3", "A1.3")
async def test_requests_follow_the_rules_and_show_their_standing(api: Any, clock: Any) -> None:
    said = {"groupId": api.group, "unitId": api.unit("市公安局"), "basis": "数据安全", "tag": "数据安全",
            "startsOn": "2026-03-02"}  # fmt: skip
    rule = await api.do("head", "addAskingRule", "... on AskingRule { id tag unit { name } }", **said)
    assert (rule["tag"], rule["unit"]["name"]) == ("数据安全", "市公安局")
    listed = "query($id: ID!) { node(id: $id) { ... on Group { askingRules { nodes { basis endsOn } } } } }"
    assert (await api.ask("staff", listed, id=api.group))["node"]["askingRules"]["nodes"] == [
        {"basis": "数据安全", "endsOn": None}
    ]
    assert (await api.ask("civil", listed, id=api.group))["node"]["askingRules"]["nodes"] == []
    motion = await api.city.motion("admitted", tags=("数据安全",))
    key = pack("Motion", motion.id)
    found = (await api.ask("staff", REQUESTS, id=key))["node"]
    assert found["tags"] == ["数据安全"]
    assert {(row["unit"]["name"], row["standing"]) for row in found["opinions"]} == {
        ("市公安局", "NOT_STARTED"), ("市财政局", "NOT_STARTED")
    }  # fmt: skip
    await api.do("staff", "askOpinions", id=key, unitIds=[])
    finance = next(row for row in found["opinions"] if row["unit"]["name"] == "市财政局")["id"]
    await api.do("finance", "extendOpinion", id=finance, dueOn="2026-03-16", reason="测算")
    select = "... on Opinion { standing dueOn firstDueOn extensionTo extensionOutcome }"
    granted = await api.do("director", "grantMoreTimeOpinion", select, id=finance)
    assert (granted["dueOn"], granted["firstDueOn"]) == ("2026-03-16", "2026-03-09")
    clock.forward(days=15)
    rows = (await api.ask("staff", REQUESTS, id=key))["node"]["opinions"]
    assert {row["standing"] for row in rows} == {"OVERDUE"}
    await api.do("leader", "recallMotion", id=key, reason="请压减")
    rows = (await api.ask("staff", REQUESTS, id=key))["node"]["opinions"]
    assert {(row["standing"], row["stoppedOn"]) for row in rows} == {("STOPPED", "2026-03-17")}
    early = await api.do("staff", "restartOpinion", id=finance, dueOn="2026-03-30")
    assert early["code"] == "motion_admitted_again"
    ended = await api.do("head", "endAskingRule", "... on AskingRule { endsOn }", id=rule["id"], endsOn="2026-03-31")
    assert ended["endsOn"] == "2026-03-31"

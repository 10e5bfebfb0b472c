"""C3, C19: directives under way over the API: several at once, parts, reports, more time, evidence, reopening."""

from datetime import timedelta
from typing import Any

import pytest

from app.core.clock import today
from schema.ids import pack
from tests.api.conftest import Api

NODE = """query($id: ID!) { node(id: $id) { ... on Directive { state dueOn nextReportOn evidenceRequired project amount
  parent { title } parts { title state leadUnit { name } parent { title } }
  reports { kind nothingNew dueOn evidence }
  extensions { dueBefore dueAsked granted reason answeredBy { name } } } } }"""


def content(api: Api, **changes: Any) -> dict[str, Any]:
    given = {
        "title": "平台验收", "result": "通过验收并提交报告", "leadUnitId": api.unit("市财政局"),
        "cooperatingUnitIds": [api.unit("东湖区政府")], "dueOn": (today() + timedelta(days=90)).isoformat(),
        "period": "MONTHLY", "evidenceRequired": True, "project": "城市数据平台", "amount": "1200000.00",
    }  # fmt: skip
    return {**given, **changes}


@pytest.mark.clause("C3", "C19", "A3.6")
async def test_the_life_of_a_directive(api: Api) -> None:
    _, _, decision = await api.city.decided()
    both = [content(api), content(api, title="另一项")]
    select = "... on Decision { directives { id title amount } }"
    made = await api.do("staff", "draftDirectives", select, decisionId=pack("Decision", decision.id), directives=both)
    assert [row["title"] for row in made["directives"]] == ["平台验收", "另一项"]
    key, other = (row["id"] for row in made["directives"])
    changed = content(api, title="改名")
    edited = await api.do("staff", "editDirective", "... on Directive { title }", id=other, **changed)
    assert edited["title"] == "改名"
    assert (await api.do("vice", "issueDirective", "... on Directive { state }", id=key))["state"] == "ISSUED"
    await api.do("finance", "acknowledgeDirective", id=key)
    part = {"title": "接入前端", "result": "接入2000路前端", "leadUnitId": api.unit("东湖区政府")}
    await api.do("finance", "splitDirective", id=key, parts=[part])
    said = "... on Report { dueOn nothingNew }"
    assert (await api.do("finance", "reportNothingNew", said, directiveId=key))["nothingNew"] is True
    assert (await api.do("finance", "reportProgress", said, directiveId=key, text="完成一半"))["nothingNew"] is False
    later = (today() + timedelta(days=120)).isoformat()
    await api.do("finance", "askExtension", id=key, dueOn=later, reason="供应商延误")
    await api.do("vice", "grantExtension", id=key)
    node = (await api.ask("finance", NODE, id=key))["node"]
    assert (node["dueOn"], node["evidenceRequired"], node["project"]) == (later, True, "城市数据平台")
    assert node["parts"] == [
        {"title": "接入前端", "state": "ISSUED", "leadUnit": {"name": "东湖区政府"}, "parent": {"title": "平台验收"}}
    ]
    assert [row["granted"] for row in node["extensions"]] == [True]
    assert node["extensions"][0]["dueBefore"] != node["extensions"][0]["dueAsked"]
    assert len(node["reports"]) == 2 and all(row["dueOn"] for row in node["reports"]) and node["nextReportOn"]
    refused = await api.do("finance", "reportCompletion", directiveId=key, text="完成", evidence="验收报告")
    assert (refused["code"], refused["clause"]) == ("parts_closed", "C19")
    mine = (await api.ask("district", "{ directives { nodes { title } } }"))["directives"]["nodes"]
    assert {row["title"] for row in mine} == {"平台验收", "接入前端"}


@pytest.mark.clause("C3", "C19")
async def test_standing_work_is_renewed_and_a_closed_one_reopened(api: Api) -> None:
    given = content(api, standing=True, evidenceRequired=False, cooperatingUnitIds=[], dueOn="2026-12-31")
    key = (await api.do("vice", "draftDirective", "... on Directive { id }", groupId=api.group, **given))["id"]
    await api.do("vice", "issueDirective", id=key)
    await api.do("finance", "acknowledgeDirective", id=key)
    for due in ("2027-12-31", "2028-12-31"):
        await api.do("finance", "reportCompletion", directiveId=key, text="完成")
        await api.do("head", "verifyDirective", id=key)
        assert (await api.do("director", "renewDirective", "... on Directive { dueOn }", id=key))["dueOn"] == due
    await api.do("finance", "reportCompletion", directiveId=key, text="完成")
    await api.do("head", "verifyDirective", id=key)
    assert (await api.do("director", "closeDirective", "... on Directive { state }", id=key))["state"] == "CLOSED"
    again = await api.do(
        "vice", "reopenDirective", "... on Directive { state dueOn }", id=key, dueOn="2026-06-30", reason="抽查不合格"
    )
    assert (again["state"], again["dueOn"]) == ("IN_PROGRESS", "2026-06-30")

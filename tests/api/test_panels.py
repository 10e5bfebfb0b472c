"""An expert panel over the API: the whole review of one motion is read by one query (A3.7)."""

from typing import Any

import pytest

from schema.ids import pack
from tests.support.experts import all_views, called_panel, members, nick, pool

pytestmark = pytest.mark.clause("A3.7")
PANEL = "... on Panel { id state commitHash members { id state person { name } } draws { number seed drawn } }"
WHOLE = """query($id: ID!) { node(id: $id) { ... on Motion {
  panels { kind kindLabel mode state conclusion conclusionText stale chair { name } units { name }
    members { person { name } state position positionLabel score view counts conflict conflictLabel stale
      history { line action opinion contentHash } availableActions { action allowed blockers { code clause } } }
    draws { number commitHash seed reason record }
    advice { number text answer answerLabel answerText answeredBy { name } } } } } }"""


async def test_the_whole_panel_over_the_api_and_in_one_query(api: Any) -> None:
    motion = await api.city.motion("ready", "A1.3(2)")
    await pool(api.city, 9)
    key = pack("Motion", motion.id)
    panel = await api.do(
        "staff", "draftPanel", PANEL, motionId=key, kind="REVIEW", mode="COMMISSIONED", dueOn="2026-03-20",
        body="省电子产品检验院", unitIds=[api.unit("东湖区政府")],
    )  # fmt: skip
    lots = [{"field": "物联网", "number": 2}, {"field": "网络安全", "number": 1}]
    plan = {"kind": "REVIEW", "mode": "COMMISSIONED", "dueOn": "2026-03-23", "body": "省检验院", "lots": lots}
    units = [api.unit("东湖区政府")]
    changed = await api.do("staff", "editPanel", "... on Panel { body lots }", id=panel["id"], unitIds=units, **plan)
    assert changed == {"__typename": "Panel", "body": "省检验院", "lots": ["物联网 2", "网络安全 1"]}
    fixed = await api.do("staff", "fixPanel", PANEL, id=panel["id"])
    assert (fixed["state"], len(fixed["commitHash"])) == ("FIXED", 64)
    drawn = await api.do("staff", "drawPanelMembers", PANEL, id=panel["id"])
    assert [member["state"] for member in drawn["members"]] == ["NAMED"] * 3
    again = await api.do("staff", "drawPanelMembers", PANEL, id=panel["id"])
    assert (again["__typename"], again["clause"]) == ("ValidationError", "A3.7")
    drawn = await api.do("staff", "drawPanelMembers", PANEL, id=panel["id"], reason="一人出国")
    here = [member for member in drawn["members"] if member["state"] == "NAMED"]
    await api.do("staff", "namePanelChair", PANEL, id=panel["id"], memberId=here[0]["id"])
    called = await api.do("staff", "callPanel", PANEL, id=panel["id"])
    assert called["state"] == "COLLECTING"
    nicks = {member["person"]["name"]: member["id"] for member in here}
    who = {name: next(n for n, p in api.city.people.items() if name_of(api, p) == name) for name in nicks}
    for number, (name, member) in enumerate(nicks.items()):
        await api.do(who[name], "receivePanelPapers", "... on PanelMember { state }", id=member)
        position = "AGAINST" if number else "AGREE"
        given = await api.do(
            who[name], "giveExpertView", "... on PanelMember { position }", id=member, position=position, score=60,
            text="理由。",
        )  # fmt: skip
        assert given["position"] == position
    first = who[here[0]["person"]["name"]]
    ended = await api.do(
        first, "concludePanel", PANEL, id=panel["id"], conclusion="FAIL", text="不可行。", advice=["重做"]
    )
    assert ended["__typename"] == "Acted", "done, and from now on not his to see"
    whole = (await api.ask("staff", WHOLE, id=key))["node"]["panels"][0]
    assert (whole["conclusion"], whole["kindLabel"]) == ("FAIL", "Review")
    counted = [member for member in whole["members"] if member["counts"]]
    assert [member["position"] for member in counted] == ["AGREE", "AGAINST", "AGAINST"]
    assert len(whole["draws"]) == 2 and whole["draws"][1]["reason"] == "一人出国"
    assert {unit["name"] for unit in whole["units"]} == {"市经信委", "东湖区政府"}
    leader = (await api.ask("leader", WHOLE, id=key))["node"]["panels"][0]
    assert leader["conclusionText"] == "不可行。"
    assert (await api.ask(first, WHOLE, id=key))["node"] is None


def name_of(api: Any, person_id: Any) -> str:
    """The pool's people are called by the order in which they came."""
    names = [
        nickname for nickname, key in api.city.people.items() if key == person_id and nickname.startswith("expert")
    ]
    return f"专家{'甲乙丙丁戊己庚辛壬'[int(names[0][6:]) - 1]}" if names else ""


async def test_why_not_names_the_clause(api: Any) -> None:
    motion = await api.city.motion("ready", "A1.3(2)")
    why = 'query($id: ID!) { why(noun: "motion", id: $id, action: "list") { allowed refusal { code clause message } } }'
    said = (await api.ask("staff", why, id=pack("Motion", motion.id)))["why"]
    assert (said["allowed"], said["refusal"]["clause"]) == (False, "A3.7")
    assert "panel has not concluded" in said["refusal"]["message"]


async def test_an_expert_is_told_his_role_and_task(api: Any) -> None:
    motion = await api.city.motion("ready", "A1.3(2)")
    panel = await called_panel(api.city, motion, await pool(api.city, 3))
    me = "{ viewer { roles { role } tasks { nodes { kind } } } experts { totalCount } }"
    mine = await api.ask("expert1", me)
    assert mine["viewer"]["roles"] == [{"role": "EXPERT"}]
    assert {task["kind"] for task in mine["viewer"]["tasks"]["nodes"]} == {"papers", "expert_view", "conclusion"}
    assert mine["experts"]["totalCount"] == 1, "of the pool he sees himself"
    rows = await all_views(api.city, panel)
    assert nick(api.city, rows[0]) == "expert1"
    out = await api.do(
        "staff", "excludePanelMember", "... on PanelMember { conflict counts }", id=pack("PanelMember", rows[2].id),
        conflict="LISTED", reason="名单漏列",
    )  # fmt: skip
    assert out == {"__typename": "PanelMember", "conflict": "LISTED", "counts": False}
    assert [row.state for row in await members(api.city, panel)] == ["given", "given", "excluded"]


@pytest.mark.clause("C20")
async def test_a_view_from_paper_over_the_api(api: Any) -> None:
    panel = await called_panel(api.city, await api.city.motion("ready", "A1.3(2)"), await pool(api.city, 3))
    first, *_ = await members(api.city, panel)
    given = {"id": pack("PanelMember", first.id), "position": "AGREE", "score": 90, "text": "可行。"}
    paper = {"principalId": pack("Person", first.person_id), "signedOn": "2026-03-02", "note": "档案柜"}
    said = "... on PanelMember { state history { id line enteredBy { name } } }"
    refused = await api.do("staff", "giveExpertView", said, **given, paper=paper)
    assert (refused["code"], refused["clause"]) == ("not_authorised", "C20")
    done = await api.do("staff", "giveExpertView", said, **given, paper={**paper, "scan": "2026-17"})
    assert (done["state"], done["history"][0]["enteredBy"]["name"]) == ("GIVEN", "科员壬")
    told = "... on Signature { objection }"
    key = done["history"][0]["id"]
    assert (await api.do("expert1", "objectToSignature", told, id=key, objection="不是我的"))["objection"] == "不是我的"


@pytest.mark.clause("B2.3")
async def test_a_joint_meeting_over_the_api(api: Any) -> None:
    city = api.city
    panel = await called_panel(city, await city.motion("ready", "A1.3(2)"), await pool(city, 3), mode="meeting")
    said = "... on Meeting { form items { kind panel { kind } motion { title } } }"
    given = {"id": pack("Panel", panel.id), "presiderId": pack("Person", city.people["director"])}
    meeting = await api.do("staff", "convenePanel", said, **given, endsAt="2026-03-09T12:00:00+08:00")
    assert meeting["form"] == "EXPERT_JOINT"
    assert meeting["items"] == [
        {"kind": "PANEL", "panel": {"kind": "APPRAISAL"}, "motion": {"title": "2027年度信息化资金安排计划"}}
    ]
    key = {"id": pack("Panel", panel.id)}
    whole = await api.ask("staff", "query($id: ID!) { node(id: $id) { ... on Panel { jointItems { state } } } }", **key)
    assert whole["node"]["jointItems"] == [{"state": "LISTED"}]

"""Freshness over the API (C16): stale and changes as fields, asking again as mutations."""

from typing import Any

import pytest

from schema.ids import pack

REVIEW = """query($id: ID!) { node(id: $id) { ... on Motion {
  textVersions { number until texts { field label text } changes { field } }
  opinions { id stale position textVersion { number contentHash } earlier { positionLabel textVersion { number } }
    changes { field label kind before after pieces { kind text } } }
  history { action stale changes { after } } } } }"""


@pytest.mark.clause("C16", "C7")
async def test_what_was_said_on_an_earlier_text_shows_it_and_is_asked_again(api: Any) -> None:
    city = api.city
    motion = await city.motion("admitted", "A1.3(5)")
    key = pack("Motion", motion.id)
    await api.do("staff", "askOpinions", id=key, unitIds=[api.unit("市民政局"), api.unit("市公安局")])
    before = (await api.ask("staff", REVIEW, id=key))["node"]
    mine = (await api.ask("civil", REVIEW, id=key))["node"]["opinions"]
    assert len(before["opinions"]) == 2 and len(mine) == 1
    civil = mine[0]["id"]
    await api.do("civil", "answerOpinion", id=civil, position="AGREE")
    fresh = await api.do("staff", "askAgainOpinion", id=civil)
    assert (fresh["code"], fresh["clause"]) == ("judged_earlier_text", "C16")

    body = motion.body.replace("等项目", "和数据安全项目")
    amended = await api.do("staff", "amendMotion", "... on Motion { body }", id=key, title=motion.title, body=body,
                           reason="按意见修改")  # fmt: skip
    assert amended["body"] == body
    seen = (await api.ask("civil", REVIEW, id=key))["node"]
    (opinion,) = seen["opinions"]
    assert opinion["stale"] and opinion["textVersion"]["number"] == 1
    (change,) = opinion["changes"]
    assert (change["field"], change["label"], change["kind"]) == ("body", "Text", "REPLACED")
    assert (change["before"], change["after"]) == (motion.body, body)
    assert {"kind": "REMOVED", "text": "等"} in change["pieces"]
    whole = (await api.ask("leader", REVIEW, id=key))["node"]
    assert [row["stale"] for row in whole["history"]] == [True] * 4 + [False], (
        "the amendment's own reason is on the new"
    )
    assert whole["history"][3]["changes"] == [{"after": body}]
    assert [row["number"] for row in whole["textVersions"]] == [1, 2]

    again = await api.do("staff", "askAgainOpinion", "... on Opinion { state stale }", id=civil)
    assert (again["state"], again["stale"]) == ("ASKED", False)
    (opinion,) = (await api.ask("civil", REVIEW, id=key))["node"]["opinions"]
    assert opinion["earlier"] == [{"positionLabel": "Agree", "textVersion": {"number": 1}}]
    await api.do("civil", "answerOpinion", id=civil, position="DISAGREE", text="不妥")
    assert not (await api.ask("civil", REVIEW, id=key))["node"]["opinions"][0]["stale"]


@pytest.mark.clause("C16")
async def test_a_signer_is_asked_again_and_reaffirms(api: Any) -> None:
    motion = await api.city.motion("admitted", "A1.3(5)")
    key = pack("Motion", motion.id)
    await api.do("staff", "amendMotion", id=key, title=motion.title, body="修改稿。", reason="修改")
    history = "query($id: ID!) { node(id: $id) { ... on Motion { history { id action stale } } } }"
    admit = next(
        row for row in (await api.ask("staff", history, id=key))["node"]["history"] if row["action"] == "admit"
    )
    await api.do("staff", "askSignerAgainMotion", id=key, signatureId=admit["id"])
    owed = "{ viewer { tasks { nodes { kind } } } }"
    assert [row["kind"] for row in (await api.ask("leader", owed))["viewer"]["tasks"]["nodes"]] == ["reaffirmation"]
    done = await api.do(
        "leader", "reaffirmMotion", "... on Motion { history { action stale } }", id=key, opinion="同意"
    )
    assert done["history"][-1] == {"action": "reaffirm", "stale": False}
    assert (await api.ask("leader", owed))["viewer"]["tasks"]["nodes"] == []

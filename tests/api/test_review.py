"""The whole review of one motion, read by one query (A3.3, C16)."""

from typing import Any

import pytest

from schema.ids import pack

WHOLE = """query($id: ID!) {
  leaderSheet(motionId: $id) { counts { label count } positions { unit label } unresolved experts motion { title } }
  node(id: $id) { ... on Motion { state consolidated
    opinions { unit { name } standing position stale drafts { text } earlier { text }
      amendments { passage wording outcome outcomeReason } }
    reviewSheets { number text releasedAt positions { unit positionLabel response amendments { outcome } } }
    panels { kind conclusion } textVersions { number } history { action stale } } } }"""


@pytest.mark.clause("A3.3", "A4.4", "C16")
async def test_the_whole_review_of_one_motion_is_read_by_one_query(api: Any) -> None:
    motion = await api.city.motion("admitted")
    key = pack("Motion", motion.id)
    asked = await api.do("staff", "askOpinions", "... on Motion { opinions { id } }", id=key, unitIds=[])
    opinion = asked["opinions"][0]["id"]
    change = {"passage": "等项目", "wording": "项目", "reason": "收窄"}
    await api.do("finance_liaison", "draftAnswerOpinion", id=opinion, position="AGREE_WITH_AMENDMENTS", text="请收窄。",
                 amendments=[change])  # fmt: skip
    own = await api.ask("finance", WHOLE, id=key)
    assert own["node"]["opinions"][0]["drafts"] == [{"text": "请收窄。"}]
    assert own["leaderSheet"] is None
    assert (await api.ask("director", WHOLE, id=key))["node"]["opinions"][0]["drafts"] == []
    released = await api.do("finance", "releaseOpinion", "... on Opinion { amendments { id passage } }", id=opinion)
    amendment = released["amendments"][0]["id"]
    settled = await api.do("staff", "settleAmendment", "... on OpinionAmendment { outcome }", id=amendment,
                           outcome="IN_PART", reason="部分项目保留")  # fmt: skip
    assert settled["outcome"] == "IN_PART"
    await api.do("staff", "draftSheetMotion", id=key, text="修改后同意。")
    await api.do("director", "consolidateOpinions", id=key)
    whole = await api.ask("leader", WHOLE, id=key)
    node = whole["node"]
    assert (node["state"], node["consolidated"]) == ("READY", "修改后同意。")
    (sheet,) = node["reviewSheets"]
    assert sheet["releasedAt"]
    assert sheet["positions"] == [
        {"unit": "市财政局", "positionLabel": "Agree with amendments", "response": "",
         "amendments": [{"outcome": "in_part"}]}
    ]  # fmt: skip
    assert whole["leaderSheet"]["counts"] == [{"label": "Agree with amendments", "count": 1}]
    assert whole["leaderSheet"]["unresolved"] == ["市财政局, amendment in part: 项目"]

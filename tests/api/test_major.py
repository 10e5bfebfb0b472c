"""Major administrative decisions over the API (A3.3)."""

from typing import Any

import pytest

from schema.ids import pack

READ = """query($id: ID!) { node(id: $id) { ... on Motion { major
  requirements { kind kindLabel startsOn endsOn shorterReason result metOn liftedAt } } } }"""


@pytest.mark.clause("A3.3")
async def test_requirements_are_begun_met_and_lifted(api: Any) -> None:
    motion = await api.city.motion("ready", "A1.3(5)")
    key = pack("Motion", motion.id)
    assert (await api.ask("staff", READ, id=key))["node"] == {"major": False, "requirements": []}
    marked = await api.do("director", "markMajorMotion", "... on Motion { major }", id=key, reason="涉及公共利益")
    assert marked["major"]
    begun = await api.do("staff", "beginRequirementMotion", "... on Requirement { endsOn kindLabel }", id=key,
                         kind="LEGALITY_REVIEW", startsOn="2026-03-02")  # fmt: skip
    assert (begun["endsOn"], begun["kindLabel"]) == ("2026-03-11", "Legality review")
    met = await api.do("staff", "meetRequirementMotion", "... on Requirement { metOn result }", id=key,
                       kind="LEGALITY_REVIEW", result="合法。")  # fmt: skip
    assert met["metOn"] == "2026-03-02"
    why = 'query($id: ID!) { why(noun: "motion", id: $id, action: "list") { refusal { code clause } } }'
    assert (await api.ask("staff", why, id=key))["why"]["refusal"] == {
        "code": "major_requirements_met",
        "clause": "A3.3",
    }
    await api.do("director", "unmarkMajorMotion", id=key, reason="经研判不属重大决策")
    found = (await api.ask("leader", READ, id=key))["node"]
    assert not found["major"]
    assert len(found["requirements"]) == 4 and all(row["liftedAt"] for row in found["requirements"])

"""What a mutation or an event selects of its object is one statement, after the commit."""

from typing import Any

import pytest

from tests.planned.conftest import BothWays
from tests.planned.test_statements import Counted

QUERY = """mutation($input: SubmitMotionInput!, $n: Int) { submitMotion(input: $input) { __typename
  ... on Refusal { code }
  ... on Motion { ...Whole history(last: $n) { action person { name } } availableActions { action allowed } } } }
fragment Whole on Motion { id title state stateLabel waitingOn { names } opinions { id } }"""
NODE = """query($id: ID!, $n: Int) { node(id: $id) { __typename
  ... on Motion { ...Whole history(last: $n) { action person { name } } availableActions { action allowed } } } }
fragment Whole on Motion { id title state stateLabel waitingOn { names } opinions { id } }"""


@pytest.mark.clause("C7", "A4.4")
async def test_a_payload_is_what_a_query_would_answer(both: BothWays) -> None:
    motion = await both.api.city.motion("draft")
    key = f"Motion_{motion.id.hex}"
    counted = Counted(both.api.city.db)
    answer: dict[str, Any] = await both.api.post("staff", QUERY, input={"id": key}, n=1)
    payload = answer["data"]["submitMotion"]
    assert payload["state"] == "SUBMITTED" and [row["action"] for row in payload["history"]] == ["submit"]
    after = [text for text in counted.short if "history" in text]
    assert len(after) == 1
    assert payload == (await both.same("staff", NODE, id=key, n=1))["data"]["node"]
    again = await both.api.post("staff", QUERY, input={"id": key}, n=1)
    assert again["data"]["submitMotion"] == {"__typename": "RuleRefusal", "code": "wrong_state"}


@pytest.mark.clause("A4.4")
async def test_the_payload_of_a_restricted_matter_is_recorded_as_read(both: BothWays) -> None:
    motion = await both.api.city.motion("draft", disclosure="restricted")
    query = "mutation($input: SubmitMotionInput!) { submitMotion(input: $input) { ... on Motion { title } } }"
    answer = await both.api.post("staff", query, input={"id": f"Motion_{motion.id.hex}"})
    assert answer == {"data": {"submitMotion": {"title": motion.title}}}
    trail = await both.api.ask("auditor", "{ trail(first: 1) { nodes { action objectId } } }")
    assert trail["trail"]["nodes"] == [{"action": "read", "objectId": str(motion.id)}]

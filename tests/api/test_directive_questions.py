"""C19: the questions on a draft over the API, and their answers."""

from typing import Any

import pytest

from app.core.clock import today
from app.services import directives
from app.services.directives import DirectiveDraft
from schema.ids import pack
from tests.api.conftest import Api

QUERY = """query($id: ID!) { node(id: $id) { ... on Directive { result dueOn
  questions { id kind about sentence answer answeredAt answeredBy { name } directive { id } }
  availableActions { action allowed blockers { code clause who } } } } }"""


@pytest.mark.clause("C19", "A4.4")
async def test_a_question_is_read_and_answered(api: Api) -> None:
    city = api.city
    given = DirectiveDraft("平台验收", "尽快", city.units["市财政局"], today())
    row = await city.do("vice", directives.draft_directive, city.group, given)

    async def ask(work: Any, actor: Any) -> None:
        await directives.ask(work, row.id, [("result", "尽快")])

    await city.do("vice", ask)
    here = pack("Directive", row.id)
    node = (await api.ask("vice", QUERY, id=here))["node"]
    (question,) = node["questions"]
    assert (question["kind"], question["about"], question["answeredAt"]) == ("RESULT", "尽快", None)
    assert "no result" in question["sentence"]
    issue = next(each for each in node["availableActions"] if each["action"] == "issue")
    assert issue["blockers"] == [
        {"code": "questions_answered", "clause": "C19", "who": "the office, by answering them"}
    ]
    assert (await api.ask("finance", QUERY, id=question["id"]))["node"] is None
    refused = await api.do("vice", "answerDirectiveQuestion", id=question["id"], text="加强")
    assert refused["__typename"] == "ValidationError"
    done = await api.do(
        "vice", "answerDirectiveQuestion", "... on Directive { result }", id=question["id"], text="通过验收并提交报告"
    )
    assert done["result"] == "通过验收并提交报告"
    (question,) = (await api.ask("vice", QUERY, id=here))["node"]["questions"]
    assert (question["answer"], question["answeredBy"]) == ("通过验收并提交报告", {"name": "副主任己"})
    assert (await api.do("vice", "issueDirective", "... on Directive { state }", id=here))["state"] == "ISSUED"

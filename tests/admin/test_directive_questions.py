"""What a draft leaves open is answered on its page, each question by a form of its own (C19)."""

from typing import Any

import pytest

from app.core.clock import today
from app.services import directives
from app.services.directives import DirectiveDraft
from tests.admin.conftest import Pages
from tests.support.city import City

KINDS = [("result", "尽快"), ("date", "待定"), ("past_date", today().isoformat()), ("units", "市直有关部门")]


async def draft(city: City) -> Any:
    given = DirectiveDraft("平台验收", "尽快", city.units["市财政局"], today())
    row = await city.do("vice", directives.draft_directive, city.group, given)

    async def ask(work: Any, actor: Any) -> None:
        await directives.ask(work, row.id, KINDS)

    await city.do("vice", ask)
    return row


@pytest.mark.clause("C19")
async def test_the_office_answers_on_the_page(pages: Pages) -> None:
    city = pages.city
    row = await draft(city)
    here = f"/admin/directives/{row.id}"
    leader = await pages.sign_in("leader")
    assert "市直有关部门" in (await leader.get(here)).text and "question_id" not in (await leader.get(here)).text
    staff = await pages.sign_in("staff")
    page = (await staff.get(here)).text
    answers: dict[str, dict[str, str]] = {
        "result": {"text": "通过验收并提交报告"},
        "date": {"due_on": "2027-06-30"},
        "past_date": {"confirmed": "1"},
        "units": {"unit_ids": str(city.units["市公安局"])},
    }
    keys = [part.partition('"')[0] for part in page.split('name="question_id" value="')[1:]]
    assert len(keys) == len(KINDS)
    for (kind, _), key in zip(KINDS, keys, strict=True):
        form = {"question_id": key, "back": here, **answers[kind]}
        assert (await staff.post(f"/admin/act/directive/{row.id}/answer_question", form)).status_code == 303
    page = (await staff.get(here)).text
    for words in ("通过验收并提交报告", "2027年6月30日", "市公安局", "科员壬"):
        assert words in page
    assert "question_id" not in page
    empty = await draft(city)
    page = (await staff.get(f"/admin/directives/{empty.id}")).text
    key = page.split('name="question_id" value="')[1].partition('"')[0]
    refused = await staff.post(f"/admin/act/directive/{empty.id}/answer_question", {"question_id": key, "text": "加强"})
    assert refused.status_code == 422

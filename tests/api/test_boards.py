"""Boards, league table, punctuality and progress over the API (C3, C18)."""

from datetime import timedelta

import pytest

from app.core.clock import today
from app.services import directives
from app.services.directives import DirectiveDraft
from schema.ids import pack
from tests.api.conftest import Api

QUERY = """query($group: ID!, $from: Date!, $to: Date!) {
  directiveBoard(groupId: $group, by: UNIT) { name open closed lights { red green } directives { title light } }
  directiveLeague(groupId: $group, start: $from, end: $to) { formula places { rank unit score { due inTime percent } } }
  directivePunctuality(groupId: $group, months: 2) { formula months { month score { due percent } } }
  directiveProgress(groupId: $group) { summary text open lights { green } } }"""


@pytest.mark.clause("C3", "C18", "A4.4")
async def test_directives_at_a_glance(api: Api) -> None:
    city = api.city
    given = DirectiveDraft("平台验收", "通过验收并提交报告", city.units["市财政局"], today() + timedelta(days=10))
    row = await city.do("vice", directives.draft_directive, city.group, given)
    await city.do("vice", directives.issue_directive, row.id)
    await city.act("finance", "directive", row, "acknowledge")
    await city.do("finance", directives.report_completion, row.id, "完成")
    days = {"from": today().isoformat(), "to": (today() + timedelta(days=20)).isoformat()}
    found = await api.ask("leader", QUERY, group=api.group, **days)
    assert found["directiveBoard"] == [
        {"name": "市财政局", "open": 1, "closed": 0, "lights": {"red": 0, "green": 1},
         "directives": [{"title": "平台验收", "light": "GREEN"}]}
    ]  # fmt: skip
    (place,) = found["directiveLeague"]["places"]
    assert place == {"rank": 1, "unit": "市财政局", "score": {"due": 1, "inTime": 1, "percent": 100.0}}
    assert "Punctuality = " in found["directiveLeague"]["formula"]
    assert [month["score"]["due"] for month in found["directivePunctuality"]["months"]] == [0, 1]
    assert found["directiveProgress"]["open"] == 1 and "平台验收" in found["directiveProgress"]["text"]
    nothing = await api.ask("civil", QUERY, group=api.group, **days)
    assert (nothing["directiveBoard"], nothing["directiveLeague"]["places"]) == ([], [])
    assert nothing["directiveProgress"]["open"] == 0
    nowhere = await api.ask("leader", QUERY, group=pack("Group", row.id), **days)
    assert (nowhere["directiveBoard"], nowhere["directiveProgress"]) == ([], None)
    too_few = "query($g: ID!) { directivePunctuality(groupId: $g, months: 0) { formula } }"
    answer = await api.post("leader", too_few, g=api.group)
    assert answer["errors"][0]["extensions"]["code"] == "BAD_PAGE_SIZE"

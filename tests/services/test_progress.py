"""The state of the open directives, as a meeting's first item and the report of results show it (C18, A3.6)."""

from datetime import timedelta
from typing import Any

import pytest

from app.core.clock import today
from app.queries.actors import load_actor
from app.queries.progress import Progress, state_of_directives
from app.queries.visibility import View
from app.services import directives
from app.services.directives import DirectiveDraft
from tests.support.city import City, build


async def progress(city: City, who: str, **given: Any) -> Progress:
    async with city.db.read() as session:
        view = View(await load_actor(session, city.people[who]), await city.works.policies.current(session))
        return await state_of_directives(session, view, city.group, **given)


async def laid(city: City, title: str, days: int, unit: str = "市财政局", head: str = "finance") -> Any:
    draft = DirectiveDraft(title, "通过验收并提交报告", city.units[unit], today() + timedelta(days=days))
    row = await city.do("vice", directives.draft_directive, city.group, draft)
    row = await city.do("vice", directives.issue_directive, row.id)
    await city.act(head, "directive", row, "acknowledge")
    return row


@pytest.mark.clause("C18", "A3.6", "A4.4")
async def test_what_is_open_is_told_the_most_urgent_first(db: Any, clock: Any) -> None:
    city = await build(db)
    start = today()
    await laid(city, "以后到期", 60)
    first = await laid(city, "先到期", 20)
    closing = await laid(city, "将办结", 20)
    await laid(city, "公安事项", 20, "市公安局", "police")
    unissued = DirectiveDraft("还没下达", "通过验收", city.units["市财政局"], today() + timedelta(days=9))
    await city.do("vice", directives.draft_directive, city.group, unissued)
    gone = await laid(city, "撤销的", 20)
    await city.act("vice", "directive", gone, "withdraw", reason="并入另一事项")
    await city.do("finance", directives.report_progress, first.id, "已完成一半")
    await city.do("finance", directives.report_completion, closing.id, "已完成")
    await city.act("head", "directive", closing, "verify")
    await city.act("director", "directive", closing, "close")
    clock.forward(days=21)
    found = await progress(city, "leader", since=start)
    assert {(row.title, row.light) for row in found.open[:2]} == {("先到期", "red"), ("公安事项", "red")}
    assert [(row.title, row.light) for row in found.open[2:]] == [("以后到期", "green")]
    assert [row.title for row in found.closed] == ["将办结"]
    assert found.counts == {"red": 2, "yellow": 0, "green": 1, "grey": 0}
    text, english = found.text(), found.text("en")
    assert "在办督办事项3项,其中超期2项,正常1项" in text and "办结1项" in text and "已完成一半" in text
    assert "3 directives are open: 2 overdue, 1 on time" in english and "1 closed since" in english
    assert "撤销的" not in text and "还没下达" not in text
    assert [row.title for row in (await progress(city, "police")).open] == ["公安事项"], "only what one may see"
    assert (await progress(city, "outsider")).summary("en").startswith("On ")
    assert (await progress(city, "outsider")).open == []
    assert (await progress(city, "leader", since=today() + timedelta(days=1))).closed == []

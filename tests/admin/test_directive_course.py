"""The pages of directives under way: several at once, correcting, splitting, more time, evidence (A3.6, C3, C19)."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.core.clock import today
from app.models.outcome import Directive
from app.services import directives
from app.services.directives import DirectiveDraft
from tests.admin.conftest import Pages


async def rows(pages: Pages) -> list[Directive]:
    async with pages.city.db.read() as session:
        return list((await session.scalars(select(Directive).order_by(Directive.id))).all())


@pytest.mark.clause("A3.6", "C19")
async def test_several_at_once_and_a_correction(pages: Pages) -> None:
    city = pages.city
    motion, _, decision = await city.decided()
    staff = await pages.sign_in("staff")
    here = f"/admin/directives/several?decision_id={decision.id}"
    assert here in (await staff.get(f"/admin/motions/{motion.id}")).text
    assert 'name="6_title"' in (await staff.get(here)).text
    finance, due = str(city.units["市财政局"]), (today() + timedelta(days=60)).isoformat()
    form = {"decision_id": str(decision.id)}
    for number, title in ((1, "编制计划"), (3, "分解任务")):
        block = {"title": title, "result": "印发到12个单位", "lead_unit_id": finance, "due_on": due}
        block |= {"amount": "1,200,000", "evidence_required": "1"}
        form |= {f"{number}_{name}": value for name, value in block.items()}
    assert (await staff.post("/admin/directives/several", form)).status_code == 303
    first, second = await rows(pages)
    assert (first.title, second.title, second.decision_id) == ("编制计划", "分解任务", decision.id)
    assert (await staff.post("/admin/directives/several", {"decision_id": str(decision.id)})).status_code == 422
    page = (await staff.get(f"/admin/directives/{first.id}")).text
    assert f'value="{due}"' in page and "印发到12个单位</textarea>" in page, "the form shows what stands there"
    change = {"title": "编制年度计划", "result": "印发到20个单位", "lead_unit_id": finance, "due_on": due,
              "cooperating": str(city.units["市公安局"]), "period": "monthly"}  # fmt: skip
    assert (await staff.post(f"/admin/act/directive/{first.id}/edit", change)).status_code == 303
    page = (await staff.get(f"/admin/directives/{first.id}")).text
    assert "编制年度计划" in page and "市公安局" in page and "1,200,000" not in page
    finance_head = await pages.sign_in("finance")
    assert (await finance_head.get(here)).status_code in (403, 404)


@pytest.mark.clause("C3", "C19")
async def test_a_directive_under_way(pages: Pages) -> None:
    city = pages.city
    draft = DirectiveDraft("平台验收", "通过验收并提交报告", city.units["市财政局"], today() + timedelta(days=90),
                           [city.units["市公安局"]], "monthly", evidence_required=True)  # fmt: skip
    row: Any = await city.do("vice", directives.draft_directive, city.group, draft)
    await city.do("vice", directives.issue_directive, row.id)
    await city.act("finance", "directive", row, "acknowledge")
    here, act = f"/admin/directives/{row.id}", f"/admin/act/directive/{row.id}"
    finance = await pages.sign_in("finance")
    assert "下次报告" in (await finance.get(here)).text
    part = {"title": "接入前端", "result": "接入2000路前端", "lead_unit_id": str(city.units["市公安局"])}
    assert (await finance.post(f"{act}/split", part)).status_code == 303
    assert (await finance.post(f"{act}/report", {"text": "完成一半", "evidence": "简报第3期"})).status_code == 303
    assert (await finance.post(f"{act}/report_nothing_new", {})).status_code == 303
    new = (today() + timedelta(days=120)).isoformat()
    assert (await finance.post(f"{act}/ask_extension", {"due_on": new, "reason": "供应商延误"})).status_code == 303
    page = (await finance.get(here)).text
    for words in ("接入前端", "简报第3期", "无新进展", "供应商延误", "待答复", "应报"):
        assert words in page
    vice = await pages.sign_in("vice")
    assert (await vice.post(f"{act}/grant_extension", {})).status_code == 303
    assert "同意" in (await vice.get(here)).text
    below = (await rows(pages))[1]
    assert "平台验收" in (await finance.get(f"/admin/directives/{below.id}")).text
    refused = await finance.post(f"{act}/report_completion", {"text": "完成"})
    assert refused.status_code == 409 and "分解出的事项" in refused.text
    await city.act("vice", "directive", below, "withdraw", reason="并入")
    refused = await finance.post(f"{act}/report_completion", {"text": "完成"})
    assert refused.status_code == 409 and "佐证" in refused.text
    done = {"text": "完成", "evidence": "验收报告"}
    assert (await finance.post(f"{act}/report_completion", done)).status_code == 303
    await city.act("head", "directive", row, "verify")
    await city.act("director", "directive", row, "close")
    again = {"due_on": new, "reason": "抽查不合格"}
    assert (await vice.post(f"{act}/reopen", again)).status_code == 303
    assert "办理中" in (await vice.get(here)).text


@pytest.mark.clause("C19", "A3.6")
async def test_it_is_split_two_levels_deep_on_its_page_with_measure_and_reports(pages: Pages) -> None:
    city = pages.city
    units = [city.units["市公安局"], city.units["市民政局"]]
    due = today() + timedelta(days=90)
    draft = DirectiveDraft(
        "平台验收", "通过验收并提交报告", city.units["市财政局"], due, units, measure="以验收报告为准"
    )
    row: Any = await city.do("vice", directives.draft_directive, city.group, draft)
    await city.do("vice", directives.issue_directive, row.id)
    await city.act("finance", "directive", row, "acknowledge")
    finance, police = await pages.sign_in("finance"), await pages.sign_in("police")
    assert "以验收报告为准" in (await finance.get(f"/admin/directives/{row.id}")).text
    part = {
        "title": "接入前端", "result": "接入2000路前端", "lead_unit_id": str(units[0]), "further": str(units[1]),
        "period": "monthly", "measure": "抽查在线率不低于98%",
    }  # fmt: skip
    assert (await finance.post(f"/admin/act/directive/{row.id}/split", part)).status_code == 303
    first = next(each for each in await rows(pages) if each.depth == 1)
    assert (first.period, first.measure) == ("monthly", "抽查在线率不低于98%")
    await city.act("police", "directive", first, "acknowledge")
    below = {"title": "社区点位", "result": "接入300路", "lead_unit_id": str(units[1])}
    assert (await police.post(f"/admin/act/directive/{first.id}/split", below)).status_code == 303
    assert {each.depth for each in await rows(pages)} == {0, 1, 2}

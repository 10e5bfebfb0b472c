"""The report of results to the group: a document of its own, without a decision behind it (A3.6, C3, A3.5)."""

from datetime import timedelta
from typing import Any

import pytest

from app.core.clock import today
from app.models.outcome import Directive
from app.services import directives, documents, publications
from app.services.directives import DirectiveDraft
from app.services.documents import DocumentDraft
from tests.support.city import City, build
from tests.support.refusal import refused, sees


async def laid(city: City, title: str) -> Directive:
    given = DirectiveDraft(title, "通过验收并提交报告", city.units["市财政局"], today() + timedelta(days=20))
    row = await city.do("vice", directives.draft_directive, city.group, given)
    return await city.do("vice", directives.issue_directive, row.id)


CIRCUIT = (("vice", "vet"), ("director", "sign_off"), ("in_charge", "sign"), ("deputy", "countersign"),
           ("deputy2", "countersign"), ("leader", "issue"))  # fmt: skip


@pytest.mark.clause("A3.5", "A3.6", "C3", "A4.4", "C10", "C18")
async def test_results_go_to_the_group_as_a_document(db: Any, clock: Any) -> None:
    city = await build(db)
    await laid(city, "平台验收")
    hidden = await laid(city, "不外传的事项")
    async with db.write() as session:
        row = await session.get(Directive, hidden.id)
        row.disclosure = "restricted"
    async with refused(city, "not_your_role", "A3.5"):
        await city.do("finance", directives.draft_results_report, city.group)
    report = await city.do("staff", directives.draft_results_report, city.group, today())
    assert (report.kind, report.reports_results, report.meeting_id) == ("报告", True, None)
    assert "平台验收" in report.body and "在办督办事项1项" in report.body
    assert "不外传的事项" not in report.body, "the whole group gets it"
    assert not await sees(city, "civil", report)
    await city.act("staff", "document", report, "submit")
    for who, action in CIRCUIT:
        await city.act(who, "document", report, action)
    done = await city.do("head", documents.register_document, report.id)
    assert done.number and done.state == "registered"
    async with refused(city, "invalid", "C10", done):
        await city.do("staff", publications.draft_publication, done.id, "督办结果", "公开正文。")
    for who in ("civil", "police", "finance_liaison"):
        assert await sees(city, who, report)
    assert not await sees(city, "district", report), "no member of the group"


@pytest.mark.clause("A3.5")
async def test_only_a_report_of_results_needs_no_decision(db: Any, clock: Any) -> None:
    city = await build(db)
    await laid(city, "平台验收")
    async with refused(city, "invalid", "A3.5"):
        await city.do("staff", documents.draft_document, city.group, DocumentDraft("报告", "报告", "正文", []))
    report = await city.do("staff", directives.draft_results_report, city.group)
    text = DocumentDraft("报告", "办理情况", "逐项情况如下。", [], "领导小组")
    await city.act("staff", "document", report, "submit")
    changed = await city.do("staff", documents.revise_document, report.id, text, "补充说明")
    assert (changed.state, changed.body) == ("draft", "逐项情况如下。")
    notice = DocumentDraft("通知", "办理情况", "逐项情况如下。", [], "领导小组")
    await city.act("staff", "document", report, "submit")
    await city.do("staff", documents.revise_document, report.id, notice, "改为通知")
    async with refused(city, "carries_decisions", "A3.5", report):
        await city.act("staff", "document", report, "submit")

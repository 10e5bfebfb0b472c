"""From a unit's draft to the released sheet and the leader's page (A3.3, A3.4)."""

from datetime import timedelta
from typing import Any

import pytest

from app.models.matters import EarlierOpinion, Opinion
from app.models.review import OpinionAmendment, OpinionDraft, ReviewSheet
from app.queries.actors import load_actor
from app.queries.leader_sheet import leader_sheet
from app.queries.visibility import View
from app.services import amendments, freshness, opinion_drafts, opinions, sheets
from app.services.amendments import Amendment
from tests.services.test_asking import setting
from tests.services.test_freshness import bureaus, in_review, rows
from tests.support.city import City, build
from tests.support.refusal import refused, sees

CHANGE = Amendment("城市数据平台等项目", "城市数据平台项目", "范围宜收窄")


async def asked(city: City) -> tuple[Any, Opinion]:
    motion = await city.motion("admitted")
    (opinion,) = await city.do("staff", opinions.ask_opinions, motion.id, [])
    return motion, opinion


@pytest.mark.clause("A3.3", "A4.4")
async def test_a_unit_drafts_within_itself_and_its_head_releases(db, clock) -> None:
    city = await build(db)
    _, opinion = await asked(city)
    async with refused(city, "nothing_drafted", "A3.3", opinion):
        await city.do("finance", opinion_drafts.release, opinion.id)
    async with refused(city, "not_your_role", "A3.3", opinion):
        await city.do("finance_liaison", opinions.answer_opinion, opinion.id, "agree")
    async with refused(city, "state_secret", "A4.4", opinion):
        await city.do("finance_liaison", opinion_drafts.save_draft, opinion.id, "agree", "秘密★5年")
    await city.do("finance_liaison", opinion_drafts.save_draft, opinion.id, "", "先看看")
    async with refused(city, "invalid", "A3.3", opinion):  # no position chosen
        await city.do("finance", opinion_drafts.release, opinion.id)
    await city.do(
        "finance_liaison", opinion_drafts.save_draft, opinion.id, "agree_with_amendments", "请收窄。", [CHANGE]
    )
    (draft,) = await rows(city, OpinionDraft)
    for who in ("finance", "finance_liaison"):
        assert await sees(city, who, draft)
    for who in ("director", "staff", "leader", "civil", "auditor", ""):
        assert not await sees(city, who, draft), who
    assert (await city.fresh(opinion)).text == ""
    async with refused(city, "not_your_role", "A3.3", opinion):
        await city.do("finance_liaison", opinion_drafts.release, opinion.id)
    async with refused(city, "not_your_role", "A3.3", opinion):
        await city.do("director", opinion_drafts.save_draft, opinion.id, "agree")
    async with refused(city, "nothing_drafted", "A3.3", opinion):  # nor is he told that there is a draft
        await city.do("director", opinion_drafts.release, opinion.id)
    done = await city.do("finance", opinion_drafts.release, opinion.id)
    assert (done.state, done.position, done.text) == ("answered", "agree_with_amendments", "请收窄。")
    assert not await rows(city, OpinionDraft)
    (row,) = await rows(city, OpinionAmendment)
    assert (row.passage, row.wording, row.reason, row.outcome) == (CHANGE.passage, CHANGE.wording, CHANGE.reason, "")
    assert await sees(city, "staff", row)
    assert not await sees(city, "civil", row)


@pytest.mark.clause("A3.3")
async def test_amendments_name_a_passage_of_the_text_and_each_is_settled_with_a_reason(db, clock) -> None:
    city = await build(db)
    motion, opinion = await asked(city)
    for given in ([Amendment("没有这段", "改")], [Amendment(" ", " ")], [CHANGE] * 51):
        async with refused(city, "invalid", "A3.3", opinion):
            await city.do("finance", opinions.answer_opinion, opinion.id, "agree_with_amendments", "改", given)
    changes = [CHANGE, Amendment("", "增加绩效目标。")]
    await city.do("finance", opinions.answer_opinion, opinion.id, "agree_with_amendments", "改", changes)
    first, second = await rows(city, OpinionAmendment)
    async with refused(city, "amendments_settled", "A3.3", motion):
        await city.do("director", opinions.consolidate, motion.id, "汇总")
    async with refused(city, "not_your_role", "A3.3", first):
        await city.do("finance", amendments.settle, first.id, "taken_over", "")
    for outcome, reason in (("perhaps", "理由"), ("in_part", " "), ("not_taken", "")):
        async with refused(city, "invalid", "A3.3", first):
            await city.do("staff", amendments.settle, first.id, outcome, reason)
    await city.do("staff", amendments.settle, first.id, "taken_over", "")
    await city.do("staff", amendments.settle, second.id, "not_taken", "另行制定")
    assert (await city.do("director", opinions.consolidate, motion.id, "汇总")).state == "ready"
    (sheet,) = await rows(city, ReviewSheet)
    assert [(each["outcome"], each["outcome_reason"]) for each in sheet.positions[0]["amendments"]] == [
        ("taken_over", ""), ("not_taken", "另行制定"),
    ]  # fmt: skip


@pytest.mark.clause("A3.3", "C16")
async def test_amendments_go_with_what_was_said_when_a_unit_is_asked_again(db, clock) -> None:
    city = await build(db)
    motion, opinion = await asked(city)
    await city.do("finance", opinions.answer_opinion, opinion.id, "agree_with_amendments", "改", [CHANGE])
    await city.do("staff", freshness.amend_motion, motion.id, motion.title, "拟安排资金用于城市数据平台项目。", "采纳")
    await city.do("staff", freshness.ask_opinion_again, opinion.id)
    assert not await rows(city, OpinionAmendment)
    (earlier,) = await rows(city, EarlierOpinion)
    assert earlier.amendments == [
        {
            "passage": CHANGE.passage,
            "wording": CHANGE.wording,
            "reason": CHANGE.reason,
            "outcome": "",
            "outcome_reason": "",
        }
    ]


@pytest.mark.clause("A3.3", "A4.4", "C16")
async def test_the_sheet_is_edited_in_versions_and_released_by_the_director(db, clock) -> None:
    city = await build(db)
    motion, opinion = await asked(city)
    await city.do("finance", opinions.answer_opinion, opinion.id, "disagree", "应当核减。")
    for who in ("finance", "leader"):
        async with refused(city, "not_your_role", "A3.3", motion):
            await city.do(who, sheets.draft_sheet, motion.id, "汇总")
    made = await city.do("staff", sheets.draft_sheet, motion.id)
    assert made.text == ("共征求1家意见,收到答复1家。不同意1家:市财政局。\n市财政局不同意:应当核减。尚待回应。"), (
        "made from the answers"
    )
    async with refused(city, "state_secret", "A4.4", motion):
        await city.do("staff", sheets.draft_sheet, motion.id, "秘密★5年")
    await city.do("staff", sheets.draft_sheet, motion.id, "市财政局不同意。")
    await city.do("staff", opinions.respond, opinion.id, "已核减。")
    async with refused(city, "sheet_out_of_date", "A3.3", motion):  # the answer is younger than the sheet
        await city.do("director", opinions.consolidate, motion.id)
    await city.do("head", sheets.draft_sheet, motion.id, "市财政局不同意,意见已采纳。")
    _, first, second = await rows(city, ReviewSheet)
    assert [(row.number, row.released_at) for row in (first, second)] == [(2, None), (3, None)]
    assert await sees(city, "staff", second)
    assert await sees(city, "director", second)
    assert not await sees(city, "leader", second)
    assert not await sees(city, "finance", second)
    for who in ("staff", "head", "vice"):
        async with refused(city, "not_your_role", "A3.3", motion):
            await city.do(who, opinions.consolidate, motion.id)
    ready = await city.do("director", opinions.consolidate, motion.id)
    assert (ready.state, ready.consolidated) == ("ready", "市财政局不同意,意见已采纳。")
    released = await city.fresh(second)
    assert (released.released_by, released.released_at) == (city.people["director"], clock.now)
    (line,) = released.positions
    assert (line["unit"], line["position"], line["response"]) == ("市财政局", "disagree", "已核减。")
    assert [await sees(city, who, second) for who in ("leader", "deputy", "finance")] == [True, True, False]
    assert not await sees(city, "leader", first), "drafts are the office's"
    await city.do("staff", freshness.amend_motion, motion.id, motion.title, "改后的正文。", "采纳意见")
    assert (await city.fresh(second)).stale
    async with refused(city, "sheet_out_of_date", "A3.3", motion):
        await city.do("director", opinions.consolidate, motion.id)
    assert (await city.do("director", opinions.consolidate, motion.id, "重新汇总。")).state == "ready"
    assert len(await rows(city, ReviewSheet)) == 4


@pytest.mark.clause("A3.3", "A1.3", "C1", "C2")
async def test_thirty_units_five_late_two_extended_one_disagreeing(db, clock) -> None:
    city = await build(db)
    names = list(await bureaus(city, 30))
    motion, by_unit = await in_review(city, *names)
    late, extended, dissent = names[:5], names[5:7], names[7]
    for name in extended:
        later = by_unit[name].due_on + timedelta(days=7)
        await city.do(name, opinions.extend_opinion, by_unit[name].id, later, "需要会商")
        await city.do("director", opinions.grant_more_time, by_unit[name].id)
    for name in names[8:]:
        await city.do(name, opinions.answer_opinion, by_unit[name].id, "agree")
    await city.do(dissent, opinions.answer_opinion, by_unit[dissent].id, "disagree", "应先整合存量。")
    clock.forward(days=8)  # a day after the date of the others
    async with refused(city, "opinions_in", "A3.3", motion):
        await city.do("director", opinions.consolidate, motion.id, "汇总")
    for name in late:
        await city.do(name, opinions.answer_opinion, by_unit[name].id, "no_remark")
    for name in extended:
        await city.do(name, opinions.answer_opinion, by_unit[name].id, "agree")
    async with refused(city, "disagreements_answered", "A3.3", motion):
        await city.do("director", opinions.consolidate, motion.id, "汇总")
    await city.do("staff", opinions.respond, by_unit[dissent].id, "已补充整合方案。")
    made = await city.do("staff", sheets.draft_sheet, motion.id)
    assert made.text.startswith("共征求30家意见,收到答复30家。同意24家:") and "不同意1家:第7局。无意见5家:" in made.text
    assert "第7局不同意:应先整合存量。办公室回应:已补充整合方案。" in made.text
    assert (await city.do("director", opinions.consolidate, motion.id)).state == "ready"
    (sheet,) = await rows(city, ReviewSheet)
    told = [(line["standing"], line["position"]) for line in sheet.positions]
    assert len(told) == 30
    assert told.count(("answered_late", "no_remark")) == 5
    assert told.count(("answered", "agree")) == 24
    assert told.count(("answered", "disagree")) == 1
    moved = await rows(city, Opinion, Opinion.due_on != Opinion.first_due_on)
    assert {row.unit_id for row in moved} == {city.units[name] for name in extended}


@pytest.mark.clause("A3.3", "A3.4", "A4.4")
async def test_the_leader_s_sheet_tells_it_on_one_page(db, clock) -> None:
    city = await build(db)
    await setting(city, silence_is_no_remark=True)
    motion, by_unit = await in_review(city, "市民政局", "市公安局", category="A1.3(1)")
    finance = next(row for name, row in by_unit.items() if name == "市财政局")
    await city.do("finance", opinions.answer_opinion, finance.id, "disagree", "应当核减。")
    change = [Amendment("等项目", "项目")]
    await city.do("civil", opinions.answer_opinion, by_unit["市民政局"].id, "agree_with_amendments", "改", change)
    clock.forward(days=8)

    async def sheet(who: str) -> Any:
        async with db.read() as session:
            view = View(await load_actor(session, city.people[who]), await city.works.policies.current(session))
            return await leader_sheet(session, view, motion.id)

    for who in ("finance", "civil", "auditor", "outsider"):
        assert await sheet(who) is None
    for who in ("leader", "deputy", "staff"):
        made = await sheet(who)
        assert {(line.unit, line.position, line.standing) for line in made.positions} == {
            ("市财政局", "disagree", "answered"), ("市民政局", "agree_with_amendments", "answered"),
            ("市公安局", "", "overdue"),
        }  # fmt: skip
        said = [zh for zh, _ in made.unresolved]
        assert said == ["市财政局不同意,尚未回应", "市公安局已逾期", "市民政局修改意见未答复:项目"] or set(said) == {
            "市财政局不同意,尚未回应", "市公安局已逾期", "市民政局修改意见未答复:项目",
        }  # fmt: skip

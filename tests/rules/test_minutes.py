"""Minutes as text: put together, fallen apart, cut for an addressee; what they claim (A4.4, B2.6, C17)."""

from datetime import date
from decimal import Decimal

import pytest

from app.rules.claims import Recorded, unfounded
from app.rules.minutes import (
    EXCUSED,
    OBSERVING,
    PRESENT,
    SENTENCES,
    Decided,
    Heard,
    Record,
    Said,
    compose,
    extract,
    money,
    numeral,
    split,
)

TITLES = ["督办事项进展情况", "云平台扩容", "数据管理办法"]
RECORD = Record(
    title="组长会议",
    day=date(2026, 3, 9),
    place="一号会议室",
    presider="组长甲",
    items=[
        Heard(TITLES[0], text="未办结督办事项3项。"),
        Heard(
            TITLES[1],
            by="市经信委",
            said=[Said("市民政局", "不同意", "我局不同意,理由三条。")],
            decided=Decided("passed", "原则同意扩容方案。", "利大于弊。", Decimal(12_000_000)),
        ),
        Heard(TITLES[2], by="市信息办", decided=Decided("deferred", "待补充数据后再议。")),
    ],
    lists={PRESENT: ["组长甲", "市财政局"], EXCUSED: ["市公安局"], OBSERVING: ["专家子", "专家丑"]},
)
BODY = compose(RECORD)


@pytest.mark.parametrize(
    ("number", "said"), [(1, "一"), (9, "九"), (10, "十"), (11, "十一"), (20, "二十"), (21, "二十一"), (99, "九十九")]
)
def test_numbers_of_items_are_written_as_in_official_documents(number: int, said: str) -> None:
    assert numeral(number) == said


def test_sums_are_written_in_ten_thousands_where_they_are_round() -> None:
    assert (money(Decimal(12_000_000)), money(Decimal("12345.60"))) == ("1200万元", "12345.6元")


@pytest.mark.clause("B2.6", "C17")
def test_the_draft_has_agenda_dissent_decisions_and_who_was_there() -> None:
    lines = BODY.splitlines()
    assert lines[0] == "2026年3月9日，组长甲在一号会议室主持召开组长会议。现将会议情况纪要如下。"
    assert [line for line in lines if line[1:2] == "、"] == [
        "一、督办事项进展情况",
        "二、云平台扩容",
        "三、数据管理办法",
    ]
    assert "市民政局（不同意）：“我局不同意,理由三条。”" in lines
    assert "会议审议通过，议定：原则同意扩容方案。核定金额1200万元。主持人说明：利大于弊。" in lines
    assert lines[-3:] == ["出席：组长甲、市财政局", "请假：市公安局", "列席：专家子、专家丑"]


@pytest.mark.clause("B2.6")
def test_the_text_falls_apart_by_its_items_and_only_in_their_order() -> None:
    parts = split(BODY, TITLES)
    assert parts is not None and len(parts.items) == 3
    assert parts.items[0] == "未办结督办事项3项。"
    assert parts.items[2].endswith("待补充数据后再议。") and parts.tail.startswith("出席：")
    assert split(BODY, [TITLES[1], TITLES[0], TITLES[2]]) is None
    assert split(BODY.replace("三、数据管理办法", "三、办法"), TITLES) is None
    assert split(BODY.replace("二、云平台扩容", ""), TITLES) is None
    assert split("二、乙\n后\n一、甲\n先", ["甲", "乙"]) is None
    with_list = BODY.replace("未办结督办事项3项。", "一、全市\n二、各县区")
    again = split(with_list, TITLES)
    assert again is not None and again.items[0] == "一、全市\n二、各县区"


@pytest.mark.clause("A4.4", "B2.6")
def test_an_extract_numbers_without_gaps_and_names_nobody_of_what_it_leaves_out() -> None:
    parts = split(BODY, TITLES)
    assert parts is not None
    cut = extract(parts, TITLES, [True, False, True], ["专家丑"])
    assert [line for line in cut.splitlines() if line[1:2] == "、"] == ["一、督办事项进展情况", "二、数据管理办法"]
    for trace in ("云平台", "市民政局", "1200万元", "专家丑", "三、"):
        assert trace not in cut
    assert cut.splitlines()[-1] == "列席：专家子"
    assert "列席" not in extract(parts, TITLES, [True, False, True], ["专家丑", "专家子"])
    assert extract(parts, TITLES, [True] * 3) == BODY


@pytest.mark.clause("C17")
@pytest.mark.parametrize("kind", sorted(SENTENCES))
def test_what_the_record_holds_is_never_pointed_out(kind: str) -> None:
    decided = Decided(kind, "原则同意扩容方案,由市财政局安排1200万元。会议要求按季度报告。", amount=Decimal(12_000_000))
    body = compose(Record("会", date(2026, 3, 9), "室", "甲", [Heard("云平台扩容", "市经信委", decided=decided)], {}))
    parts = split(body, ["云平台扩容"])
    assert parts is not None
    recorded = Recorded(kind, f"{decided.text}\n核定金额1200万元")
    assert unfounded(parts.head, [(parts.items[0], recorded)]) == []


PASSED = Recorded("passed", "原则同意扩容方案，由市财政局安排1200万元。")


@pytest.mark.clause("C17")
@pytest.mark.parametrize(
    ("text", "decision", "code"),
    [
        ("会议决定成立工作专班。", PASSED, "not_in_decision"),
        ("会议同意由市财政局安排1500万元。", PASSED, "not_in_decision"),
        ("会议要求各单位一周内报送方案。", PASSED, "not_in_decision"),
        ("原则同意成立数据公司。", PASSED, "not_in_decision"),
        ("经研究，决定由市信息办牵头建设二期。", PASSED, "not_in_decision"),
        ("会议审议通过。", None, "no_decision"),
        ("会议原则同意该方案。", Recorded("deferred", "待补充后再议。"), "other_decision"),
        ("会议审议通过。", Recorded("noted", "听取汇报。"), "other_decision"),
        ("会议审议通过。", PASSED, ""),
        ("会议原则同意扩容方案。", PASSED, ""),
        ("会议同意由市财政局安排1200万元。", PASSED, ""),
        ("会议暂缓议定，有关情况：待补充后再议。", Recorded("deferred", "待补充后再议。"), ""),
        ("市民政局（不同意）：“会议决定成立专班不妥,我局不同意。”", PASSED, ""),
        ("市财政局表示同意扩容,并介绍了情况。", PASSED, ""),
        ("与会单位进行了充分讨论。", None, ""),
    ],
)
def test_a_passage_that_claims_a_decision_no_item_recorded(text: str, decision: Recorded | None, code: str) -> None:
    found = unfounded("", [("", None), (text, decision)])
    assert [(each.item, each.code) for each in found] == ([(2, code)] if code else [])


@pytest.mark.clause("C17")
def test_what_stands_before_the_items_is_held_against_every_decision() -> None:
    assert unfounded("会议原则同意扩容方案。", [("", PASSED)]) == []
    (found,) = unfounded("会议决定成立工作专班。", [("", PASSED)])
    assert (found.item, found.sentence) == (0, "会议决定成立工作专班")

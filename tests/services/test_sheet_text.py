"""What a consolidated opinion says by itself (A3.3)."""

from typing import Any

import pytest

from app.services.sheet_text import compose

pytestmark = pytest.mark.clause("A3.3")


def line(unit: str, position: str = "", standing: str = "answered", **changes: Any) -> dict[str, Any]:
    said = {"text": "", "response": "", "waived": "", "amendments": []}
    return {"unit": unit, "position": position, "standing": standing, **said, **changes}


def change(passage: str, wording: str, outcome: str = "", reason: str = "") -> dict[str, str]:
    return {"passage": passage, "wording": wording, "outcome": outcome, "outcome_reason": reason}


def test_positions_differences_amendments_and_silence_each_have_their_paragraph() -> None:
    amendments = [change("分两年", "分三年", "taken_over"), change("", "增加绩效目标", "not_taken", "另行制定"),
                  change("暂定", "", "in_part", "保留一处"), change("甲", "乙")]  # fmt: skip
    lines = [
        line("甲局", "agree", text="同意。"), line("乙局", "agree"),
        line("丙局", "disagree", text="应当核减", response="已核减"), line("丁局", "disagree", text="缓议。"),
        line("戊局", "agree_with_amendments", amendments=amendments),
        line("己局", standing="silent"), line("庚局", standing="overdue"), line("辛局", standing="running"),
        line("壬局", standing="waived", waived="不涉及"),
    ]  # fmt: skip
    assert compose(lines).split("\n") == [
        "共征求9家意见,收到答复5家。同意2家:甲局、乙局。修改后同意1家:戊局。不同意2家:丙局、丁局。",
        "丙局不同意:应当核减。办公室回应:已核减。丁局不同意:缓议。尚待回应。",
        "戊局建议“分两年”改为“分三年”:采纳。戊局建议增加“增加绩效目标”:不采纳,另行制定。"
        "戊局建议删去“暂定”:部分采纳,保留一处。戊局建议“甲”改为“乙”:待答复。",
        "逾期未复1家:己局。已逾期1家:庚局。进行中1家:辛局。壬局免予征求:不涉及。",
    ]


def test_what_has_no_content_is_left_out() -> None:
    assert compose([line("甲局", "no_remark")]) == "共征求1家意见,收到答复1家。无意见1家:甲局。"

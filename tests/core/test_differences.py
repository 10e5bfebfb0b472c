"""What changed between two texts, passage by passage (C16)."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.differences import passages

BEFORE = "一、总体目标。建成城市数据平台。二、资金安排。市级财政安排980万元,上级补助300万元。三、进度。"
AFTER = "一、总体目标。建成城市数据平台。二、资金安排。市级财政安排1080万元,上级补助300万元。四、验收。三、进度。"


@pytest.mark.clause("C16")
def test_a_changed_sentence_is_shown_with_its_numbers_whole() -> None:
    money, new = passages(BEFORE, AFTER)
    assert (money.kind, money.before) == ("replaced", "市级财政安排980万元,上级补助300万元。")
    assert money.pieces[0] == ("same", "市级财政安排")
    assert money.pieces[1:3] == (("removed", "980"), ("added", "1080"))
    assert (new.kind, new.before, new.after, new.pieces) == ("added", "", "四、验收。", (("added", "四、验收。"),))
    gone, back = passages(AFTER, BEFORE)[::-1]
    assert (gone.kind, gone.after, back.kind) == ("removed", "", "replaced")


def test_the_same_text_has_no_differences_and_an_empty_one_is_all_new() -> None:
    assert passages(BEFORE, BEFORE) == []
    assert [(each.kind, each.after) for each in passages("", "新文。")] == [("added", "新文。")]
    assert [(each.kind, each.before) for each in passages("旧文。", "")] == [("removed", "旧文。")]


TEXTS = st.text(alphabet="甲乙丙。;\n!12a,", max_size=60)


@given(TEXTS, TEXTS)
def test_the_pieces_of_a_passage_lead_from_the_one_to_the_other(before: str, after: str) -> None:
    for each in passages(before, after):
        assert "".join(text for kind, text in each.pieces if kind != "added") == each.before
        assert "".join(text for kind, text in each.pieces if kind != "removed") == each.after
        assert each.before in before
        assert each.after in after


def test_a_very_long_text_is_compared_in_time() -> None:
    old = "".join(f"第{number}条的内容。" for number in range(40_000))
    new = "".join(f"第{number}条的新内容。" for number in range(40_000))
    began = time.perf_counter()
    assert passages(old, new)
    assert passages(old, old + "附则。")[-1].after == "附则。"
    assert len(passages(old, new)) == 1, "so much that differs is shown as one"
    assert time.perf_counter() - began < 5

"""Texts as pairs of signs (C11)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.bigrams import CHUNK, chunks, excerpt, phrases, tokens, words


@pytest.mark.clause("C11")
def test_every_two_neighbouring_signs_are_a_token_and_runs_are_kept_apart() -> None:
    assert tokens("云平台").split() == [*tokens("云平").split(), *tokens("平台").split()]
    assert "gap" in tokens("云平,台账").split()
    assert tokens("ＡＰＰ") == tokens("app"), "half width, small letters"
    assert tokens("云") == tokens("") == ""


@pytest.mark.clause("C11")
def test_a_query_is_one_phrase_for_each_word_of_two_signs_or_more() -> None:
    assert phrases("云平台 资金") == [tokens("云平台"), tokens("资金")]
    assert phrases("云 , 。") == [] and words("〔2026〕3号") == ["2026", "3号"]


@pytest.mark.clause("C11")
@given(st.text(alphabet="云平台资金app ,。", max_size=40), st.text(alphabet="云平台资金app", min_size=2, max_size=6))
def test_a_phrase_stands_in_the_tokens_exactly_where_the_words_stand_in_the_text(text: str, query: str) -> None:
    (phrase,) = phrases(query)
    assert (f" {phrase} " in f" {tokens(text)} ") == (query in text)


@pytest.mark.clause("C11")
def test_a_long_text_is_cut_without_cutting_a_phrase() -> None:
    text = "一" * (CHUNK - 3) + "云平台建设资金" + "二" * CHUNK
    assert len(chunks(text)) == 3
    assert any(phrases("云平台建设资金")[0] in line for line in chunks(text))


@pytest.mark.clause("C11")
def test_an_excerpt_shows_the_place() -> None:
    text = "甲" * 200 + "云平台" + "乙" * 200
    assert "云平台" in excerpt(text, "云平台") and excerpt(text, "云平台").startswith("…")
    assert excerpt("短文", "云平台") == "短文"

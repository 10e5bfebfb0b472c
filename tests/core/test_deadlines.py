"""Deadlines as they are written in task breakdowns: what names more than one day means its last one."""

from datetime import date

import pytest

from app.core.deadlines import Deadline, read_deadline
from app.core.text import BadDay

pytestmark = pytest.mark.clause("C19")
LAST = date(2027, 12, 31)


@pytest.mark.parametrize(
    ("text", "day", "literal"),
    [
        ("2027-09-30", date(2027, 9, 30), True),
        ("2027.11.30", date(2027, 11, 30), True),
        ("2027年6月30日", date(2027, 6, 30), True),
        ("20270930", date(2027, 9, 30), True),
        ("2027年6月30日前完成", date(2027, 6, 30), True),
        ("2027年底", LAST, False),
        ("2027 年 底", LAST, False),
        ("2027年12月", LAST, False),
        ("2027", LAST, False),
        ("2028年2月底前", date(2028, 2, 29), False),
        ("2027年6月中旬", date(2027, 6, 20), False),
        ("2027年上半年", date(2027, 6, 30), False),
        ("2027年三季度", date(2027, 9, 30), False),
    ],
)
def test_a_date_with_its_year(text: str, day: date, literal: bool) -> None:
    for year in (2026, None):
        assert read_deadline(text, year) == Deadline(day, literal=literal)


@pytest.mark.parametrize(
    ("text", "day"),
    [("12月31日", LAST), ("9月底", date(2027, 9, 30)), ("年底前", LAST), ("第2季度", date(2027, 6, 30))],
)
def test_without_a_year_the_title_says_it_or_it_stays_open(text: str, day: date) -> None:
    assert read_deadline(text, 2027) == Deadline(day)
    assert read_deadline(text, None) == Deadline(lacks_year=True)


@pytest.mark.parametrize("text", ["长期坚持", "长期", "持续推进", "常态化开展", "每年"])
def test_standing_work(text: str) -> None:
    assert read_deadline(text, 2027) == Deadline(standing=True)


def test_standing_work_may_name_its_review() -> None:
    assert read_deadline("每年11月30日", 2027) == Deadline(date(2027, 11, 30), standing=True)


@pytest.mark.parametrize("text", ["", "—", "待定", "尽快", "适时"])
def test_what_leaves_it_open(text: str) -> None:
    assert read_deadline(text, 2027) == Deadline()


@pytest.mark.parametrize(
    ("text", "impossible"),
    [("2027-02-30", True), ("2月30日", True), ("2027年13月", True), ("13月", True), ("下周", False), ("46661", False),
     ("12", False), ("三年内", False)],
)  # fmt: skip
def test_what_cannot_be_meant(text: str, impossible: bool) -> None:
    for year in (2027, None):
        with pytest.raises(BadDay) as caught:
            read_deadline(text, year)
        assert caught.value.impossible is impossible

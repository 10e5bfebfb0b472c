"""C12: what people type is made comparable."""

from datetime import date

import pytest

from app.core import text


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("傅  伟", "傅伟"), (" 邓思远", "邓思远"), ("孙　洋", "孙洋"), ("\u200b李家乐\ufeff", "李家乐"),
        ("阿依古丽•买买提", "阿依古丽·买买提"), ("John  Smith", "John Smith"),
        ("张", None), ("张三、李四", None), ("12345", None), ("", None),
    ],
)  # fmt: skip
def test_names(written: str, meant: str | None) -> None:
    assert text.person_name(written) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("140-7000-0009", "14070000009"), ("１４０７０００００１７", "14070000017"),
        ("+86 140 0000 0001", "14000000001"),
        ("12345", None), ("24000000001", None), ("140000000012", None), ("", None),
    ],
)  # fmt: skip
def test_phones(written: str, meant: str | None) -> None:
    assert text.phone(written) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("ZFW021@Example.cn", "zfw021@example.cn"), ("ａ@example.cn", "a@example.cn"),
        ("无", None), ("a@b", None), ("a b@", None), ("x" * 120 + "@example.cn", None),
    ],
)  # fmt: skip
def test_mails(written: str, meant: str | None) -> None:
    assert text.mail(written) == meant


@pytest.mark.parametrize(
    "written",
    [
        "2023-03-01",
        "2023年3月1日",
        "2023.3.1",
        "2023/3/1",
        "20230301",
        "2023-03-01 00:00:00",
        "２０２３年３月１日",
        "2023 年 3 月 1 日",
    ],
)
def test_days(written: str) -> None:
    assert text.day(written) == date(2023, 3, 1)


@pytest.mark.parametrize(
    ("written", "impossible"),
    [("2023-02-30", True), ("2023-13-01", True), ("三月", False), ("2023.3", False), ("1-3-2023", False)],
)
def test_days_that_are_none(written: str, impossible: bool) -> None:
    with pytest.raises(text.BadDay) as caught:
        text.day(written)
    assert caught.value.impossible == impossible


def test_the_nearest_known_word() -> None:
    assert text.nearest("成员単位", ["县区", "成员单位"]) == "成员单位"
    assert text.nearest("观察", ["县区", "成员单位"]) is None

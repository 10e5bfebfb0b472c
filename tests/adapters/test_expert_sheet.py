"""C12, A3.7: the list of the expert pool as offices write it, and every fault with its place."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from app.adapters.expert_sheet import ExpertReading, read_experts
from tests.adapters.sheets import DATA

HEADER = ["序号", "姓名", "工作单位", "职称", "专业领域", "手机", "邮箱", "聘期起", "聘期止", "回避单位"]
pytestmark = pytest.mark.clause("C12", "A3.7")


def row(number: int, name: str, **cells: Any) -> list[Any]:
    """A good row, with some cells changed by the name of their column."""
    good = [number, name, "江澜大学", "教授", "物联网、网络安全", f"1403333{number:04d}", f"e{number}@example.cn",
            "2025-01-01", "2027-12-31", None]  # fmt: skip
    for column, value in cells.items():
        good[HEADER.index(column)] = value
    return good


def read(folder: Path, *rows: list[Any], titles: int = 0) -> ExpertReading:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for _ in range(titles):
        sheet.append(["江澜市信息化专家库"])
    sheet.append(HEADER)
    for each in rows:
        sheet.append(each)
    book.save(folder / "experts.xlsx")
    return read_experts(folder / "experts.xlsx")


def test_the_real_list() -> None:
    reading = read_experts(DATA / "experts.xlsx")
    assert (reading.count, reading.faults, len(reading.rows)) == (48, [], 48)
    first = reading.rows[0]
    assert (first.row, first.name, first.employer) == (2, "傅克勤", "市财政局")
    assert first.fields == ("智慧医疗", "智慧交通", "财政与招投标")
    assert (first.starts_on, first.ends_on, first.avoids) == (date(2025, 1, 1), date(2027, 12, 31), ())
    ended = [each.name for each in reading.rows if each.ends_on == date(2024, 12, 31)]
    assert ended == ["邓永红", "邓玉兰", "程若男", "朱家乐", "冯涛"]
    assert [each.row for each in reading.rows if each.avoids == ("市信息办",)] == [16, 31, 46]


def test_what_people_type_is_understood(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        row(1, "傅 伟", 手机=" 1403 333 0001 ", 聘期起=datetime(2025, 1, 1), 聘期止="2027年12月31日",
            专业领域="物联网，网络安全;物联网", 回避单位="市财政局、 市信息办"),
        row(2, "何  敏", 手机=14033330002, 聘期起="2025/1/1", 聘期止="20271231", 回避单位="无"),
        titles=2,
    )  # fmt: skip
    assert reading.faults == []
    one, other = reading.rows
    assert (one.row, one.name, one.phone, one.fields) == (4, "傅伟", "14033330001", ("物联网", "网络安全"))
    assert one.avoids == ("市财政局", "市信息办")
    assert (one.starts_on, one.ends_on) == (other.starts_on, other.ends_on) == (date(2025, 1, 1), date(2027, 12, 31))
    assert (other.phone, other.avoids) == ("14033330002", ())


@pytest.mark.parametrize(
    ("cells", "column", "says"),
    [
        ({"姓名": None}, "姓名", "没有填姓名"),
        ({"姓名": "张三/李四"}, "姓名", "不像一个人的姓名"),
        ({"工作单位": "  "}, "工作单位", "没有填工作单位"),
        ({"专业领域": "、"}, "专业领域", "没有填专业领域"),
        ({"手机": "1403333"}, "手机", "不是手机号码"),
        ({"邮箱": "e1.example.cn"}, "邮箱", "不是邮箱地址"),
        ({"手机": None, "邮箱": None}, "手机", "手机和邮箱都没有填"),
        ({"聘期起": None}, "聘期起", "没有填聘期起始日期"),
        ({"聘期止": "2027-02-30"}, "聘期止", "日历上没有这一天"),
        ({"聘期止": "长期"}, "聘期止", "看不出是哪一天"),
        ({"聘期止": "2024-12-31"}, "聘期止", "早于聘期起"),
        ({"聘期起": "1825-01-01"}, "聘期起", "不可能是聘期"),
        ({"职称": "=1/0"}, "职称", "没有可用的值"),
    ],
)
def test_one_wrong_cell_is_one_fault(tmp_path: Path, cells: dict[str, Any], column: str, says: str) -> None:
    reading = read(tmp_path, row(1, "傅伟", **cells), row(2, "何敏"))
    (fault,) = reading.faults
    assert (fault.row, fault.column_name) == (2, column)
    assert fault.column_letter == "ABCDEFGHIJ"[HEADER.index(column)]
    assert says in fault.zh and fault.en and fault.mend_zh and fault.mend_en
    assert [each.name for each in reading.rows] == ["何敏"]


def test_one_address_of_two_people_and_one_person_twice(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        row(1, "傅伟"),
        row(2, "何敏", 手机="14033330001"),
        row(3, "傅伟", 邮箱="e1@example.cn"),
        row(4, "傅伟"),
    )
    assert [(fault.row, fault.column_name) for fault in reading.faults] == [(3, "手机"), (4, "姓名")]
    assert [each.row for each in reading.rows] == [2, 5], "a namesake with addresses of his own is another person"


def test_footnotes_blank_rows_and_missing_columns(tmp_path: Path) -> None:
    reading = read(tmp_path, row(1, "傅伟"), [], ["说明:聘期三年"])
    assert (reading.count, reading.faults) == (1, [])
    assert [note.row for note in reading.notes] == [4]
    book = Workbook()
    assert book.active is not None
    book.active.append(HEADER[:-1])
    book.save(tmp_path / "short.xlsx")
    short = read_experts(tmp_path / "short.xlsx")
    assert [fault.column_name for fault in short.faults] == ["回避单位"]
    (tmp_path / "no.xlsx").write_text("no workbook")
    assert read_experts(tmp_path / "no.xlsx").faults[0].row is None


def test_a_second_list_in_the_workbook_is_named_and_not_read(tmp_path: Path) -> None:
    book = Workbook()
    for title, name in (("专家库", "傅甲"), ("往届", "傅乙")):
        sheet = book.create_sheet(title)
        sheet.append(HEADER)
        sheet.append(row(1, name))
    book.save(tmp_path / "two.xlsx")
    reading = read_experts(tmp_path / "two.xlsx")
    assert [each.name for each in reading.rows] == ["傅甲"]
    assert any("往届" in note.zh for note in reading.notes)

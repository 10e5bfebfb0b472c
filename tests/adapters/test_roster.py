"""C12: the office's contact list is read as it is; every fault is named with its place and how to mend it."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.adapters.roster import RosterReading, RosterRow, read_roster
from app.core.units import UnitKind
from app.rules.roles import Role
from tests.adapters.sheets import DATA, HEADER, good_rows, saved, with_change, with_changes, workbook


@pytest.fixture(scope="module")
def real() -> RosterReading:
    return read_roster(DATA / "roster.xlsx")


@pytest.fixture(scope="module")
def faulty() -> RosterReading:
    return read_roster(DATA / "roster-with-faults.xlsx")


def row_of(reading: RosterReading, number: int) -> RosterRow:
    return next(row for row in reading.rows if row.row == number)


def test_the_real_list_has_no_fault_and_every_row_is_read(real: RosterReading) -> None:
    assert real.faults == []
    assert (real.count, len(real.rows)) == (113, 113)
    assert real.group_name == "铜陵市智慧城市暨社会服务管理信息化建设领导小组"
    assert {row.start for row in real.rows} == {date(2023, 3, 1)}


def test_names_lose_their_spaces_and_numbers_their_width(real: RosterReading) -> None:
    assert row_of(real, 4).person_name == "傅伟"
    assert row_of(real, 10).person_name == "邓思远"
    assert row_of(real, 6).phone == "14050000003", "a number cell"
    assert row_of(real, 9).phone == "14000000006", "full-width digits"
    assert row_of(real, 13).phone == "14070000009", "dashes"
    assert row_of(real, 99).phone == "14030000094", "full-width digits with dashes"


def test_remarks_put_into_charge_and_name_standing_observers(real: RosterReading) -> None:
    """A2.4: the six units that always observe; B2.4: who is in charge of which department."""
    assert [row.row for row in real.rows if row.deputy_in_charge] == [6]
    assert row_of(real, 9).in_charge_of == ("综合部",)
    assert row_of(real, 10).in_charge_of == ("规划项目部", "技术保障部")
    observers = {row.unit_name for row in real.rows if row.standing_observer}
    assert observers == {"市委政法委", "市经信委", "市财政局", "市民政局", "市公管局", "市信息办"}


def test_a_vacant_post_is_a_post_without_a_person(real: RosterReading) -> None:
    vacant = row_of(real, 96)
    assert (vacant.person_name, vacant.role, vacant.unit_name) == (None, Role.LIAISON, "市档案局")


def test_the_notes_say_how_doubtful_rows_were_understood(real: RosterReading) -> None:
    said = {note.row: note.zh for note in real.notes}
    assert set(said) == {35, 72, 96, 119}
    assert "第27行是同一个人" in said[35]
    assert "同名,是另一个人" in said[72]
    assert "空缺" in said[96]
    assert "未导入" in said[119]


DELIBERATE = {
    (5, "F", "组长"): "第4行傅伟",
    (6, "J", ""): "没有分管副组长",
    (15, "F", "部门负责任人"): "是否应为“部门负责人”",
    (26, "I", "无"): "不是邮箱地址",
    (31, "H", "12345"): "不是手机号码",
    (36, "B", ""): "没有填单位",
    (46, "G", "2023-02-30"): "日历上没有这一天",
    (50, "D", ""): "姓名是空的,但填了手机和邮箱",
    (56, "I", "rsj052@example.cn"): "第57行谢明辉",
    (66, "C", "成员単位"): "是否应为“成员单位”",
}


@pytest.mark.parametrize("place", DELIBERATE, ids=lambda place: f"{place[1]}{place[0]}")
def test_each_fault_of_the_faulty_list_has_its_place(faulty: RosterReading, place: tuple[int, str, str]) -> None:
    (fault,) = [fault for fault in faulty.faults if fault.row == place[0]]
    assert (fault.column_letter, fault.value) == place[1:]
    assert fault.column_name == HEADER["ABCDEFGHIJ".index(place[1])]
    assert DELIBERATE[place] in fault.zh + fault.mend_zh
    assert fault.en and fault.mend_en


def test_the_faulty_list_has_those_faults_and_no_other(faulty: RosterReading) -> None:
    assert {(fault.row, fault.column_letter, fault.value) for fault in faulty.faults} == set(DELIBERATE)
    assert len(faulty.faults) == len(DELIBERATE)
    assert faulty.count == 113
    assert not {row.row for row in faulty.rows} & {place[0] for place in DELIBERATE}


def test_the_demonstration_list_is_without_fault_and_names_every_role() -> None:
    reading = read_roster(Path("app/demo/roster.xlsx"))
    assert reading.faults == []
    held = set(Role) - {Role.EXPERT}  # which comes with a panel's call and ends with its conclusion
    assert {row.role for row in reading.rows} == held
    assert sum(row.standing_observer for row in reading.rows) == 6


ONE_CELL: dict[str, tuple[int, dict[str, Any], str, str]] = {
    "no unit": (9, {"单位": None}, "B", "没有填单位"),
    "no kind": (9, {"单位类别": None}, "C", "没有填单位类别"),
    "unknown kind": (9, {"单位类别": "成员单们"}, "C", "是否应为“成员单位”"),
    "another kind": (10, {"单位类别": "县区"}, "C", "在第9行是“成员单位”"),
    "no role": (9, {"领导小组职务": " "}, "F", "没有填领导小组职务"),
    "unknown role": (9, {"领导小组职务": "观察员"}, "F", "不认识的领导小组职务"),
    "role of another kind of unit": (9, {"领导小组职务": "责任人"}, "F", "只能属于县区、园区、相关单位"),
    "two directors": (7, {"领导小组职务": "办公室主任"}, "F", "第6行顾清和"),
    "two heads": (10, {"领导小组职务": "成员"}, "F", "市财政局的成员只能有一位"),
    "name with digits": (9, {"姓名": "蒋国栋2"}, "D", "不像一个人的姓名"),
    "two names": (9, {"姓名": "蒋国栋、戴敏"}, "D", "不像一个人的姓名"),
    "no name": (9, {"姓名": None, "手机": None, "邮箱": None}, "D", "没有填姓名"),
    "vacant, yet with a phone": (9, {"姓名": "暂缺"}, "D", "填了手机和邮箱"),
    "no date": (9, {"任职起始": None}, "G", "没有填任职起始"),
    "no day": (9, {"任职起始": "2024年3月"}, "G", "看不出是哪一天"),
    "impossible day": (9, {"任职起始": "2023-02-30"}, "G", "日历上没有这一天"),
    "number for a day": (9, {"任职起始": 45352}, "G", "看不出是哪一天"),
    "day of another age": (9, {"任职起始": "1224-03-01"}, "G", "不可能是任职日期"),
    "short phone": (9, {"手机": "12345"}, "H", "不是手机号码"),
    "no address at all": (9, {"手机": None, "邮箱": None}, "H", "无法区分同名的人"),
    "bad mail": (9, {"邮箱": "jiang@"}, "I", "不是邮箱地址"),
    "phone of another": (10, {"手机": "14012340006"}, "H", "不是同一个人"),
    "mail of another": (9, {"邮箱": "b003@example.cn"}, "I", "第6行顾清和"),
    "unknown department": (7, {"备注": "分管综合处"}, "J", "是否应为“综合部”"),
    "formula without result": (9, {"手机": "=1+1"}, "H", "公式"),
    "error value": (9, {"邮箱": "#N/A"}, "I", "#N/A"),
}


@pytest.mark.parametrize("case", ONE_CELL)
def test_one_wrong_cell_is_one_fault(case: str, tmp_path: Path) -> None:
    row, cells, letter, said = ONE_CELL[case]
    reading = read_roster(with_change(tmp_path, row, **cells))
    fault = next(fault for fault in reading.faults if said in fault.zh + fault.mend_zh)
    assert (fault.row, fault.column_letter) == (row, letter)
    assert len(reading.faults) == 1, [fault.sentence() for fault in reading.faults]
    assert fault.mend_zh and fault.mend_en


def test_a_small_correct_list_is_without_fault(tmp_path: Path) -> None:
    reading = read_roster(saved(workbook(good_rows()), tmp_path))
    assert (reading.faults, reading.count, len(reading.rows)) == ([], 9, 9)


WRITTEN = ["2023-03-01", "2023年3月1日", "2023.3.1", "2023/3/1", date(2023, 3, 1), "２０２３-３-１"]


@pytest.mark.parametrize("written", WRITTEN)
def test_a_date_is_read_in_every_habit(written: Any, tmp_path: Path) -> None:
    assert row_of(read_roster(with_change(tmp_path, 9, 任职起始=written)), 9).start == date(2023, 3, 1)


def test_one_person_of_two_mails_is_a_fault(tmp_path: Path) -> None:
    path = with_change(tmp_path, 11, 姓名="陆衡", 手机="14012340001", 邮箱="other@example.cn")
    (fault,) = read_roster(path).faults
    assert (fault.row, fault.column_letter) == (11, "I")


def test_nobody_combines_two_administrator_roles(tmp_path: Path) -> None:
    """C13"""
    auditor = [*good_rows()[-1]]
    auditor[4:6] = "审计员", "审计员"
    (fault,) = read_roster(saved(workbook([*good_rows(), auditor]), tmp_path)).faults
    assert (fault.row, fault.column_letter) == (13, "F") and "C13" in fault.zh


def test_the_leader_missing_is_a_fault_of_the_file(tmp_path: Path) -> None:
    (fault,) = read_roster(with_change(tmp_path, 4, 领导小组职务="副组长")).faults
    assert fault.row is None and "没有组长" in fault.zh


def test_columns_may_stand_in_any_order(tmp_path: Path) -> None:
    turned = [list(reversed(row)) for row in good_rows()]
    reading = read_roster(saved(workbook(turned, list(reversed(HEADER))), tmp_path))
    assert reading.faults == [] and row_of(reading, 9).unit_kind == UnitKind.MEMBER_UNIT


@pytest.mark.parametrize("column", HEADER[1:])
def test_a_missing_column_is_named(column: str, tmp_path: Path) -> None:
    place = HEADER.index(column)
    rows = [row[:place] + row[place + 1 :] for row in good_rows()]
    (fault,) = read_roster(saved(workbook(rows, HEADER[:place] + HEADER[place + 1 :]), tmp_path)).faults
    assert (fault.row, fault.column_name) == (3, column)


def test_a_unit_merged_over_its_rows_counts_for_each(tmp_path: Path) -> None:
    rows = good_rows()
    rows[6][1] = None
    book = workbook(rows)
    book.worksheets[0].merge_cells("B9:B10")
    assert row_of(read_roster(saved(book, tmp_path)), 10).unit_name == "市财政局"


def test_several_faults_stand_in_the_order_of_the_sheet(tmp_path: Path) -> None:
    reading = read_roster(with_changes(tmp_path, [(10, {"手机": "1"}), (9, {"邮箱": "x", "单位": None})]))
    assert [(fault.row, fault.column_letter) for fault in reading.faults] == [(9, "B"), (9, "I"), (10, "H")]

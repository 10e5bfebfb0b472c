"""C12: what is no readable workbook is a clear fault, never a traceback."""

import zipfile
from pathlib import Path

import pytest

from app.adapters.roster import read_roster
from app.adapters.spreadsheet import LARGEST_FILE, Unreadable, read_sheets
from tests.adapters.sheets import good_rows, saved, workbook


def damaged(folder: Path) -> bytes:
    with zipfile.ZipFile(folder / "broken.zip", "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook")
    return (folder / "broken.zip").read_bytes()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512
FILES = {
    "empty": (b"", "是空的"),
    "text": ("单位,姓名".encode(), "不是 .xlsx 工作簿"),
    "old format": (OLE, "不是 .xlsx 工作簿"),
    "encrypted": (OLE + "EncryptedPackage".encode("utf-16-le"), "打开密码"),
    "too large": (b"PK" + b"\0" * LARGEST_FILE, "文件太大"),
    "cut off": (b"PK\x03\x04" + b"\0" * 40, "不是 .xlsx 工作簿"),
}


@pytest.mark.parametrize("case", FILES)
def test_what_is_no_workbook_is_one_fault(case: str, tmp_path: Path) -> None:
    content, said = FILES[case]
    path = tmp_path / "list.xlsx"
    path.write_bytes(content)
    (fault,) = read_roster(path).faults
    assert fault.row is None and said in fault.zh and fault.mend_zh


def test_a_damaged_workbook_is_one_fault(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    path.write_bytes(damaged(tmp_path))
    (fault,) = read_roster(path).faults
    assert "已损坏" in fault.zh


def test_a_zip_of_something_else_is_no_workbook(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "list.xlsx", "w") as archive:
        archive.writestr("letter.txt", "x")
    (fault,) = read_roster(tmp_path / "list.xlsx").faults
    assert "不是 .xlsx 工作簿" in fault.zh


def test_a_missing_file_is_one_fault(tmp_path: Path) -> None:
    (fault,) = read_roster(tmp_path / "nowhere.xlsx").faults
    assert "读不到文件" in fault.zh


def test_a_workbook_without_content_or_header_is_one_fault(tmp_path: Path) -> None:
    book = workbook([], [])
    (fault,) = read_roster(saved(book, tmp_path)).faults
    assert "没有找到表头" in fault.zh
    (fault,) = read_roster(saved(workbook([]), tmp_path)).faults
    assert "表头下面没有人员" in fault.zh


def test_cells_keep_their_places_and_hidden_sheets_stay_away(tmp_path: Path) -> None:
    book = workbook(good_rows())
    book.create_sheet("旧名单").sheet_state = "hidden"
    (sheet,) = read_sheets(saved(book, tmp_path))
    assert sheet.rows[8].number == 9
    assert sheet.rows[8].at(4).reference == "D9"
    assert sheet.rows[8].at(4).text == "蒋国栋"


def test_unreadable_says_why() -> None:
    with pytest.raises(Unreadable, match="cannot be read"):
        read_sheets(Path("nowhere.xlsx"))

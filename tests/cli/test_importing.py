"""C12: `python -m app import`: a dry run unless --apply, 0 or 2, and always the same last line."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import orjson
import pytest
from typer.testing import CliRunner

from app.cli.importing import app
from app.core import clock
from app.core.settings import get_settings
from tests.adapters.sheets import DATA

GOOD, FAULTY = str(DATA / "roster.xlsx"), str(DATA / "roster-with-faults.xlsx")


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An installation whose database has not been made yet."""
    monkeypatch.setenv("YISHI_VAR", str(tmp_path / "var"))
    get_settings.cache_clear()
    return tmp_path / "var"


def run(*arguments: str) -> tuple[int, list[str]]:
    result = CliRunner().invoke(app, list(arguments))
    return result.exit_code, result.stdout.splitlines()


def test_a_dry_run_shows_all_and_leaves_no_trace(fresh: Path) -> None:
    code, lines = run("roster", GOOD)
    assert (code, lines[-1]) == (0, "import: 113 rows, 0 faults, 332 changes")
    assert any("于向荣自2023-03-01起任分管副组长" in line for line in lines)
    assert not fresh.exists()


def test_applied_twice_it_changes_nothing_more() -> None:
    assert run("roster", GOOD, "--group", "tl", "--apply")[1][-1] == "import: 113 rows, 0 faults, 332 changes"
    assert run("roster", GOOD, "--group", "tl", "--apply")[1][-1] == "import: 113 rows, 0 faults, 0 changes"
    assert run("roster", GOOD)[1][-1] == "import: 113 rows, 0 faults, 0 changes", "the title names the group"


def test_faults_are_listed_by_row_and_nothing_is_written() -> None:
    code, lines = run("roster", FAULTY, "--apply")
    assert (code, lines[-1]) == (2, "import: 113 rows, 10 faults, 0 changes")
    assert any(line.strip().startswith("第46行G列“任职起始”") and "改法" in line for line in lines)
    assert any(line.strip().startswith("row 46, column G") and "To mend it" in line for line in lines)
    assert run("roster", GOOD)[1][-1].endswith("332 changes")


def test_the_answer_as_json() -> None:
    result = CliRunner().invoke(app, ["roster", FAULTY, "--json"])
    said = orjson.loads(result.stdout)
    assert result.exit_code == 2
    assert [fault["row"] for fault in said["faults"]] == [5, 6, 15, 26, 31, 36, 46, 50, 56, 66]
    assert said["rows"] == 113 and said["changes"] == [] and said["applied"] is False
    assert result.stderr.strip() == "import: 113 rows, 10 faults, 0 changes"


def test_no_file_is_a_fault_not_a_traceback(tmp_path: Path) -> None:
    code, lines = run("roster", str(tmp_path / "nowhere.xlsx"))
    assert (code, lines[-1]) == (2, "import: 0 rows, 1 faults, 0 changes")


@pytest.mark.clause("C12", "A3.7")
def test_the_expert_pool(fresh: Path) -> None:
    experts = str(DATA / "experts.xlsx")
    code, lines = run("experts", experts)
    assert (code, lines[-1]) == (0, "import: 48 rows, 0 faults, 96 changes")
    assert any(line.strip().startswith("第10行:邓永红的聘期已于2024-12-31届满") for line in lines)
    assert not fresh.exists(), "a dry run leaves no trace"
    assert run("experts", experts, "--apply")[1][-1] == "import: 48 rows, 0 faults, 96 changes"
    assert run("experts", experts, "--apply")[1][-1] == "import: 48 rows, 0 faults, 0 changes"
    assert run("experts", experts, "--group", "nowhere")[0] == 2


def test_a_calendar(tmp_path: Path) -> None:
    """C14"""
    path = tmp_path / "2027.csv"
    path.write_text("date,kind,name\n2027-01-01,off,元旦\n2027-05-01,off,劳动节\n2027-10-01,off,国庆节\n", "utf-8")
    assert run("calendar", str(path))[1][-1] == "import: 3 rows, 0 faults, 3 changes"
    assert run("calendar", str(path), "--apply")[1][-1] == "import: 3 rows, 0 faults, 3 changes"
    assert run("calendar", str(path), "--apply")[1][-1] == "import: 3 rows, 0 faults, 0 changes"


TASKS = str(DATA / "task-breakdown.xlsx")


def test_a_task_breakdown(fresh: Path) -> None:
    """C19, B2.7"""
    run("roster", GOOD, "--group", "tl", "--apply")
    director = "林建国"
    code, lines = run("directives", TASKS, "--assigned-by", director)
    assert (code, lines[-1]) == (0, "import: 20 rows, 0 faults, 20 changes")
    assert any("第3行:疑点" in line and "市直有关部门" in line for line in lines)
    assert run("directives", TASKS, "--assigned-by", director, "--apply")[1][-1].endswith("20 changes")
    assert run("directives", TASKS, "--assigned-by", director, "--apply")[1][-1].endswith("0 faults, 0 changes")
    for wrong in ((), ("--assigned-by", director, "--decision", "1"), ("--decision", "江智领〔2026〕1号")):
        code, lines = run("directives", TASKS, *wrong, "--apply")
        assert (code, lines[-1]) == (2, "import: 20 rows, 1 faults, 0 changes")
    result = CliRunner().invoke(app, ["directives", TASKS, "--json"])
    assert (result.exit_code, orjson.loads(result.stdout)["changes"]) == (2, [])
    assert result.stderr.strip() == "import: 20 rows, 1 faults, 0 changes"


def test_the_movable_clock_dates_what_is_written(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The trail of an import is dated by the clock of the demonstration, as every other act."""
    file = tmp_path / "clock"
    clock.write_file(file, datetime(2031, 5, 6, 7, tzinfo=UTC))
    monkeypatch.setenv("YISHI_CLOCK_FILE", str(file))
    get_settings.cache_clear()
    try:
        run("roster", GOOD, "--group", "tl", "--apply")
    finally:
        clock.use_file(None)
    with sqlite3.connect(tmp_path / "var" / "yishi.sqlite3") as db:
        (days,) = db.execute("SELECT DISTINCT date(at) FROM trail").fetchall()
    assert days == ("2031-05-06",)

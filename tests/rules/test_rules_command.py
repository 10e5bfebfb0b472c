"""`python -m app rules`: what ships is whole and fresh, and what is broken makes the command fail."""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli import evidence, rules
from app.rules.catalogue import TABLES
from app.rules.check import Line
from app.rules.clauses import CLAUSES
from app.services.guards import GUARDS

run = CliRunner().invoke


def test_what_ships_has_no_fault() -> None:
    result = run(rules.app, ["--check"])
    assert result.exit_code == 0, result.output
    assert result.output.splitlines()[-1] == f"rules: {len(TABLES)} tables, no faults"


def test_faults_are_listed_and_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [line for line in evidence.policy_lines() if line.permission != "motion:admit"]
    monkeypatch.setattr(rules, "policy_lines", lambda: [*lines, Line("leader", "motion", "sing", "group", "A3.2")])
    result = run(rules.app, ["--check"])
    assert result.exit_code == 1
    assert "policy: nobody may motion:admit" in result.output
    assert "policy: motion:sing is neither a step of a table nor a known permission" in result.output
    assert "policies/motion.md: is not what the tables say" in result.output


def test_coverage_lists_every_clause_and_ends_with_the_count() -> None:
    result = run(rules.app, ["--coverage"])
    assert result.exit_code == 0, result.output
    output = result.output.splitlines()
    assert [line.split()[0] for line in output if line[:1] in "ABC" and line[1:2].isdigit()] == list(CLAUSES)
    assert output[-1].startswith("clauses shown: ") and output[-1].endswith(" of 53")


def test_without_tests_beside_it_nothing_counts_as_shown(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(rules, "TESTS", tmp_path / "tests")
    output = run(rules.app, ["--coverage"]).output.splitlines()
    assert output[0].startswith("The tests are not installed")
    assert output[-1] == "clauses shown: 0 of 53"


def test_write_writes_what_check_wants(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "policies").mkdir()
    (tmp_path / "docs").mkdir()
    monkeypatch.setattr(rules, "ROOT", tmp_path)
    monkeypatch.setattr(rules, "POLICIES", tmp_path / "policies")
    assert len(list(rules.stale_pages())) == len(TABLES) + 1
    assert "wrote policies/motion.md" in run(rules.app, ["--write"]).output
    assert list(rules.stale_pages()) == []


def test_every_guard_is_told_as_a_sentence() -> None:
    assert set(evidence.guard_sentences()) == set(GUARDS)
    for sentence in evidence.guard_sentences().values():
        assert re.fullmatch(r".*[一-鿿].*。 / [A-Z].*\.", sentence), sentence

"""The clauses as data, the mark that names them in code, and the account of which are shown."""

from pathlib import Path

import pytest

from app.core.enforces import enforced, enforces
from app.rules.clauses import CLAUSES, UnknownClause, clause
from app.rules.coverage import Enforcement, accounts, lines, summary
from app.rules.shown import shown_by_tests

PARTS = (
    [f"A1.{n}" for n in range(1, 4)]
    + [f"A2.{n}" for n in range(1, 5)]
    + [f"A3.{n}" for n in range(1, 8)]
    + [f"A4.{n}" for n in range(1, 5)]
    + [f"B1.{n}" for n in range(1, 9)]
    + [f"B2.{n}" for n in range(1, 8)]
    + [f"C{n}" for n in range(1, 21)]
)


def test_every_clause_of_the_rulebook_is_there_in_its_order() -> None:
    assert list(CLAUSES) == PARTS
    assert len(CLAUSES) == 53


def test_every_clause_has_a_title_in_both_languages_and_one_sentence() -> None:
    for each in CLAUSES.values():
        assert any("一" <= sign <= "鿿" for sign in each.zh), each.id
        assert each.en.isascii() and each.en, each.id
        assert each.says.endswith(".") and each.says.count(". ") == 0, each.id


def test_no_two_clauses_share_a_title() -> None:
    assert len({each.zh for each in CLAUSES.values()}) == len({each.en for each in CLAUSES.values()}) == len(CLAUSES)


def test_lookup_gives_the_clause() -> None:
    assert clause("A3.2").zh == "议题提请程序"


@pytest.mark.parametrize("id", ["A3.8", "B1", "c2", "", "A3.2 "])
def test_an_unknown_id_is_an_error(id: str) -> None:
    with pytest.raises(UnknownClause) as caught:
        clause(id)
    assert repr(id) in str(caught.value)


def test_the_mark_hands_back_the_object_and_registers_its_name() -> None:
    def chase() -> str:
        return "chased"

    marked = enforces("C2", "C14")(chase)
    assert marked is chase
    assert enforced()[f"{__name__}.{chase.__qualname__}"] == ("C2", "C14")


def test_the_mark_without_a_clause_is_an_error() -> None:
    with pytest.raises(ValueError, match="at least one"):
        enforces()


TESTS = """
import pytest
pytestmark = [pytest.mark.clause("A4.4"), pytest.mark.slow]

@pytest.mark.clause("A3.2", "C7")
@pytest.mark.parametrize("x", [1])
async def test_one(x): ...

def helper(): ...

@pytest.mark.clause("C2")
class TestTwo:
    def test_inner(self): ...
    def helper(self): ...

class TestThree:
    pytestmark = pytest.mark.clause("C3")
    @pytest.mark.clause("C4")
    def test_inner(self): ...
"""


def test_marks_are_found_on_file_class_and_function(tmp_path: Path) -> None:
    folder = tmp_path / "tests" / "area"
    folder.mkdir(parents=True)
    (folder / "test_it.py").write_text(TESTS, "utf-8")
    (folder / "helpers.py").write_text('@pytest.mark.clause("C9")\ndef test_not_collected(): ...', "utf-8")
    one, two, three = (
        f"tests/area/test_it.py::{name}" for name in ("test_one", "TestTwo::test_inner", "TestThree::test_inner")
    )
    assert shown_by_tests(tmp_path / "tests") == {
        "A4.4": [one, two, three], "A3.2": [one], "C7": [one], "C2": [two], "C3": [three], "C4": [three],
    }  # fmt: skip


def test_a_clause_is_shown_by_a_place_and_a_test_together() -> None:
    places = [Enforcement("A3.2", "table row", "motion:endorse"), Enforcement("C2", "code", "app.jobs.chase.run")]
    found = accounts(places, {"A3.2": ["tests/test_a.py::test_a"], "C3": ["tests/test_b.py::test_b"]})
    text = "\n".join(lines(found))
    assert "A3.2  议题提请程序 / The path of a motion: shown\n      table row: motion:endorse\n" in text
    assert "Chasing: enforced, but no test names it" in text
    assert "Directives: named by a test, but enforced nowhere" in text
    assert "Search: not yet built" in text
    assert summary(found) == "clauses shown: 1 of 53"


def test_long_accounts_are_cut_with_their_number() -> None:
    places = [Enforcement("A3.2", "table row", f"motion:act{n}") for n in range(5)]
    text = "\n".join(lines(accounts(places, {}), most=2))
    assert "table row: motion:act0, motion:act1 and 3 more" in text

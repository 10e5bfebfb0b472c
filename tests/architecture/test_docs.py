"""What the README and the pages under docs/ say of settings, commands and files is so."""

import re
from pathlib import Path

import pytest

from app.cli.commands import COMMANDS
from app.cli.tour.script import SCRIPT
from app.cli.tour.steps import Request
from app.core.settings import Settings
from app.rules.clauses import CLAUSES

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
README = (ROOT / "README.md").read_text("utf-8")


def test_the_readme_lists_every_setting_and_no_other() -> None:
    table = "".join(line for line in README.splitlines(keepends=True) if line.startswith("| `YISHI_"))
    assert set(re.findall(r"YISHI_[A-Z_]+", table)) == {f"YISHI_{name.upper()}" for name in Settings.model_fields}


def test_the_readme_lists_every_command_and_no_other() -> None:
    assert set(re.findall(r"^\| `python -m app (\w+)", README, re.MULTILINE)) == set(COMMANDS)


def test_the_readme_counts_and_quotes_the_tour_as_it_is() -> None:
    requests = [step for step in SCRIPT if isinstance(step, Request)]
    assert f"of its {len(requests)} steps" in README
    for number, line in re.findall(r"^ +(\d+)  (.+?)  →", README, re.MULTILINE):
        step = requests[int(number) - 1]
        assert step.who in line
        assert f"{step.does}  [{step.clause}]" in line


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere_and_clauses_exist(page: Path) -> None:
    text = page.read_text("utf-8")
    links = [link for link in re.findall(r"\]\(([^)#\s]+)\)", text) if not link.startswith("http")]
    assert [link for link in links if not (page.parent / link).exists()] == []
    named = set(re.findall(r"(?<![\w/.`])[ABC]\d{1,2}(?:\.\d)?(?!\w)", text))
    assert named <= {*CLAUSES, *(clause.partition(".")[0] for clause in CLAUSES)}

"""House rules that no linter knows: what may stand only in one place, and what may stand nowhere."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = [*(ROOT / "app").rglob("*.py"), *(ROOT / "schema").rglob("*.py")]
TRANSITIONS = ROOT / "app" / "services" / "transitions.py"
CLOCK = ROOT / "app" / "core" / "clock.py"


def name(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


@pytest.fixture(scope="module")
def trees() -> dict[Path, ast.Module]:
    return {file: ast.parse(file.read_text("utf-8")) for file in SOURCES}


def found(trees: dict[Path, ast.Module], looks_like: type[ast.AST], *but: Path) -> Iterator[tuple[str, ast.AST]]:
    for file, tree in trees.items():
        if file not in but:
            nodes = (node for node in ast.walk(tree) if isinstance(node, looks_like))
            yield from ((f"{name(file)}:{getattr(node, 'lineno', 0)}", node) for node in nodes)


def assigned(node: ast.AST) -> list[ast.expr]:
    if isinstance(node, ast.Assign):
        return [inner for target in node.targets for inner in ast.walk(target) if isinstance(inner, ast.expr)]
    return [node.target] if isinstance(node, ast.AugAssign | ast.AnnAssign) else []


def test_a_state_changes_only_in_the_engine(trees: dict[Path, ast.Module]) -> None:
    """DESIGN: state, task, trail and outbox belong to one act; whoever sets a state by hand forgets one of them."""
    places = [
        place
        for kind in (ast.Assign, ast.AugAssign, ast.AnnAssign)
        for place, node in found(trees, kind, TRANSITIONS)
        if any(isinstance(target, ast.Attribute) and target.attr == "state" for target in assigned(node))
    ]
    by_name = [
        place
        for place, node in found(trees, ast.Call, TRANSITIONS)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "setattr"
        and any(isinstance(each, ast.Constant) and each.value == "state" for each in node.args)
    ]
    assert places + by_name == []


def test_the_engine_itself_sets_states(trees: dict[Path, ast.Module]) -> None:
    """Keeps the rule above from passing on a renamed file or attribute."""
    targets = [target for node in ast.walk(trees[TRANSITIONS]) for target in assigned(node)]
    assert any(isinstance(target, ast.Attribute) and target.attr == "state" for target in targets)


def test_now_is_asked_only_of_the_clock(trees: dict[Path, ast.Module]) -> None:
    """The tour and the tests move the clock; a second source of time would not move with it."""
    places = [
        place
        for place, node in found(trees, ast.Attribute, CLOCK)
        if isinstance(node, ast.Attribute)
        and node.attr in {"now", "utcnow", "today"}
        and isinstance(node.value, ast.Name | ast.Attribute)
        and (node.value.id if isinstance(node.value, ast.Name) else node.value.attr) in {"datetime", "date"}
    ]
    assert places == []


TAGS = "a|b|body|br|button|div|form|h1|h2|h3|head|html|input|li|p|script|span|style|table|td|th|tr|ul"
TAG = re.compile(rf"</?({TAGS})\b[^>]*>")


def test_no_html_stands_in_python(trees: dict[Path, ast.Module]) -> None:
    """Templates escape and translate; a tag in a string does neither. A generated Markdown page may break a line."""
    places = [
        f"{place} {match.group()}"
        for place, node in found(trees, ast.Constant)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        for match in TAG.finditer(node.value)
        if match.group() != "<br>"
    ]
    assert places == []


def tracked() -> list[Path]:
    """What git would commit: an ignored file may hold what it likes."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if listing.returncode:
        pytest.skip("not a git checkout: nothing to list")
    return [ROOT / each for each in listing.stdout.split("\0") if each and (ROOT / each).is_file()]


FOLDERS = b"|".join((b"home", b"root", b"Users", b"work", b"tmp"))
MACHINE = re.compile(rb"(?<![\w.$~-])/(?:" + FOLDERS + rb")/[\w.]+")


def test_no_path_of_a_machine_is_committed() -> None:
    """The house is built and run by strangers: what is true only of the author's machine misleads them."""
    hits = [
        f"{name(file)}:{number} {match.group().decode()}"
        for file in tracked()
        if (content := file.read_bytes()) and b"\0" not in content[:4096]
        for number, line in enumerate(content.splitlines(), 1)
        for match in MACHINE.finditer(line)
    ]
    assert hits == []


@pytest.mark.parametrize("folder", ["app", "schema"])
def test_files_stay_small(folder: str) -> None:
    """A file that needs more than 400 lines holds more than one noun; a revision of all tables is generated."""
    long = {
        name(file): lines
        for file in (ROOT / folder).rglob("*.py")
        if file.parent.name != "versions" and (lines := len(file.read_text("utf-8").splitlines())) > 400
    }
    assert long == {}

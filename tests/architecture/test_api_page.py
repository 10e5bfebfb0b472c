"""What docs/api.md tells the author of a client: every code there is, and the limits as they are."""

import ast
import re
from pathlib import Path

import pytest

from schema import limits
from schema.http import asked, socket, stream
from schema.prepared import MAX_COMMENTS, MAX_LENGTH, MAX_TOKENS

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "api.md").read_text("utf-8")
BESIDE = {"INTERNAL", "NOT_FOUND", "INVALID", "BAD_REQUEST"}  # of refusals, or where none is given
MAKERS = {"coded", "malformed", "with_code", "_too", "_not_allowed"}


def codes() -> set[str]:
    """Every text in capitals that is given to what makes an error."""
    found = set()
    for file in (ROOT / "schema").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in MAKERS:
                texts = [each.value for part in node.args for each in ast.walk(part) if isinstance(each, ast.Constant)]
                found |= {each for each in texts if isinstance(each, str) and re.fullmatch(r"[A-Z_]{5,}", each)}
    return found


def test_every_code_stands_on_the_page() -> None:
    assert len(codes()) > 25
    assert [code for code in sorted(codes() | BESIDE) if f"`{code}`" not in PAGE] == []


def test_every_code_on_the_page_is_one() -> None:
    named = {each for each in re.findall(r"`([A-Z]+_[A-Z_]+)`", PAGE) if not each.startswith("YISHI_")}
    assert named - codes() - BESIDE == set()


@pytest.mark.parametrize(
    "says",
    [
        f"{MAX_LENGTH:,} characters, {MAX_TOKENS:,} tokens, {MAX_COMMENTS} comments",
        f"{limits.MAX_DEFINITIONS} operations and fragments, {limits.MAX_SPREADS} places",
        f"{limits.MAX_FIELDS} fields, {limits.MAX_ALIASES} aliases, {limits.MAX_DIRECTIVES} directives, "
        f"{limits.MAX_ROOT_FIELDS} fields at the root",
        f"{limits.MAX_SAME_KEY} times in one selection, {limits.MAX_MERGED} times by way of fragments",
        f"{limits.MAX_DEPTH} levels", f"{limits.MAX_PAGE} entries of a page", f"{limits.MAX_COST:,} fields that may",
        f"or\nas {limits.PAGE}, another list as {limits.LIST_SIZE}", f"{asked.MAX_ADDRESS:,} characters",
        f"within {socket.INIT_WAIT:.0f} seconds", f"within {asked.READ_WAIT:.0f} seconds",
        f"every {stream.ALIVE_EVERY:.0f} seconds",
    ],
)  # fmt: skip
def test_the_limits_are_those_of_the_program(says: str) -> None:
    assert says in PAGE

"""Removals from code: each refusal that a function raises or returns under a clause, and changes written by hand.

The changed source is compiled, and the functions that came out differently get the new code in place, wherever they
have been imported to. Nothing is written.
"""

import ast
import gc
import importlib
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from types import CodeType, FunctionType
from typing import TypeGuard

from app.cli.evidence import ROOT, import_everything
from app.core.enforces import enforced
from app.rules.clauses import CLAUSES
from tests.support.removals.by_hand import BY_HAND, Change
from tests.support.removals.removal import Removal

_Function = ast.FunctionDef | ast.AsyncFunctionDef
_NO_DOORS = ("app/core", "app/rules", "app/policy.py", "app/queries", "app/services", "app/adapters", "schema")


def removals() -> Iterator[Removal]:
    import_everything()
    for folder in _NO_DOORS:
        path = ROOT / folder
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            yield from _raises(file)
    for change in BY_HAND:
        for clause in change.clauses:
            yield Removal(
                (clause,), "code", f"{change.file}: {change.said}", partial(_rewrite, change), Path(change.file).stem
            )


def _raises(file: Path) -> Iterator[Removal]:
    """Each `raise` that names a clause, or stands in a function marked with one, replaced by `pass`; and each returned
    refusal that names a clause, replaced by none."""
    module = file.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".")
    tree = ast.parse(file.read_text("utf-8"))
    for name, function in _functions(tree):
        for node in ast.walk(function):
            if _refuses(node):
                for clause in _named(node) or enforced().get(f"{module}.{name}", ()):
                    what = f"{module}.{name} refuses nothing at line {node.lineno}"
                    yield Removal((clause,), "code", what, partial(_without_refusal, file, node.lineno), file.stem)


def _refuses(node: ast.AST) -> TypeGuard[ast.Raise | ast.Return]:
    if isinstance(node, ast.Raise):
        return node.exc is not None
    made = node.value if isinstance(node, ast.Return) else None
    return isinstance(made, ast.Call) and isinstance(made.func, ast.Name) and made.func.id == "Refusal"


def _functions(tree: ast.Module) -> Iterator[tuple[str, _Function]]:
    for node in tree.body:
        if isinstance(node, _Function):
            yield node.name, node
        elif isinstance(node, ast.ClassDef):
            yield from ((f"{node.name}.{each.name}", each) for each in node.body if isinstance(each, _Function))


def _named(node: ast.stmt) -> list[str]:
    texts = [each.value for each in ast.walk(node) if isinstance(each, ast.Constant) and isinstance(each.value, str)]
    return list(dict.fromkeys(text for text in texts if text in CLAUSES))


class _Silent(ast.NodeTransformer):
    def __init__(self, line: int) -> None:
        self.line = line

    def visit_Raise(self, node: ast.Raise) -> ast.stmt:
        return ast.copy_location(ast.Pass(), node) if node.lineno == self.line else node

    def visit_Return(self, node: ast.Return) -> ast.stmt:
        return ast.copy_location(ast.Return(None), node) if node.lineno == self.line else node


def _without_refusal(file: Path, line: int) -> None:
    tree = _Silent(line).visit(ast.parse(file.read_text("utf-8")))
    _swap(file, compile(tree, str(file), "exec"))


def place(change: Change) -> Path:
    """The one file that holds the text: the one named, or where the text has moved to since."""
    named = ROOT / change.file
    if named.is_file() and named.read_text("utf-8").count(change.old) == 1:
        return named
    found = [file for file in sorted((ROOT / "app").rglob("*.py")) if change.old in file.read_text("utf-8")]
    if len(found) != 1 or found[0].read_text("utf-8").count(change.old) != 1:
        raise LookupError(f"the text stands in {len(found)} files: {change.old!r}")
    return found[0]


def _rewrite(change: Change) -> None:
    file = place(change)
    _swap(file, compile(file.read_text("utf-8").replace(change.old, change.new), str(file), "exec"))


def _swap(file: Path, changed: CodeType) -> None:
    """Give every living function of this file the code that the changed source gives it."""
    importlib.import_module(file.relative_to(ROOT).with_suffix("").as_posix().replace("/", "."))
    new = {code.co_qualname: code for code in _within(changed)}
    count = 0
    gc.unfreeze()  # what was set aside from collection is not listed
    for each in gc.get_objects():
        if isinstance(each, FunctionType) and Path(each.__code__.co_filename) == file:
            code = new.get(each.__code__.co_qualname)
            if code and (code.co_code, code.co_consts, code.co_names) != (
                each.__code__.co_code, each.__code__.co_consts, each.__code__.co_names
            ):  # fmt: skip
                each.__code__ = code
                count += 1
    if not count:
        raise LookupError(f"nothing of {file.name} is different after this change")


def _within(code: CodeType) -> Iterator[CodeType]:
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield each
            yield from _within(each)

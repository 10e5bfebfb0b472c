"""Which tests say that they show a clause, found by reading the tests and not by running them.

A test names a clause with `@pytest.mark.clause("A3.2")` on a function or class, or with `pytestmark` for a whole file.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

Shown = dict[str, list[str]]  # clause id -> test ids such as "tests/rules/test_x.py::TestY::test_z"


def shown_by_tests(tests: Path) -> Shown:
    """Clause id -> the tests below this folder that carry its mark, in order of file and line."""
    shown: Shown = {}
    for file in sorted(tests.rglob("test_*.py")):
        where = file.relative_to(tests.parent).as_posix()
        for test, clauses in _tests_of(ast.parse(file.read_text("utf-8")), where):
            for each in sorted(clauses):
                shown.setdefault(each, []).append(test)
    return shown


def _tests_of(module: ast.Module, where: str) -> Iterator[tuple[str, set[str]]]:
    of_file = _pytestmark(module.body)
    for node in module.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from _test(node, where, of_file)
        elif isinstance(node, ast.ClassDef):
            of_class = of_file | _marks(node.decorator_list) | _pytestmark(node.body)
            for inner in node.body:
                if isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef):
                    yield from _test(inner, f"{where}::{node.name}", of_class)


def _test(
    node: ast.FunctionDef | ast.AsyncFunctionDef, where: str, inherited: set[str]
) -> Iterator[tuple[str, set[str]]]:
    if node.name.startswith("test"):
        yield f"{where}::{node.name}", inherited | _marks(node.decorator_list)


def _pytestmark(body: list[ast.stmt]) -> set[str]:
    values = (
        node.value
        for node in body
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None and "pytestmark" in _targets(node)
    )
    return {clause for value in values for clause in _marks([value])}


def _targets(node: ast.Assign | ast.AnnAssign) -> set[str]:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return {each.id for each in targets if isinstance(each, ast.Name)}


def _marks(expressions: list[ast.expr]) -> set[str]:
    """The texts in every call of something ending in `.clause` within these expressions."""
    return {
        argument.value
        for expression in expressions
        for call in ast.walk(expression)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "clause"
        for argument in call.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    }

"""docs/rulebook.md: every clause in our own words, and the tables of procedure whose rows carry it."""

from collections.abc import Iterator, Mapping

from app.rules.clauses import CLAUSES, Clause
from app.rules.workflow import Table

_INTRODUCTION = """# The rulebook in our own words

Yishi runs the rules of procedure of a city's leading group (part A) and of its office (part B), and adds what the
users of such a system expect (part C). Each clause has an id. Code, policy, tests, refusals and documentation cite
the ids, so that of any behaviour one can ask which rule wants it, and of any rule where it is enforced.

Generated from `app/rules/clauses.py` and the tables of procedure by `python -m app rules --write`.
`python -m app rules --coverage` tells of each clause where it is enforced and which tests show it."""

_PARTS = {
    "A": "## A: 领导小组 / The leading group",
    "B": "## B: 办公室 / The office",
    "C": "## C: 规则之外的期待 / What users expect beyond the rules",
}


def rulebook(tables: Mapping[str, Table]) -> str:
    """The whole page as Markdown."""
    parts = (f"{heading}\n\n" + "\n".join(_part(letter, tables)) for letter, heading in _PARTS.items())
    return "\n\n".join((_INTRODUCTION, *parts)) + "\n"


def _part(letter: str, tables: Mapping[str, Table]) -> Iterator[str]:
    yield "| 条款 / Clause | 名称 / Title | 要求 / What it wants | 程序表 / Procedure |"
    yield "|---|---|---|---|"
    for each in CLAUSES.values():
        if each.id.startswith(letter):
            yield f"| {each.id} | {each.zh} / {each.en} | {each.says} | {_procedures(each, tables)} |"


def _procedures(clause: Clause, tables: Mapping[str, Table]) -> str:
    links = (
        f"[{table.zh}](../policies/{table.noun}.md)"
        for table in tables.values()
        if any(step.clause == clause.id for step in table.steps)
    )
    return ", ".join(links) or "-"

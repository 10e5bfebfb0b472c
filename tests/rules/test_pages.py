"""The generated pages: what they say, that Mermaid can read their diagram, and that they tell all of a table."""

import re

import pytest

from app.rules.catalogue import TABLES
from app.rules.clauses import CLAUSES
from app.rules.pages import Surroundings, diagram, page
from app.rules.rulebook_page import rulebook
from app.rules.workflow import Ask, State, Step, Table

NOTE = Table(
    noun="note",
    zh="便函",
    en="Note",
    initial="draft",
    states={
        "draft": State("起草", "Draft"),
        "sent": State("已发", "Sent", (Ask("receipt", "lead_unit", "answer_days"),
                                Ask("reply", "lead_unit", "row.due_on"))),
        "done": State("办结", "Done", final=True),
    },
    steps=(
        Step(action="send", from_=("draft",), to="sent", zh="发出", en="Send", clause="B1.1", guards=("complete",),
             reason=True, signs=True, parts=("lead_unit",), tells=("lead_unit", "office")),
        Step(action="remark", from_=("sent",), to="", zh="备注|批注", en="Remark", clause="B1.1"),
        Step(action="sign", from_=("sent",), to="done", zh="签收", en="Sign", clause="C1", all_of="lead_unit",
             voids=True, by_service=True),
    ),
)  # fmt: skip
AROUND = Surroundings(guards={"complete": "The note has a text."}, may={"note:send": ("工作人员 staff",)})


def test_the_diagram_has_every_state_and_an_arrow_per_row_and_origin() -> None:
    assert list(diagram(NOTE)) == [
        "stateDiagram-v2",
        '    state "起草 Draft" as draft',
        '    state "已发 Sent" as sent',
        '    state "办结 Done" as done',
        "    [*] --> draft",
        "    draft --> sent: 发出 Send",
        "    sent --> sent: 备注|批注 Remark",
        "    sent --> done: 签收 Sign",
        "    done --> [*]",
    ]


@pytest.mark.parametrize("noun", TABLES)
def test_every_diagram_keeps_to_what_mermaid_reads(noun: str) -> None:
    head, *rows = diagram(TABLES[noun])
    assert head == "stateDiagram-v2"
    state = r"(\[\*\]|\w+)"
    shapes = (r'    state "[^"\n]+" as \w+', rf"    {state} --> {state}(: [^:;\n\"]+)?")
    for row in rows:
        assert any(re.fullmatch(shape, row) for shape in shapes), row


def test_a_row_names_button_states_clause_and_roles() -> None:
    text = page(NOTE, AROUND)
    assert "| 发出 / Send | `send` | 起草 `draft` | 已发 `sent` | B1.1 日常工作 | 工作人员 staff |" in text
    assert "| 备注\\|批注 / Remark | `remark` | 已发 `sent` | 不变 / unchanged | B1.1 日常工作 | - |" in text


def test_conditions_are_told_in_sentences() -> None:
    text = page(NOTE, AROUND)
    for told in (
        "else refused (`complete`): The note has a text.",
        "a reason must be given",
        "kept as a signature",
        "have part from here on (A4.4): `lead_unit`",
        "are told: `lead_unit`, `office`",
        "the state is left when each of `lead_unit`",
        "all signatures given so far are void",
        "no button of its own",
    ):
        assert told in text, told


def test_awaited_replies_tell_from_whom_and_by_when() -> None:
    text = page(NOTE, AROUND)
    within = "本组设置 / working days by the group's setting `answer_days`"
    assert f"| 已发 / Sent | `receipt` | `lead_unit` | {within} |" in text
    assert "the date set on the matter (`due_on`)" in text


@pytest.mark.parametrize("noun", TABLES)
def test_no_row_and_no_state_is_left_out(noun: str) -> None:
    table = TABLES[noun]
    text = page(table, Surroundings())
    assert text.startswith(f"# {table.zh} / {table.en}\n")
    assert text.endswith("\n") and not text.endswith("\n\n")
    for name in table.states:
        assert f" as {name}\n" in text
    for step in table.steps:
        assert f"| `{step.action}` |" in text


def test_the_rulebook_page_has_every_clause_once_and_links_its_tables() -> None:
    text = rulebook(TABLES)
    for each in CLAUSES.values():
        assert text.count(f"| {each.id} | {each.zh} / {each.en} | {each.says} |") == 1
    assert "(../policies/motion.md)" in next(line for line in text.splitlines() if line.startswith("| A3.2 |"))

"""Each way in which a procedure can be broken is found, and the tables that ship are whole."""

from dataclasses import replace

import pytest

from app.rules.check import Line, policy_faults, table_faults, unknown_clauses, unused_guards
from app.rules.workflow import Ask, State, Step, Table

SEND = Step(action="send", from_=("draft",), to="sent", zh="发出", en="Send", clause="B1.1", guards=("complete",),
            tells=("office",))  # fmt: skip
STATES = {"draft": State("起草", "Draft"), "sent": State("已发", "Sent", (), True)}
NOTE = Table("note", "便函", "Note", "draft", STATES, (SEND,))


def with_step(*steps: Step) -> Table:
    return Table("note", "便函", "Note", "draft", NOTE.states, steps)


def with_states(**states: State) -> Table:
    return Table("note", "便函", "Note", "draft", {**NOTE.states, **states}, (SEND,))


BROKEN = {
    "note:send: there is no state 'lost'": with_step(SEND, replace(SEND, action="send", from_=("lost",))),
    "note: the initial state 'start' is not among its states": Table("note", "便函", "Note", "start", STATES, (SEND,)),
    "note, state island: no row leads there": with_states(island=State("孤岛", "Island", (), True)),
    "note, state draft: no row leads out of it, and it is not final": with_step(replace(SEND, to="")),
    "note, state sent: called final, but a row leads out of it": with_step(
        SEND, replace(SEND, action="recall", from_=("sent",), to="draft")
    ),
    "note:send: two rows from draft": with_step(SEND, SEND),
    "note:recall: possible from no state": with_step(SEND, replace(SEND, action="recall", from_=())),
    "note:send: there is no guard 'absent'": with_step(replace(SEND, guards=("absent",))),
    "note:send: the rulebook has no clause 'A9.9'": with_step(replace(SEND, clause="A9.9")),
    "note, state draft: there is no setting 'moons'": with_states(
        draft=State("起草", "Draft", (Ask("x", "y", "moons"),))
    ),
    "note:send: there is no audience 'crowd'": with_step(replace(SEND, all_of="crowd")),
    "note, state draft: there is no audience 'y'": with_states(
        draft=State("起草", "Draft", (Ask("x", "y", "close_days"),))
    ),
    "note:send: there is no setting 'moons'": with_step(replace(SEND, asks=(Ask("x", "office", "moons"),))),
    "note:nudge: no row answers 'x'": with_step(
        SEND, replace(SEND, action="nudge", from_=("sent",), to="", asks=(Ask("x", "office", "close_days"),))
    ),
    "note:send: no row asks for 'x'": with_step(replace(SEND, answers=("x",))),
    "note:send: the Chinese label is missing": with_step(replace(SEND, zh="Send")),
    "note, state draft: the English label is missing": with_states(draft=State("起草", "")),
}


def test_a_whole_table_has_no_fault() -> None:
    assert list(table_faults(NOTE, {"complete"}, {"office"})) == []


@pytest.mark.parametrize("fault", BROKEN)
def test_a_broken_table_is_found_out(fault: str) -> None:
    assert fault in list(table_faults(BROKEN[fault], {"complete"}, {"office"}))


def test_policy_and_tables_are_held_against_each_other() -> None:
    by_service = replace(SEND, action="age", by_service=True)
    table = with_step(SEND, by_service)
    lines = [Line("leader", "note", "age"), Line("leader", "note", "burn"), Line("leader", "note", "read")]
    assert list(policy_faults({"note": table}, lines, {"note:read", "note:draft"})) == [
        "policy: nobody may note:send",
        "policy: note:age follows from another act, so no role may take it",
        "policy: nobody may note:draft",
        "policy: note:burn is neither a step of a table nor a known permission",
    ]


def test_a_guard_that_no_row_uses_is_found() -> None:
    assert list(unused_guards({"note": NOTE}, ["complete", "idle"])) == ["guard idle: no row uses it"]


def test_an_unknown_clause_anywhere_is_found() -> None:
    named = [("app.jobs.chase.run", "C2"), ("app.jobs.chase.run", "C99")]
    assert list(unknown_clauses(named)) == ["app.jobs.chase.run: the rulebook has no clause 'C99'"]

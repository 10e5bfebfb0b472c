"""Every action, from every state, by every role: the answer follows from the table and the policy alone (DESIGN 2)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace
from uuid import UUID, uuid4

import pytest

from app.models.people import Appointment, Group
from app.policy import compile_policy, seed_lines
from app.queries.subjects import MODELS, Subject
from app.rules.catalogue import TABLES
from app.rules.roles import ADMINISTRATORS, PUBLIC, Actor, Mandate, Role, Seat
from app.services.guards import GUARDS
from app.services.transitions import available, why_not

NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
ME, GROUP, UNIT = uuid4(), uuid4(), uuid4()
POLICY = compile_policy(seed_lines())
NAMED = {
    (line[1], line[2], line[3]) for line in seed_lines() if line[0] == "p" and line[3] != "read" and line[5] == "allow"
}
ROLES = [role for role in Role if role not in ADMINISTRATORS]


@pytest.fixture(autouse=True)
def guards_say_yes(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, each in list(GUARDS.items()):
        monkeypatch.setitem(GUARDS, name, replace(each, check=lambda subject, hand, now: True))


def subject(noun: str, state: str, role: Role | None = None) -> Subject:
    row = MODELS[noun](id=uuid4(), group_id=GROUP, state=state)
    for name, value in (("department_id", UNIT), ("unit_id", UNIT), ("lead_unit_id", UNIT), ("drafter_id", uuid4())):
        if name in type(row).model_fields:
            setattr(row, name, value)
    post = Appointment(person_id=ME, group_id=GROUP, role=role.value if role else "", unit_id=UNIT,
                       starts_on=NOW.date(), in_charge_of=[str(UNIT)])  # fmt: skip
    return Subject(noun, row, Group(id=GROUP, code="g", name="g", settings={}), appointments=[post])


def actor(role: Role, group_id: UUID | None = GROUP, **more: object) -> Actor:
    return Actor(ME, "我", (Seat(role, group_id, UNIT),), **more)


def cells() -> Iterator[tuple[str, str, str]]:
    for noun, table in TABLES.items():
        for state in table.states:
            for action in table.actions:
                yield noun, state, action


@pytest.mark.clause("C7", "A3.2", "A3.5")
@pytest.mark.parametrize("noun", TABLES)
def test_an_act_is_open_where_table_and_policy_both_say_so(noun: str) -> None:
    for of, state, action in cells():
        if of != noun:
            continue
        step = TABLES[noun].step(action, state)
        for role in ROLES:
            answer = why_not(POLICY, subject(noun, state, role), action, actor(role), NOW)
            where = f"{noun}:{action} from {state} by {role.value}: {answer}"
            if step is None or step.by_service:
                assert answer is not None and answer.code == "wrong_state", where
                assert answer.clause == TABLES[noun].rows(action)[0].clause, where
            elif (role.value, noun, action) in NAMED:
                assert answer is None, where
            else:
                assert answer is not None and answer.code == "not_your_role", where
                assert answer.clause == step.clause, where
                assert answer.zh and answer.en and answer.who_zh and answer.who_en, where


@pytest.mark.clause("C7")
def test_an_unknown_action_is_refused_like_any_other() -> None:
    answer = why_not(POLICY, subject("motion", "draft"), "abolish", actor(Role.LEADER), NOW)
    assert answer is not None and answer.code == "unknown_action"


@pytest.mark.clause("A3.2")
def test_the_leader_inherits_no_act_of_those_below_him() -> None:
    own = {(noun, action) for role, noun, action in NAMED if role == "leader"}
    for noun, state, action in cells():
        if why_not(POLICY, subject(noun, state, Role.LEADER), action, actor(Role.LEADER), NOW) is None:
            assert (noun, action) in own, f"{noun}:{action}"


@pytest.mark.clause("C13")
@pytest.mark.parametrize("role", sorted(ADMINISTRATORS))
def test_no_administrator_acts_on_a_matter(role: Role) -> None:
    for noun, state, action in cells():
        assert why_not(POLICY, subject(noun, state), action, actor(role, None), NOW) is not None


@pytest.mark.clause("A4.4")
def test_neither_the_public_nor_another_groups_leader_acts() -> None:
    for noun, state, action in cells():
        assert why_not(POLICY, subject(noun, state), action, PUBLIC, NOW) is not None
        for role in ROLES:
            assert why_not(POLICY, subject(noun, state), action, actor(role, uuid4()), NOW) is not None


@pytest.mark.clause("C4")
def test_a_lent_power_opens_exactly_the_lent_act() -> None:
    lent = Mandate(uuid4(), uuid4(), "乙", Role.DEPUTY_IN_CHARGE, GROUP, "motion:review")
    delegate = Actor(ME, "我", (), (lent,))
    for noun, state, action in cells():
        answer = why_not(POLICY, subject(noun, state), action, delegate, NOW)
        assert (answer is None) == ((noun, state, action) == ("motion", "endorsed", "review")), (noun, state, action)


@pytest.mark.clause("C4")
def test_a_power_lent_for_one_matter_opens_no_other() -> None:
    mine, other = subject("motion", "endorsed"), subject("motion", "endorsed")
    lent = Mandate(uuid4(), uuid4(), "乙", Role.DEPUTY_IN_CHARGE, GROUP, "motion:review", mine.row.id)
    delegate = Actor(ME, "我", (), (lent,))
    assert why_not(POLICY, mine, "review", delegate, NOW) is None
    answer = why_not(POLICY, other, "review", delegate, NOW)
    assert answer is not None and answer.code == "not_your_role"


@pytest.mark.clause("C4")
def test_a_power_lent_in_one_group_opens_nothing_in_another() -> None:
    lent = Mandate(uuid4(), uuid4(), "乙", Role.DEPUTY_IN_CHARGE, uuid4(), "motion:review")
    answer = why_not(POLICY, subject("motion", "endorsed"), "review", Actor(ME, "我", (), (lent,)), NOW)
    assert answer is not None and answer.code == "not_your_role"


@pytest.mark.clause("C4")
def test_what_the_principal_may_not_do_he_cannot_lend() -> None:
    lent = Mandate(uuid4(), uuid4(), "乙", Role.DEPUTY, GROUP, "motion:review")
    answer = why_not(POLICY, subject("motion", "endorsed"), "review", Actor(ME, "我", (), (lent,)), NOW)
    assert answer is not None and answer.code == "not_your_role"


@pytest.mark.clause("C7")
def test_buttons_list_every_action_a_person_takes_with_the_same_answer() -> None:
    for noun, table in TABLES.items():
        mine = subject(noun, table.initial, Role.DEPARTMENT_STAFF)
        who = actor(Role.DEPARTMENT_STAFF)
        shown = available(POLICY, mine, who, NOW)
        assert [each.action for each in shown] == [name for name in table.actions if not table.rows(name)[0].by_service]
        for each in shown:
            assert each.blocker == why_not(POLICY, mine, each.action, who, NOW)


# The matter is taken back to where it can be signed anew, or a panel goes on without the expert who objects.
WAYS_BACK = {"return", "recall", "withdraw", "cancel", "revise", "change", "postpone", "ask_again", "void_view",
             "exclude", "declare_conflict"}  # fmt: skip
REFUSED = {"refuse_more_time": "extend", "refuse_extension": "ask_extension", "return_report": "report_completion"}
HAPPENED = {"sign_in", "check_in", "leave", "mark_absent"}


@pytest.mark.clause("C20")
@pytest.mark.parametrize("contested", ["endorse", "extend", "ask_extension", "report_completion"])
def test_an_objection_suspends_everything_but_the_ways_back_and_what_happens(contested: str) -> None:
    for noun, state, action in cells():
        for role in ROLES:
            mine = subject(noun, state, role)
            if why_not(POLICY, mine, action, actor(role), NOW) is not None:
                continue
            mine.signatures.append(SimpleNamespace(action=contested, objected_at=NOW))
            answer = why_not(POLICY, mine, action, actor(role), NOW)
            if action in WAYS_BACK | HAPPENED or REFUSED.get(action) == contested:
                assert answer is None, (noun, action)
            else:
                assert answer is not None and answer.code == "objected", (noun, action)

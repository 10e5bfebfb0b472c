"""C20: every step takes paper, or is named with the reason why not."""

import re
from pathlib import Path

import pytest

from app.admin.fields import PAPER
from app.admin.payloads import PAYLOADS
from app.policy import compile_policy, seed_lines
from app.rules.catalogue import TABLES
from app.rules.paper import AT_ONCE, BESIDE, DESK, TEXT, WITHOUT_PAPER, takes_paper
from app.rules.roles import HANDLERS, Role
from app.services.acts import WITH_PAYLOAD
from schema.acting import MUTATIONS
from schema.mutation import Mutation
from schema.naming import STEP_OF, mutation_name, steps_of
from schema.paper import WITHOUT_PAPER as NO_STEPS

pytestmark = pytest.mark.clause("C20")
STEPS = [(noun, action) for noun in TABLES for action in steps_of(noun)]


def test_every_step_takes_paper_or_is_named_with_a_reason() -> None:
    assert Mutation, "the module in which all mutations are declared"
    for noun, action in STEPS:
        named = (noun, action) in WITHOUT_PAPER
        assert takes_paper(noun, action) != named, (noun, action)
        fields = MUTATIONS[mutation_name(noun, action)].given.__annotations__
        assert ("paper" in fields) != named, f"the mutation of {noun}:{action}"
    assert set(WITHOUT_PAPER) <= set(STEPS)
    assert set(WITHOUT_PAPER) <= WITH_PAYLOAD, "a plain step needs no more than its signer"


def test_every_other_mutation_is_named_with_a_reason() -> None:
    assert STEP_OF["readPapers"] in BESIDE and MUTATIONS["readPapers"].on_paper, "no step, and signed for all the same"
    others = {name for name in MUTATIONS if name not in STEP_OF}
    assert others == set(NO_STEPS)
    for name in others:
        assert MUTATIONS[name].on_paper is None and not hasattr(MUTATIONS[name].given, "paper"), name


def test_the_reasons_are_true_of_the_policy() -> None:
    """What is called the office's own handling is open to its staff, and to nobody outside; whoever holds a paper can
    take such a step himself."""
    policy = compile_policy(seed_lines())
    for (noun, action), why in WITHOUT_PAPER.items():
        assert why in (AT_ONCE, TEXT, DESK) and why.zh and why.en
        roles = policy.allowed_roles(noun, action)
        if (noun, action) not in (("attendance", "check_in"), ("opinion", "draft_answer")):
            assert Role.DEPARTMENT_STAFF.value in roles, (noun, action)
            assert roles <= {role.value for role in HANDLERS}, (noun, action)


def test_what_a_form_asks_is_never_mistaken_for_the_paper() -> None:
    names = {field.name for field in PAPER}
    for step, payload in PAYLOADS.items():
        assert not names & {field.name for field in payload.fields}, step


def test_the_page_names_what_takes_no_paper() -> None:
    page = (Path(__file__).parents[2] / "docs" / "paper.md").read_text("utf-8").partition("| why | steps |")[2]
    named = {STEP_OF[name] for name in re.findall(r"`(\w+)`", page) if name in STEP_OF}
    assert named == set(WITHOUT_PAPER)

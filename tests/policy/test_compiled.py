"""The compiled policy against Casbin itself, which is the oracle."""

import pytest

from app.policy import Line, Policy, compile_policy, seed_lines

SEED = seed_lines()
ROLES = sorted({name for line in SEED for name in (line[1:3] if line[0] == "g" else line[1:2])})
PAIRS = sorted({(line[2], line[3]) for line in SEED if line[0] == "p"})


def agree(policy: Policy, lines: list[Line], only: str = "") -> None:
    """Hold every (role, noun, action) of the compiled policy against enforce(), or those of one noun."""
    scopes = {(line[1], line[2]): set[str]() for line in lines if line[0] == "p" and line[3] == "read"}
    for line in lines:
        if line[0] == "p" and line[3] == "read" and line[5] == "allow":
            scopes[line[1], line[2]].add(line[4])
    for role in ROLES:
        for noun, action in (pair for pair in PAIRS if only in ("", pair[0])):
            said = policy.enforcer.enforce(role, noun, action)
            if action == "read":
                found = policy.read_scopes([role], noun)
                assert bool(found) == said, (role, noun, action)
                assert found <= {scope for (_, of), names in scopes.items() if of == noun for scope in names}
            else:
                assert (role in policy.allowed_roles(noun, action)) == said, (role, noun, action)


@pytest.mark.clause("A3.2", "A4.4")
def test_the_compiled_policy_says_what_casbin_says() -> None:
    agree(compile_policy(SEED), SEED)


@pytest.mark.clause("C13")
@pytest.mark.parametrize(
    "denied",
    [
        ("p", "leader", "motion", "admit", "group", "deny", "A3.2"),
        ("p", "leader", "motion", "read", "part", "deny", "A4.4"),
        ("p", "responsible", "motion", "read", "part", "deny", "A4.4"),
        ("p", "department_staff", "task", "read", "part", "deny", "C1"),
        ("p", "anonymous", "publication", "read", "public", "deny", "C10"),
    ],
)
def test_a_denial_wins_over_every_permission(denied: Line) -> None:
    for lines in ([denied, *SEED], [*SEED, denied]):  # the order of the lines does not matter
        policy = compile_policy(lines)
        assert not policy.enforcer.enforce(*denied[1:4])
        agree(policy, lines, denied[2])


@pytest.mark.clause("A4.4")
def test_reading_is_inherited_upwards_only() -> None:
    policy = compile_policy(SEED)
    assert policy.read_scopes(["leader"], "motion") == {"part"}
    assert policy.read_scopes(["responsible"], "task") == {"own"}
    assert policy.read_scopes(["leader"], "task") == {"own", "part"}
    for administrator in ("system_admin", "security_admin", "auditor"):  # what he has part in as a person, no more
        assert policy.read_scopes([administrator], "motion") == {"part"}
    assert not policy.read_scopes(["anonymous"], "motion")
    assert not policy.read_scopes(["leader"], "trail")

"""Removals from the policy: one role more that may, or a reading without bounds."""

import shutil
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import app.policy
from app.rules.roles import Role
from tests.support.removals.removal import Removal


def removals() -> Iterator[Removal]:
    lines = [line[1:] for line in app.policy.seed_lines() if line[0] == "p" and line[5] == "allow"]
    clauses: dict[tuple[str, str], dict[str, None]] = {}
    holders: dict[tuple[str, str], set[str]] = {}
    for role, noun, action, scope, _effect, clause in lines:
        if action == "read":
            yield from _reading(role, noun, scope, clause)
        else:
            clauses.setdefault((noun, action), {})[clause] = None
            holders.setdefault((noun, action), set()).add(role)
    for (noun, action), named in clauses.items():
        for role in [each.value for each in Role if each.value not in holders[noun, action]]:
            for clause in named:
                more = partial(_more, f"p, {role}, {noun}, {action}, group, allow, {clause}")
                yield Removal((clause,), "policy", f"{role} may {noun}:{action}", more, "who_may")


def _reading(role: str, noun: str, scope: str, clause: str) -> Iterator[Removal]:
    """Whoever reads within bounds reads everything; what only one administrator reads, another reads too."""
    if scope in ("part", "own", "public"):
        more = partial(_more, f"p, {role}, {noun}, read, installation, allow, {clause}")
        yield Removal((clause,), "policy", f"{role} reads every {noun}", more, "who_may")
    elif scope == "installation":
        for other in ("system_admin", "security_admin", "auditor", "signed_in"):
            if other != role:
                more = partial(_more, f"p, {other}, {noun}, read, installation, allow, {clause}")
                yield Removal((clause,), "policy", f"{other} reads every {noun}", more, "who_may")


def _more(line: str) -> None:
    """The shipped policy with one line more, in a folder of its own."""
    folder = Path(tempfile.mkdtemp(prefix="yishi-removal-"))
    for name in ("model.conf", "policy.csv"):
        shutil.copy(app.policy.FOLDER / name, folder / name)
    with (folder / "policy.csv").open("a", encoding="utf-8") as file:
        file.write(f"\n{line}\n")
    app.policy.FOLDER = folder

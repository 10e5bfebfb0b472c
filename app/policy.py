"""The only door to Casbin: may this role act, and how far does its reading reach.

The policy in force lies in the table `policy_rule` (seed: policies/policy.csv). It is compiled at load into sets, so
that a decision is one look-up; Casbin's own `enforce` serves explanations and is the oracle in tests.
"""

import csv
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import casbin
from casbin.rbac.default_role_manager import RoleManager
from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.core.enforces import enforces
from app.models.records import PolicyRule, PolicyVersion

logging.getLogger("casbin.enforcer").setLevel(logging.ERROR)
FOLDER = Path(__file__).resolve().parent.parent / "policies"

# Casbin follows ten steps down a hierarchy and no more unless told; from the leader to the public there are eleven.
_DEEPEST = 100

Line = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Policy:
    """A policy as compiled sets. It is never changed: a new version is a new object."""

    version: int
    acts: dict[tuple[str, str], frozenset[str]]
    reads: dict[tuple[str, str], frozenset[str]]
    enforcer: casbin.Enforcer = field(repr=False, compare=False)

    @enforces("A3.2")
    def allowed_roles(self, noun: str, action: str) -> frozenset[str]:
        """The roles that may act themselves. Acting is never inherited (DESIGN: hierarchy inherits reading only)."""
        return self.acts.get((noun, action), frozenset())

    @enforces("A4.4")
    def read_scopes(self, roles: Iterable[str], noun: str) -> frozenset[str]:
        """How far these roles together may read this noun; empty: not at all."""
        found: set[str] = set()
        for role in roles:
            found |= self.reads.get((role, noun), frozenset())
        return frozenset(found)


def seed_lines() -> list[Line]:
    """The shipped policy, one tuple a line, without comments."""
    with (FOLDER / "policy.csv").open(encoding="utf-8", newline="") as file:
        rows = ([cell.strip() for cell in row] for row in csv.reader(file) if row and not row[0].startswith("#"))
        return [tuple(row) for row in rows]


def _enforcer(lines: Sequence[Line]) -> casbin.Enforcer:
    enforcer = casbin.Enforcer(str(FOLDER / "model.conf"))
    enforcer.set_role_manager(RoleManager(_DEEPEST))
    enforcer.add_policies([list(line[1:]) for line in lines if line[0] == "p"])
    enforcer.add_grouping_policies([list(line[1:3]) for line in lines if line[0] == "g"])
    return enforcer


def _below(lines: Sequence[Line]) -> dict[str, frozenset[str]]:
    """For each role, itself and all roles it inherits reading from."""
    children: dict[str, set[str]] = {}
    for line in lines:
        if line[0] == "g":
            children.setdefault(line[1], set()).add(line[2])
        else:
            children.setdefault(line[1], set())
    reach: dict[str, frozenset[str]] = {}
    for role in {name for line in lines for name in line[1:3] if line[0] == "g"} | set(children):
        seen, stack = {role}, [role]
        while stack:
            for child in children.get(stack.pop(), ()):
                if child not in seen:
                    seen.add(child)
                    stack.append(child)
        reach[role] = frozenset(seen)
    return reach


def compile_policy(lines: Sequence[Line], version: int = 0) -> Policy:
    """Turn lines into sets. A denied (role, object, action) wins over any permission, as in the model."""
    rules = [line[1:6] for line in lines if line[0] == "p"]
    denied = {(role, noun, action) for role, noun, action, _scope, effect in rules if effect == "deny"}
    acts: dict[tuple[str, str], set[str]] = {}
    direct: dict[tuple[str, str], set[str]] = {}
    for role, noun, action, scope, effect in rules:
        if effect != "allow":
            continue
        if action == "read":
            direct.setdefault((role, noun), set()).add(scope)
        elif (role, noun, action) not in denied:
            acts.setdefault((noun, action), set()).add(role)
    reach = _below(lines)
    nouns = {noun for _, noun in direct}
    reads: dict[tuple[str, str], frozenset[str]] = {}
    for role, below in reach.items():
        for noun in nouns:
            if not any((name, noun, "read") in denied for name in below):
                scopes = frozenset(scope for name in below for scope in direct.get((name, noun), ()))
                if scopes:
                    reads[role, noun] = scopes
    frozen = {key: frozenset(roles) for key, roles in acts.items()}
    return Policy(version, frozen, reads, _enforcer(lines))


def _line(rule: PolicyRule) -> Line:
    if rule.kind == "g":
        return ("g", rule.role, rule.object)
    return ("p", rule.role, rule.object, rule.action, rule.scope, rule.effect, rule.clause)


def rule_of(line: Line) -> PolicyRule:
    cells = (*line[1:], *[""] * (7 - len(line)))
    names = ("role", "object", "action", "scope", "effect", "clause")
    return PolicyRule(kind=line[0], **dict[str, Any](zip(names, cells, strict=True)))


class PolicyStore:
    """The policy in force for this process; every request compares its version with the database's (one row)."""

    def __init__(self) -> None:
        self._policy: Policy | None = None

    def known(self, version: int) -> Policy | None:
        """The policy of this version, if it is the one that this process has compiled."""
        return self._policy if self._policy is not None and self._policy.version == version else None

    async def current(self, session: AsyncSession) -> Policy:
        version = await session.scalar(select(col(PolicyVersion.version))) or 0
        if self._policy is None or self._policy.version != version:
            rules = (await session.scalars(select(PolicyRule))).all()
            self._policy = compile_policy([_line(rule) for rule in rules], version)
        return self._policy


async def seed_policy(session: AsyncSession) -> None:
    """Write the shipped lines where the store is empty."""
    if not await session.scalar(select(func.count()).select_from(PolicyRule)):
        await session.execute(insert(PolicyRule), [rule_of(line).model_dump() for line in seed_lines()])
        session.add(PolicyVersion(id=1, version=1))


async def bump_version(session: AsyncSession) -> None:
    """Tell every process that the policy has changed; they see it at their next request."""
    await session.execute(update(PolicyVersion).values(version=col(PolicyVersion.version) + 1))

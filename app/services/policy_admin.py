"""Changing the policy (C13): the security administrator allows or takes away one line at a time."""

from sqlalchemy import delete
from sqlmodel import col

from app.core.enforces import enforces
from app.core.refusals import invalid
from app.models.records import PolicyRule
from app.policy import bump_version
from app.rules.catalogue import TABLES
from app.rules.roles import Actor, Role
from app.services import trail
from app.services.permits import require
from app.services.work import Work


@enforces("C13")
async def set_rule(work: Work, actor: Actor, role: str, noun: str, action: str, scope: str, allowed: bool) -> None:
    """Allow or take away; every process obeys from its next request on."""
    require(work, actor, "policy", "edit", None, "C13")
    if role not in {known.value for known in Role}:
        raise invalid("role", "没有这个角色。", f"There is no role {role!r}.", "C13")
    if noun not in TABLES or action not in TABLES[noun].actions:
        raise invalid("action", "没有这项权限。", f"There is no permission {noun}:{action}.", "C13")
    where = (col(PolicyRule.role) == role, col(PolicyRule.object) == noun, col(PolicyRule.action) == action)
    await work.session.execute(delete(PolicyRule).where(*where))
    if allowed:
        clause = TABLES[noun].rows(action)[0].clause
        work.session.add(
            PolicyRule(kind="p", role=role, object=noun, action=action, scope=scope, effect="allow", clause=clause)
        )
    await bump_version(work.session)
    await trail.append(
        work.session,
        trail.entry(
            work.now,
            "policy",
            "allow" if allowed else "take_away",
            "C13",
            actor_id=actor.person_id,
            origin=actor.origin,
        ),
    )

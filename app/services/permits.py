"""May this actor begin something, or change what has no state: the same policy, without a subject's table."""

from uuid import UUID

from app.core.refusals import NotFound, Refusal, Refused
from app.models.people import Group
from app.rules.roles import ROLE_NAMES, Actor, Role
from app.services.work import Work


def may(work: Work, actor: Actor, noun: str, action: str, group_id: UUID | None) -> bool:
    roles = actor.all_roles if group_id is None else actor.roles_in(group_id)
    return bool(work.policy.allowed_roles(noun, action) & {role.value for role in roles})


def require(work: Work, actor: Actor, noun: str, action: str, group_id: UUID | None, clause: str) -> None:
    """Raise a refusal that names who may, unless the actor may."""
    if may(work, actor, noun, action, group_id):
        return
    names = [ROLE_NAMES[Role(role)] for role in sorted(work.policy.allowed_roles(noun, action))]
    zh, en = "、".join(name[0] for name in names), ", ".join(name[1] for name in names)
    raise Refused(Refusal("not_your_role", f"此项由{zh}办理。", f"This is for: {en}.", clause, zh, en))


async def require_group(work: Work, group_id: UUID) -> Group:
    group = await work.session.get(Group, group_id)
    if group is None:
        raise NotFound()
    return group

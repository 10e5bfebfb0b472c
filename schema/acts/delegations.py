"""Delegation (C4), the paper route's authority and the signer's objection (C20)."""

from datetime import datetime
from typing import Any

import strawberry

from app.models.people import Delegation, PaperAuthority
from app.models.records import Signature
from app.queries.subjects import MODELS
from app.rules.roles import Actor
from app.services import delegations, entries
from app.services.work import Work
from schema.acting import Act, mutation
from schema.enums import RoleName
from schema.ids import need
from schema.nodes import BY_MODEL


@strawberry.input(description="A power to lend (C4).")
class GrantDelegationInput(Act):
    group_id: strawberry.ID = strawberry.field(description="The leading group.")
    delegate_id: strawberry.ID = strawberry.field(description="The person to whom it is lent.")
    role: RoleName = strawberry.field(description="One's own role that has the power.")
    permission: str = strawberry.field(description="The power, such as motion:review.")
    matter_id: strawberry.ID | None = strawberry.field(
        default=None, description="The one matter it is for; without it for the time."
    )
    starts_at: datetime = strawberry.field(description="When it begins, with its time zone.")
    ends_at: datetime = strawberry.field(description="When it ends by itself.")
    reason: str = strawberry.field(default="", description="Why.")


@strawberry.input(description="A delegation.")
class WithdrawDelegationInput(Act):
    id: strawberry.ID = strawberry.field(description="The delegation.")


@strawberry.input(description="A clerk who may enter what one signs on paper (C20).")
class AuthoriseClerkInput(Act):
    group_id: strawberry.ID = strawberry.field(description="The leading group.")
    clerk_id: strawberry.ID = strawberry.field(description="The clerk.")


@strawberry.input(description="An authority given to a clerk (C20).")
class WithdrawClerkInput(Act):
    id: strawberry.ID = strawberry.field(description="The authority.")


@strawberry.input(description="What is wrong with an entry from paper.")
class ObjectToSignatureInput(Act):
    id: strawberry.ID = strawberry.field(description="The signature that was entered.")
    objection: str = strawberry.field(description="What is wrong.")


@strawberry.input(description="A signature.")
class WithdrawObjectionInput(Act):
    id: strawberry.ID = strawberry.field(description="The signature that was objected to.")


@strawberry.input(description="A contested entry, and why it is void.")
class VoidEntryInput(Act):
    id: strawberry.ID = strawberry.field(description="The signature that was entered from paper and objected to.")
    reason: str = strawberry.field(default="", description="Why; must be given.")


def _matter(given: GrantDelegationInput) -> Any:
    model = MODELS.get(given.permission.partition(":")[0])
    return need(BY_MODEL[model].name, given.matter_id) if model and given.matter_id else None


@mutation(Delegation, "授权: lend a power of one's own office (C4).")
async def grant_delegation(work: Work, actor: Actor, given: GrantDelegationInput) -> Any:
    draft = delegations.DelegationDraft(
        delegate_id=need("Person", given.delegate_id),
        role=given.role.value,
        permission=given.permission,
        starts_at=given.starts_at,
        ends_at=given.ends_at,
        matter_id=_matter(given),
        reason=given.reason,
    )
    return await delegations.delegate(work, actor, need("Group", given.group_id), draft)


@mutation(Delegation, "撤回授权: take a lent power back (C4).")
async def withdraw_delegation(work: Work, actor: Actor, given: WithdrawDelegationInput) -> Any:
    return await delegations.withdraw_delegation(work, actor, need("Delegation", given.id))


@mutation(PaperAuthority, "授权代录: let a clerk enter what one signs on paper (C20).")
async def authorise_clerk(work: Work, actor: Actor, given: AuthoriseClerkInput) -> Any:
    group, clerk = need("Group", given.group_id), need("Person", given.clerk_id)
    return await delegations.authorise_clerk(work, actor, group, clerk)


@mutation(PaperAuthority, "收回代录授权: the clerk enters nothing more for the signer (C20).")
async def withdraw_clerk(work: Work, actor: Actor, given: WithdrawClerkInput) -> Any:
    return await delegations.withdraw_authority(work, actor, need("PaperAuthority", given.id))


@mutation(Signature, "提出异议: object to what was entered from paper; the matter is suspended (C20).")
async def object_to_signature(work: Work, actor: Actor, given: ObjectToSignatureInput) -> Any:
    return await delegations.object_to(work, actor, need("Signature", given.id), given.objection)


@mutation(Signature, "撤回异议: withdraw the objection (C20).")
async def withdraw_objection(work: Work, actor: Actor, given: WithdrawObjectionInput) -> Any:
    return await delegations.withdraw_objection(work, actor, need("Signature", given.id))


@mutation(Signature, "作废代录: void an entry from paper to which its signer objects; it stays on record (C20).")
async def void_entry(work: Work, actor: Actor, given: VoidEntryInput) -> Any:
    return await entries.void_entry(work, actor, need("Signature", given.id), given.reason)

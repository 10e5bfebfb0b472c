"""Delegation (C4) and the paper route's authority and objection (C20)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from app.core.enforces import enforces
from app.core.refusals import NotFound, Refusal, Refused, invalid
from app.models.people import Delegation, PaperAuthority, Person
from app.models.records import Signature, Task
from app.queries.subjects import MODELS, load_subject
from app.queries.visibility import lent_holders, lent_states
from app.rules.catalogue import TABLES
from app.rules.paper import BESIDE
from app.rules.roles import Actor, Mandate, Role, of_person
from app.services import papers, parts, trail
from app.services.permits import require
from app.services.tells import tell
from app.services.work import Work


@dataclass(frozen=True, slots=True)
class DelegationDraft:
    """One named power (`motion:review`) of one's own role, for one matter or for a time."""

    delegate_id: UUID
    role: str
    permission: str
    starts_at: datetime
    ends_at: datetime
    matter_id: UUID | None = None
    reason: str = ""


def _check(work: Work, actor: Actor, group_id: UUID, draft: DelegationDraft) -> None:
    noun, _, action = draft.permission.partition(":")
    if noun not in TABLES or action not in TABLES[noun].actions:
        raise invalid("permission", "没有这项权限。", f"There is no such power: {draft.permission}.", "C4")
    own = {role.value for role in actor.roles_in(group_id)}
    if draft.role not in own or draft.role not in work.policy.allowed_roles(noun, action):
        raise Refused(
            Refusal(
                "not_your_power",
                "只能委托本人职务所有的权限,受托的权限不得转委托。",
                "One delegates powers of one's own office only; a lent power cannot be passed on.",
                "C4",
            )
        )
    if draft.ends_at <= draft.starts_at or draft.ends_at <= work.now:
        raise invalid(
            "endsAt", "结束时间须晚于开始时间和现在。", "The end lies after the beginning and after now.", "C4"
        )
    if draft.delegate_id == actor.person_id:
        raise invalid("delegate", "不能委托给本人。", "Not to oneself.", "C4")


@enforces("C4")
async def delegate(work: Work, actor: Actor, group_id: UUID, draft: DelegationDraft) -> Delegation:
    """Lend a power. It ends by itself; the delegate sees from its beginning on the matters that wait for it."""
    require(work, actor, "delegation", "grant", group_id, "C4")
    _check(work, actor, group_id, draft)
    if await work.session.get(Person, draft.delegate_id) is None:
        raise invalid("delegate", "没有这位受托人。", "There is no such person.", "C4")
    noun = draft.permission.partition(":")[0]
    if draft.matter_id:
        await work.must_see(MODELS[noun], draft.matter_id, actor)
    row = Delegation(
        group_id=group_id,
        principal_id=actor.me,
        delegate_id=draft.delegate_id,
        role=draft.role,
        permission=draft.permission,
        matter_id=draft.matter_id,
        starts_at=draft.starts_at,
        ends_at=draft.ends_at,
        reason=draft.reason.strip(),
    )
    work.session.add(row)
    await work.session.flush()
    if draft.starts_at <= work.now:
        await show(work, actor, row)
    await _on_trail(work, actor, row, "grant")
    return row


@enforces("C4")
async def show(work: Work, principal: Actor, row: Delegation) -> None:
    """The power begins: its matter, or what waits for it now, is the delegate's to see."""
    noun = row.permission.partition(":")[0]
    if row.matter_id:
        await _show_matter(work, noun, row.matter_id, row)
    else:
        await _show_waiting(work, principal, row, noun)
    row.shown_at = work.now


async def _show_matter(work: Work, noun: str, matter_id: UUID, row: Delegation) -> None:
    matter = await work.session.get(MODELS[noun], matter_id)
    lists = await parts.lists_of(work, await load_subject(work.session, noun, matter))
    await parts.grant(work, noun, matter_id, [of_person(row.delegate_id)], "C4", lists)


async def _show_waiting(work: Work, actor: Actor, row: Delegation, noun: str) -> None:
    """What already waits for the principal's power; what comes to wait later is shown when it does."""
    role = Role(row.role)
    units = {seat.unit_id for seat in actor.seats if seat.role == role and seat.group_id == row.group_id}
    if not units:  # the principal has left the office meanwhile, and the power ended with it
        return
    mandates = [
        Mandate(row.id, row.principal_id, "", role, row.group_id, row.permission, unit_id=unit_id) for unit_id in units
    ]
    query = select(Task).where(
        col(Task.closed_at).is_(None),
        col(Task.noun) == noun,
        col(Task.group_id) == row.group_id,
        col(Task.holder).in_({holder for mandate in mandates for holder in lent_holders(mandate)}),
        col(Task.state).in_(lent_states(mandates[0])),
    )
    for task in (await work.session.scalars(query)).all():
        await _show_matter(work, noun, task.object_id, row)


async def _on_trail(work: Work, actor: Actor, row: Delegation, action: str) -> None:
    await trail.append(
        work.session,
        trail.entry(
            work.now,
            "delegation",
            action,
            "C4",
            object_id=row.id,
            group_id=row.group_id,
            actor_id=actor.person_id,
            for_id=row.delegate_id,
            origin=actor.origin,
        ),
    )


async def withdraw_delegation(work: Work, actor: Actor, delegation_id: UUID) -> Delegation:
    row = await work.session.get(Delegation, delegation_id)
    if row is None or row.principal_id != actor.person_id:
        raise NotFound()
    row.withdrawn_at = row.withdrawn_at or work.now
    await _on_trail(work, actor, row, "withdraw")
    return row


@enforces("C20")
async def authorise_clerk(work: Work, actor: Actor, group_id: UUID, clerk_id: UUID) -> PaperAuthority:
    """Let a clerk enter what one signs on paper. Given twice it is one."""
    require(work, actor, "paper", "authorise", group_id, "C20")
    if clerk_id == actor.person_id or await work.session.get(Person, clerk_id) is None:
        raise invalid("clerk", "请选择代录人。", "Name another person as clerk.", "C20")
    query = select(PaperAuthority).where(
        col(PaperAuthority.group_id) == group_id,
        col(PaperAuthority.principal_id) == actor.person_id,
        col(PaperAuthority.clerk_id) == clerk_id,
    )
    row = await work.session.scalar(query)
    if row is None:
        row = PaperAuthority(group_id=group_id, principal_id=actor.me, clerk_id=clerk_id)
        work.session.add(row)
    row.withdrawn_at = None
    await work.session.flush()
    await _authority_on_trail(work, actor, row, "authorise")
    return row


@enforces("C20")
async def withdraw_authority(work: Work, actor: Actor, authority_id: UUID) -> PaperAuthority:
    """Take it back: from now on the clerk enters nothing more for the signer. What he has entered stays."""
    row = await work.session.get(PaperAuthority, authority_id)
    if row is None or row.principal_id != actor.person_id:
        raise NotFound()
    row.withdrawn_at = row.withdrawn_at or work.now
    await work.session.flush()
    await _authority_on_trail(work, actor, row, "withdraw")
    return row


async def _authority_on_trail(work: Work, actor: Actor, row: PaperAuthority, action: str) -> None:
    await trail.append(
        work.session,
        trail.entry(
            work.now,
            "paper",
            action,
            "C20",
            object_id=row.id,
            group_id=row.group_id,
            actor_id=actor.person_id,
            for_id=row.clerk_id,
            origin=actor.origin,
        ),
    )


async def _own_paper_signature(work: Work, actor: Actor, signature_id: UUID) -> Signature:
    row = await work.session.get(Signature, signature_id)
    if row is None or actor.person_id is None or row.person_id != actor.person_id or row.entered_by is None:
        raise NotFound()
    return row


async def _record(work: Work, actor: Actor, row: Signature, action: str) -> Signature:
    await trail.append(
        work.session,
        trail.entry(
            work.now,
            row.noun,
            action,
            "C20",
            object_id=row.object_id,
            group_id=row.group_id,
            actor_id=actor.person_id,
            origin=actor.origin,
        ),
    )
    await work.session.flush()
    return row


@enforces("C20")
async def object_to(work: Work, actor: Actor, signature_id: UUID, objection: str) -> Signature:
    """The signer objects to what was entered for him: the matter is suspended until he withdraws or it is returned;
    what moves no matter falls at once."""
    row = await _own_paper_signature(work, actor, signature_id)
    if not objection.strip():
        raise invalid("objection", "请写明异议。", "Say what is wrong.", "C20")
    row.objected_at, row.objection = work.now, objection.strip()
    matter = await work.session.get(MODELS[row.noun], row.object_id)
    subject = await load_subject(work.session, row.noun, matter)
    if (row.noun, row.action) in BESIDE:
        await papers.undo_reading(work, subject, row)
    await tell(work, subject, "signature.object", ("general_affairs", "office_director"), actor.person_id)
    return await _record(work, actor, row, "object")


async def withdraw_objection(work: Work, actor: Actor, signature_id: UUID) -> Signature:
    row = await _own_paper_signature(work, actor, signature_id)
    row.objected_at = None
    return await _record(work, actor, row, "withdraw_objection")

"""Lending a power and taking it back (C4); the clerk who may enter what one signs on paper (C20)."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col
from starlette.responses import Response

from app.admin.ask import Ask
from app.admin.door import Page
from app.admin.html import go, show
from app.admin.menu import is_member
from app.admin.titles import person_names
from app.core.clock import at, day_end, today
from app.core.refusals import invalid
from app.models.people import Delegation, Group, PaperAuthority, Person
from app.models.records import Signature
from app.queries.visibility import visible_to
from app.rules.catalogue import TABLES
from app.services import delegations as services

ENTERED = 50


def _powers(ask: Ask) -> list[tuple[UUID, str, str]]:
    """(group, role, permission) of every power of the asker's own offices; what was lent to him is not among them."""
    return [
        (seat.group_id, seat.role.value, f"{noun}:{action}")
        for seat in ask.actor.seats if seat.group_id
        for noun, table in TABLES.items()
        for action in table.actions
        if seat.role.value in ask.policy.allowed_roles(noun, action)
    ]  # fmt: skip


async def _entered(ask: Ask) -> Sequence[Signature]:
    """What was entered from paper in the asker's name, the newest first: he can object (C20)."""
    query = visible_to(ask.view, Signature).where(
        col(Signature.person_id) == ask.person_id, col(Signature.entered_by).is_not(None)
    )
    return (await ask.session.scalars(query.order_by(col(Signature.entered_at).desc()).limit(ENTERED))).all()


async def delegations(ask: Ask) -> Response:
    entered = await _entered(ask)
    if not is_member(ask) and not entered:
        ask.must("delegation:grant", "C4")
    rows = (
        await ask.session.scalars(visible_to(ask.view, Delegation).order_by(col(Delegation.starts_at).desc()))
    ).all()
    given = select(PaperAuthority).where(
        col(PaperAuthority.principal_id) == ask.person_id, col(PaperAuthority.withdrawn_at).is_(None)
    )
    clerks = (await ask.session.scalars(given)).all()
    ids = {key for row in rows for key in (row.principal_id, row.delegate_id)} | {row.clerk_id for row in clerks}
    ids |= {key for row in entered for key in (row.person_id, row.for_id, row.entered_by)}
    others = (
        visible_to(ask.view, Person)
        .where(col(Person.active), col(Person.id) != ask.person_id)
        .order_by(col(Person.name))
    )
    groups = (await ask.session.scalars(visible_to(ask.view, Group))).all()
    return show(
        ask, "admin/delegations.html", rows=rows, clerks=clerks, names=await person_names(ask, ids),
        others=(await ask.session.scalars(others)).all(), group_of={row.id: row.name for row in groups},
        powers=_powers(ask) if ask.may("delegation:grant") else [], today=today(),
        may_authorise=ask.may("paper:authorise"), entered=entered,
        groups={seat.group_id for seat in ask.actor.seats if seat.group_id},
    )  # fmt: skip


async def grant(ask: Ask) -> Response:
    form = ask.form
    parts = form.needed("power").split("|")
    if len(parts) != 3:
        raise invalid("power", "请选择委托的权限。", "Choose the power to lend.", "C4")
    group_id, role, permission = parts
    draft = services.DelegationDraft(
        delegate_id=form.uuid("delegate_id"), role=role, permission=permission, starts_at=at(form.day("starts_on"), 0),
        ends_at=day_end(form.day("ends_on")), matter_id=form.uuid_or_none("matter_id"), reason=form.text("reason"),
    )  # fmt: skip
    async with ask.begin() as work:
        await services.delegate(work, ask.actor, as_group(group_id), draft)
    return go(ask, "/admin/delegations")


def as_group(value: str) -> UUID:
    try:
        return UUID(value)
    except ValueError as error:
        raise invalid("power", "请选择委托的权限。", "Choose the power to lend.", "C4") from error


async def withdraw(ask: Ask) -> Response:
    async with ask.begin() as work:
        await services.withdraw_delegation(work, ask.actor, ask.path_id())
    return go(ask, "/admin/delegations")


async def authorise(ask: Ask) -> Response:
    async with ask.begin() as work:
        await services.authorise_clerk(work, ask.actor, ask.form.uuid("group_id"), ask.form.uuid("clerk_id"))
    return go(ask, "/admin/delegations")


async def withdraw_clerk(ask: Ask) -> Response:
    async with ask.begin() as work:
        await services.withdraw_authority(work, ask.actor, ask.path_id())
    return go(ask, "/admin/delegations")


PAGES = (
    Page("/delegations", delegations),
    Page("/delegations", grant, "POST"),
    Page("/delegations/{id}/withdraw", withdraw, "POST"),
    Page("/clerks", authorise, "POST"),
    Page("/clerks/{id}/withdraw", withdraw_clerk, "POST"),
)

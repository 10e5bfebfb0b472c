"""The roles and what they may do: the policy in force as a matrix, changed a line at a time (C13)."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import col
from starlette.responses import Response

from app.admin.ask import Ask
from app.admin.door import Page
from app.admin.html import go, show
from app.models.records import PolicyRule
from app.queries.visibility import row_filter
from app.rules.catalogue import TABLES
from app.rules.roles import ADMINISTRATORS, Role
from app.services.policy_admin import set_rule


@dataclass(frozen=True, slots=True)
class Beside:
    """A permission that is no step of a table: reading, drafting, lending, administration."""

    noun: str
    action: str
    scope: str
    clause: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One action of a table and the roles that may take it."""

    action: str
    clause: str
    by_service: bool
    roles: frozenset[str]


def _lines(ask: Ask, noun: str) -> list[Line]:
    table = TABLES[noun]
    return [
        Line(action, rows[0].clause, rows[0].by_service, ask.policy.allowed_roles(noun, action))
        for action in table.actions
        if (rows := table.rows(action))
    ]


async def _beside(ask: Ask) -> list[Beside]:
    query = select(PolicyRule).where(row_filter(ask.view, PolicyRule), col(PolicyRule.kind) == "p")
    by_line: dict[tuple[str, str, str, str], list[str]] = {}
    for rule in (await ask.session.scalars(query.order_by(col(PolicyRule.object), col(PolicyRule.action)))).all():
        if rule.object not in TABLES or rule.action not in TABLES[rule.object].actions:
            by_line.setdefault((rule.object, rule.action, rule.scope, rule.clause), []).append(rule.role)
    return [Beside(*key, tuple(roles)) for key, roles in by_line.items()]


async def roles(ask: Ask) -> Response:
    ask.must_see_all("policy")
    noun = ask.request.query_params.get("noun", "motion")
    noun = noun if noun in TABLES else "motion"
    return show(
        ask, "admin/roles.html", noun=noun, nouns=list(TABLES), lines=_lines(ask, noun), others=await _beside(ask),
        roles=[role for role in Role if role not in ADMINISTRATORS], may_edit=ask.may("policy:edit"),
        version=ask.policy.version,
    )  # fmt: skip


async def change(ask: Ask) -> Response:
    form = ask.form
    noun, action, role = form.needed("noun"), form.needed("action"), form.needed("role")
    async with ask.begin() as work:
        await set_rule(work, ask.actor, role, noun, action, form.text("scope") or "group", form.checked("allowed"))
    return go(ask, f"/admin/roles?noun={noun if noun in TABLES else 'motion'}")


PAGES = (Page("/roles", roles), Page("/roles", change, "POST"))

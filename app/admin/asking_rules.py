"""The rules of whom to ask, on a page (A3.3): what holds, what held, and a form for a new one."""

from sqlmodel import col
from starlette.responses import Response

from app.admin.ask import Ask, forbidden
from app.admin.choices import units_of
from app.admin.door import Page
from app.admin.drafts import groups_for
from app.admin.html import go, show
from app.admin.titles import unit_names
from app.core.clock import today
from app.models.people import Group
from app.models.review import AskingRule
from app.queries.visibility import visible_to
from app.rules.categories import CATEGORIES
from app.services import asking_rules as services
from app.services.asking_rules import RuleDraft

LIMIT = 500


async def rules(ask: Ask) -> Response:
    if not ask.view.scopes("asking_rule"):
        raise forbidden("A3.3")
    day, mine = today(), [seat.group_id for seat in ask.actor.seats if seat.group_id]
    query = visible_to(ask.view, AskingRule).where(col(AskingRule.group_id).in_(mine)).limit(LIMIT)
    newest = (await ask.session.scalars(query.order_by(col(AskingRule.id).desc()))).all()
    groups = groups_for(ask, "asking_rule:edit")
    named = (await ask.session.scalars(visible_to(ask.view, Group).where(col(Group.id).in_(groups)))).all()
    return show(
        ask, "admin/asking_rules.html", day=day, units=await unit_names(ask, [row.unit_id for row in newest]),
        rules=sorted(newest, key=lambda row: row.ends_on is not None and row.ends_on < day), may_edit=set(groups),
        choices={
            "groups": [(str(row.id), row.name) for row in named],
            "units": await units_of(ask, groups[0]) if groups else [],
            "categories": [(code, f"{code} {ask.say(row.zh, row.en)}") for code, row in CATEGORIES.items()],
        },
    )  # fmt: skip


async def add(ask: Ask) -> Response:
    form = ask.form
    draft = RuleDraft(
        unit_id=form.uuid("unit_id"), basis=form.text("basis"), starts_on=form.day_or_none("starts_on") or today(),
        category=form.text("category"), tag=form.text("tag"), amount_from=form.amount_or_none("amount_from"),
        amount_to=form.amount_or_none("amount_to"), ends_on=form.day_or_none("ends_on"),
    )  # fmt: skip
    async with ask.begin() as work:
        await services.add_rule(work, ask.actor, form.uuid("group_id"), draft)
    return go(ask, "/admin/asking-rules")


async def end(ask: Ask) -> Response:
    rule_id, last = ask.path_id(), ask.form.day("ends_on")
    async with ask.begin() as work:
        await services.end_rule(work, ask.actor, rule_id, last)
    return go(ask, "/admin/asking-rules")


PAGES = (
    Page("/asking-rules", rules),
    Page("/asking-rules", add, "POST"),
    Page("/asking-rules/{id}/end", end, "POST"),
)

"""Rules of whom to ask: added and ended by the office, never changed (A3.3)."""

from datetime import date
from decimal import Decimal
from typing import Any

import strawberry

from app.models.review import AskingRule
from app.rules.roles import Actor
from app.services import asking_rules
from app.services.asking_rules import RuleDraft
from app.services.work import Work
from schema.acting import Act, mutation
from schema.enums import Category
from schema.ids import need


@strawberry.input(description="A new rule of whom to ask. An empty condition holds for every motion.")
class AddAskingRuleInput(Act):
    group_id: strawberry.ID = strawberry.field(description="The leading group.")
    unit_id: strawberry.ID = strawberry.field(description="The unit to be asked.")
    basis: str = strawberry.field(description="Why the unit is asked.")
    starts_on: date = strawberry.field(description="The first day on which the rule holds.")
    ends_on: date | None = strawberry.field(default=None, description="The last day on which it holds.")
    category: Category | None = strawberry.field(default=None, description="Only about motions of this category.")
    tag: str = strawberry.field(default="", description="Only about motions with this tag.")
    amount_from: Decimal | None = strawberry.field(default=None, description="Only from this amount asked on, in yuan.")
    amount_to: Decimal | None = strawberry.field(default=None, description="Only up to this amount asked, in yuan.")


@strawberry.input(description="A rule that ends.")
class EndAskingRuleInput(Act):
    id: strawberry.ID = strawberry.field(description="The rule.")
    ends_on: date = strawberry.field(description="The last day on which it holds.")


@mutation(AskingRule, "增加征求规则: add a rule of whom to ask (A3.3).")
async def add_asking_rule(work: Work, actor: Actor, given: AddAskingRuleInput) -> Any:
    draft = RuleDraft(
        need("Unit", given.unit_id), given.basis, given.starts_on, given.category.value if given.category else "",
        given.tag, given.amount_from, given.amount_to, given.ends_on,
    )  # fmt: skip
    return await asking_rules.add_rule(work, actor, need("Group", given.group_id), draft)


@mutation(AskingRule, "终止征求规则: end a rule of whom to ask; it stays on record (A3.3).")
async def end_asking_rule(work: Work, actor: Actor, given: EndAskingRuleInput) -> Any:
    return await asking_rules.end_rule(work, actor, need("AskingRule", given.id), given.ends_on)

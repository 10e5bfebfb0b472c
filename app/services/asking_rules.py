"""Who is asked about a motion follows from rules that are data with dates of validity (A3.3, A1.3)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import or_, select
from sqlmodel import col

from app.core import lists
from app.core.enforces import enforces
from app.core.refusals import Invalid, Problem, Refusal, Refused, invalid
from app.models.matters import Motion
from app.models.people import Group, GroupUnit
from app.models.review import AskingRule
from app.rules.categories import CATEGORIES
from app.rules.roles import Actor
from app.services import trail
from app.services.permits import require, require_group
from app.services.work import Work

FINANCE = "A1.3 资金类议题必征"


@dataclass(frozen=True, slots=True)
class RuleDraft:
    """What a rule says. Amounts in yuan, both ends included; an empty condition holds for every motion."""

    unit_id: UUID
    basis: str
    starts_on: date
    category: str = ""
    tag: str = ""
    amount_from: Decimal | None = None
    amount_to: Decimal | None = None
    ends_on: date | None = None


def applies(rule: AskingRule, motion: Motion) -> bool:
    """Whether the rule names its unit for this motion; a range of amounts wants an amount."""
    if rule.category and rule.category != motion.category:
        return False
    if rule.tag and rule.tag not in lists.split(motion.tags):
        return False
    if rule.amount_from is None and rule.amount_to is None:
        return True
    asked = motion.amount_asked
    low, high = rule.amount_from, rule.amount_to
    return asked is not None and (low is None or asked >= low) and (high is None or asked <= high)


async def in_force(work: Work, group_id: UUID, day: date) -> list[AskingRule]:
    query = select(AskingRule).where(
        col(AskingRule.group_id) == group_id,
        col(AskingRule.starts_on) <= day,
        or_(col(AskingRule.ends_on).is_(None), col(AskingRule.ends_on) >= day),
    )
    return list((await work.session.scalars(query.order_by(col(AskingRule.id)))).all())


@enforces("A1.3", "A3.3")
async def named_units(work: Work, motion: Motion, group: Group) -> dict[UUID, str]:
    """The units that the rules in force today name for this motion, each with the basis.

    About funds the finance bureau is asked by default (A1.3); a group changes that by rules of its own for the bureau.
    """
    rules = await in_force(work, motion.group_id, work.day)
    found = {rule.unit_id: rule.basis for rule in reversed(rules) if applies(rule, motion)}
    finance = group.settings.get("finance_unit")
    if finance and CATEGORIES[motion.category].finance and str(finance) not in {str(rule.unit_id) for rule in rules}:
        found[UUID(str(finance))] = FINANCE
    return found


def _check(draft: RuleDraft) -> None:
    problems = []
    if not draft.basis.strip() or len(draft.basis.strip()) > 200:
        problems.append(Problem("basis", "请填写依据,不超过200字。", "Give the basis, at most 200 characters."))
    if draft.category and draft.category not in CATEGORIES:
        problems.append(Problem("category", "没有这一类别。", "There is no such category."))
    if len(draft.tag.strip()) > 40:
        problems.append(Problem("tag", "标签不超过40字。", "A tag has at most 40 characters."))
    for name, amount in (("amountFrom", draft.amount_from), ("amountTo", draft.amount_to)):
        if amount is not None and not (amount.is_finite() and 0 <= amount < Decimal("1e14")):
            problems.append(Problem(name, "金额须是正数。", "An amount must be positive."))
    if draft.amount_from is not None and draft.amount_to is not None and draft.amount_to < draft.amount_from:
        problems.append(Problem("amountTo", "金额上限低于下限。", "The range of amounts is upside down."))
    if draft.ends_on and draft.ends_on < draft.starts_on:
        problems.append(Problem("endsOn", "失效日期早于生效日期。", "The rule ends before it begins."))
    if problems:
        raise Invalid(problems, "A3.3")


async def add_rule(work: Work, actor: Actor, group_id: UUID, draft: RuleDraft) -> AskingRule:
    """A new rule. Rules are not changed: one ends, and another begins."""
    await require_group(work, group_id)
    require(work, actor, "asking_rule", "edit", group_id, "A3.3")
    _check(draft)
    if draft.starts_on < work.day:
        raise invalid("startsOn", "生效日期不能早于今天。", "A rule cannot begin in the past.", "A3.3")
    if await work.session.get(GroupUnit, (group_id, draft.unit_id)) is None:
        raise invalid("unitId", "该单位不属于本领导小组。", "The unit does not belong to this group.", "A3.3")
    row = AskingRule(
        group_id=group_id, unit_id=draft.unit_id, category=draft.category, tag=draft.tag.strip(),
        amount_from=draft.amount_from, amount_to=draft.amount_to, basis=draft.basis.strip(),
        starts_on=draft.starts_on, ends_on=draft.ends_on,
    )  # fmt: skip
    work.session.add(row)
    await work.session.flush()
    await _on_trail(work, actor, row, "edit")
    return row


async def end_rule(work: Work, actor: Actor, rule_id: UUID, ends_on: date) -> AskingRule:
    """The last day on which the rule holds; it stays on record."""
    row: AskingRule = await work.must_see(AskingRule, rule_id, actor)
    require(work, actor, "asking_rule", "edit", row.group_id, "A3.3")
    if row.ends_on is not None and row.ends_on < work.day:
        raise Refused(Refusal("rule_has_ended", "该规则已经失效。", "The rule has ended already.", "A3.3"))
    if ends_on < max(row.starts_on, work.day):
        raise invalid(
            "endsOn", "失效日期不能早于今天或生效日期。", "It ends today or later, and not before it begins.", "A3.3"
        )
    row.ends_on = ends_on
    await work.session.flush()
    await _on_trail(work, actor, row, "end")
    return row


async def _on_trail(work: Work, actor: Actor, row: AskingRule, action: str) -> None:
    entry = trail.entry(
        work.now, "asking_rule", action, "A3.3", object_id=row.id, group_id=row.group_id,
        actor_id=actor.person_id, origin=actor.origin,
    )  # fmt: skip
    await trail.append(work.session, entry)

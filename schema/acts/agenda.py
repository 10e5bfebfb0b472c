"""Arranging an agenda: order, minutes, observers, late items, what is raised on the spot (A2.1, A2.3, A3.1, C17)."""

from typing import Any

import strawberry

from app.models.matters import Item, Meeting
from app.rules.roles import Actor
from app.services import arranging, observers
from app.services.work import Work
from schema.acting import Act, mutation
from schema.enums import AgendaOrder
from schema.ids import need, need_all, want


@strawberry.input(description="An order for an agenda: by hand, or by a rule.")
class OrderAgendaInput(Act):
    id: strawberry.ID = strawberry.field(description="The meeting.")
    item_ids: list[strawberry.ID] = strawberry.field(
        default_factory=list, description="Every item once, in the new order; the state of directives stays first."
    )
    rule: AgendaOrder | None = strawberry.field(default=None, description="Or the rule that orders them.")


@strawberry.input(description="How an item is taken.")
class ArrangeItemInput(Act):
    id: strawberry.ID = strawberry.field(description="The item.")
    minutes: int = strawberry.field(description="How many minutes it is given.")
    rapporteur: str = strawberry.field(default="", description="Who reports on it.")
    under_id: strawberry.ID | None = strawberry.field(
        default=None, description="The item with which it is taken together; each is decided apart."
    )


@strawberry.input(description="Whom to invite to observe.")
class InviteObserversInput(Act):
    id: strawberry.ID = strawberry.field(description="The meeting.")
    person_ids: list[strawberry.ID] = strawberry.field(description="The persons.")
    item_ids: list[strawberry.ID] = strawberry.field(
        default_factory=list, description="For these items; without any for the whole meeting."
    )
    experts: bool = strawberry.field(default=False, description="Whether they come as experts (A3.7).")


@strawberry.input(description="An item proposed after consent was given: one motion or one topic.")
class AddLateItemInput(Act):
    id: strawberry.ID = strawberry.field(description="The meeting.")
    motion_id: strawberry.ID | None = strawberry.field(default=None, description="The motion.")
    topic_id: strawberry.ID | None = strawberry.field(default=None, description="Or the topic of an office meeting.")
    reason: str = strawberry.field(default="", description="Why so late; must be given.")


@strawberry.input(description="What somebody brought up in the meeting.")
class RaiseMatterInput(Act):
    id: strawberry.ID = strawberry.field(description="The meeting.")
    title: str = strawberry.field(description="What was raised.")
    text: str = strawberry.field(default="", description="What was said of it.")


@mutation(Meeting, "调整议程顺序: order an agenda by hand or by a rule (A2.1).")
async def order_agenda(work: Work, actor: Actor, given: OrderAgendaInput) -> Any:
    rule = given.rule.value if given.rule else ""
    items = need_all("AgendaItem", given.item_ids)
    return await arranging.order_agenda(work, actor, need("Meeting", given.id), items, rule)


@mutation(Item, "安排时长和汇报人: minutes, rapporteur, and what is taken together (A2.1).")
async def arrange_item(work: Work, actor: Actor, given: ArrangeItemInput) -> Any:
    under = want("AgendaItem", given.under_id)
    return await arranging.arrange_item(
        work, actor, need("AgendaItem", given.id), given.minutes, given.rapporteur, under
    )


@mutation(Meeting, "邀请列席: invite officials or experts to observe (A2.3, A3.7).")
async def invite_observers(work: Work, actor: Actor, given: InviteObserversInput) -> Any:
    people, items = need_all("Person", given.person_ids), need_all("AgendaItem", given.item_ids)
    capacity = "expert" if given.experts else "invited"
    return await observers.invite_observers(work, actor, need("Meeting", given.id), people, items, capacity)


@mutation(Item, "临时增加议程: propose an item after consent; it needs the leader's yes (A3.1).")
async def add_late_item(work: Work, actor: Actor, given: AddLateItemInput) -> Any:
    motion, topic = want("Motion", given.motion_id), want("Topic", given.topic_id)
    noun, key = ("topic", topic) if topic else ("motion", motion or need("Motion", ""))
    return await arranging.add_late_item(work, actor, need("Meeting", given.id), noun, key, given.reason)


@mutation(Item, "记录临时提出事项: record what was raised; it can be noted or referred (C17).")
async def raise_matter(work: Work, actor: Actor, given: RaiseMatterInput) -> Any:
    return await arranging.raise_matter(work, actor, need("Meeting", given.id), given.title, given.text)

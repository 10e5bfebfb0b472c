"""Files and cards of matters (A4.4, C8). Files come in at `POST /files/{noun}/{id}`, never through a mutation."""

from typing import Any

import strawberry

from app.models.matters import Meeting
from app.models.papers import Attachment, RegisterCard
from app.queries.subjects import MODELS
from app.rules.roles import Actor
from app.services import attachments, papers, secrecy
from app.services.work import Work
from schema.acting import Act, mutation
from schema.enums import CardedNoun, SecrecyLevel
from schema.ids import need, need_all
from schema.nodes import BY_MODEL


@strawberry.input(description="A file, and why it is withdrawn.")
class WithdrawAttachmentInput(Act):
    id: strawberry.ID = strawberry.field(description="The file.")
    reason: str = strawberry.field(default="", description="Why; must be given.")


@strawberry.input(description="What stands in the place of a paper that may not be kept here.")
class RegisterCardInput(Act):
    noun: CardedNoun = strawberry.field(description="What kind of matter it belongs to.")
    id: strawberry.ID = strawberry.field(description="The matter.")
    number: str = strawberry.field(description="The paper's number.")
    level: SecrecyLevel = strawberry.field(description="Its level; a city's bodies set none above 机密 (art. 17).")
    years: int = strawberry.field(description="Its term: at most 20 years for 机密, 10 for 秘密 (art. 20).")
    keeper: str = strawberry.field(description="Who keeps it.")
    place: str = strawberry.field(description="Where it lies.")


@strawberry.input(description="Papers that were read.")
class ReadPapersInput(Act):
    id: strawberry.ID = strawberry.field(description="The meeting.")
    item_ids: list[strawberry.ID] = strawberry.field(
        default_factory=list, description="The items whose papers were read; without any, all of them."
    )


@mutation(Meeting, "签收会议材料: say that one has read the papers, of these items or of all (A4.2).")
async def read_papers(work: Work, actor: Actor, given: ReadPapersInput) -> Any:
    items = need_all("AgendaItem", given.item_ids)
    return await papers.read_papers(work, actor, need("Meeting", given.id), items)


@mutation(Attachment, "撤回附件: take a file out of what is in force; it stays on record (C8).")
async def withdraw_attachment(work: Work, actor: Actor, given: WithdrawAttachmentInput) -> Any:
    return await attachments.withdraw(work, actor, need("Attachment", given.id), given.reason)


@mutation(RegisterCard, "登记国家秘密载体: a card in the place of a paper that may not be kept here (A4.4).")
async def register_card(work: Work, actor: Actor, given: RegisterCardInput) -> Any:
    key = need(BY_MODEL[MODELS[given.noun.value]].name, given.id)
    return await secrecy.register_card(
        work, actor, given.noun.value, key, given.number, given.level.value, given.years, given.keeper, given.place
    )

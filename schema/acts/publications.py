"""Publication (B1.6, C10)."""

from typing import Any

import strawberry

from app.models.outcome import Publication
from app.rules.roles import Actor
from app.services import publications
from app.services.work import Work
from schema.acting import Act, mutation
from schema.enums import Ground
from schema.ids import need


@strawberry.input(description="A public text.")
class DraftPublicationInput(Act):
    document_id: strawberry.ID = strawberry.field(description="The registered document.")
    title: str = strawberry.field(description="The public title.")
    text: str = strawberry.field(default="", description="The public text.")


@strawberry.input(description="A public text in other words.")
class EditPublicationInput(Act):
    id: strawberry.ID = strawberry.field(description="The publication.")
    title: str = strawberry.field(description="The public title.")
    text: str = strawberry.field(default="", description="The public text.")


@strawberry.input(description="A publication.")
class PublicationInput(Act):
    id: strawberry.ID = strawberry.field(description="The publication.")


@strawberry.input(description="Why something is not published.")
class WithholdPublicationInput(Act):
    id: strawberry.ID = strawberry.field(description="The publication.")
    ground: Ground = strawberry.field(description="The ground in law.")
    reason: str = strawberry.field(default="", description="Why; must be given.")


@mutation(Publication, "拟公开: write the public text of a registered document (C10).")
async def draft_publication(work: Work, actor: Actor, given: DraftPublicationInput) -> Any:
    document = need("Document", given.document_id)
    return await publications.draft_publication(work, actor, document, given.title, given.text)


@mutation(Publication, "修改公开文本: correct the public text before the secrecy check, or after it came back (C10).")
async def edit_publication(work: Work, actor: Actor, given: EditPublicationInput) -> Any:
    key = need("Publication", given.id)
    return await publications.edit_publication(work, actor, key, given.title, given.text)


@mutation(Publication, "公开发布: publish what passed the secrecy check (B1.6).")
async def publish_publication(work: Work, actor: Actor, given: PublicationInput) -> Any:
    return await publications.publish(work, actor, need("Publication", given.id))


@mutation(Publication, "不予公开: withhold on a ground in law (C10).")
async def withhold_publication(work: Work, actor: Actor, given: WithholdPublicationInput) -> Any:
    return await publications.withhold(work, actor, need("Publication", given.id), given.ground.value, given.reason)

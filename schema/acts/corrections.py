"""Editorial corrections of documents (A3.5)."""

from typing import Any

import strawberry

from app.models.outcome import Document
from app.rules.roles import Actor
from app.services import corrections
from app.services.work import Work
from schema.acting import Act, mutation
from schema.ids import need


@strawberry.input(description="Other words for a document, without a change of substance.")
class CorrectDocumentInput(Act):
    id: strawberry.ID = strawberry.field(description="The document.")
    title: str = strawberry.field(description="The title as corrected.")
    body: str = strawberry.field(description="The text as corrected.")
    reason: str = strawberry.field(default="", description="What is corrected; must be given.")


@strawberry.input(description="A document whose correction waits for a second reader.")
class CorrectionInput(Act):
    id: strawberry.ID = strawberry.field(description="The document.")
    reason: str = strawberry.field(default="", description="Why; must be given when the correction is dropped.")


@mutation(Document, "文字更正: propose an editorial correction; signatures stay once a second reader confirms (A3.5).")
async def correct_document(work: Work, actor: Actor, given: CorrectDocumentInput) -> Any:
    key = need("Document", given.id)
    await corrections.propose_correction(work, actor, key, given.title, given.body, given.reason)
    return (await work.subject("document", key, actor)).row


@mutation(Document, "复核更正: confirm the correction as second reader (A3.5).")
async def confirm_document_correction(work: Work, actor: Actor, given: CorrectionInput) -> Any:
    key = need("Document", given.id)
    await corrections.confirm_correction(work, actor, key)
    return (await work.subject("document", key, actor)).row


@mutation(Document, "不予更正: drop the correction; the text stays as signed (A3.5).")
async def drop_document_correction(work: Work, actor: Actor, given: CorrectionInput) -> Any:
    key = need("Document", given.id)
    await corrections.drop_correction(work, actor, key, given.reason)
    return (await work.subject("document", key, actor)).row

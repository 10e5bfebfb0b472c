"""Decision documents (A3.5)."""

from typing import Any

import strawberry

from app.models.outcome import Document
from app.rules.roles import Actor
from app.services import documents
from app.services.work import Work
from schema.acting import Act, mutation
from schema.ids import need, need_all, want


@strawberry.input(description="What a document says.")
class DocumentContent(Act):
    kind: str = strawberry.field(default="通知", description="Its kind, such as 通知.")
    title: str = strawberry.field(description="Its title.")
    addressee: str = strawberry.field(default="", description="To whom it goes.")
    body: str = strawberry.field(description="Its text.")
    decision_ids: list[strawberry.ID] = strawberry.field(description="The decisions of one meeting it puts into force.")
    department_id: strawberry.ID | None = strawberry.field(
        default=None, description="The department that drafts; by default one's own."
    )


@strawberry.input(description="A new document.")
class DraftDocumentInput(DocumentContent):
    group_id: strawberry.ID = strawberry.field(description="The leading group.")


@strawberry.input(description="A document's substance anew.")
class ReviseDocumentInput(DocumentContent):
    id: strawberry.ID = strawberry.field(description="The document.")
    reason: str = strawberry.field(default="", description="Why; must be given.")


@strawberry.input(description="A number to void.")
class VoidDocumentInput(Act):
    id: strawberry.ID = strawberry.field(description="The registered document.")
    reason: str = strawberry.field(description="Why; it stays in the register.")


@strawberry.input(description="A document.")
class DocumentInput(Act):
    id: strawberry.ID = strawberry.field(description="The document.")


def _draft(given: Any) -> documents.DocumentDraft:
    return documents.DocumentDraft(
        kind=given.kind,
        title=given.title,
        body=given.body,
        decision_ids=need_all("Decision", given.decision_ids),
        addressee=given.addressee,
        department_id=want("Unit", given.department_id),
    )


@mutation(Document, "拟稿: draft a document (A3.5).")
async def draft_document(work: Work, actor: Actor, given: DraftDocumentInput) -> Any:
    return await documents.draft_document(work, actor, need("Group", given.group_id), _draft(given))


@mutation(Document, "修改内容: change the substance; all signatures are void and the circuit begins anew (A3.5).")
async def revise_document(work: Work, actor: Actor, given: ReviseDocumentInput) -> Any:
    return await documents.revise_document(work, actor, need("Document", given.id), _draft(given), given.reason)


@mutation(Document, "登记编号: register an issued document; it gets its number and date (A3.5).")
async def register_document(work: Work, actor: Actor, given: DocumentInput) -> Any:
    return await documents.register_document(work, actor, need("Document", given.id))


@mutation(Document, "编号作废: void the number of a registered document; it stays with its reason (A3.5).")
async def void_document(work: Work, actor: Actor, given: VoidDocumentInput) -> Any:
    return await documents.void_number(work, actor, need("Document", given.id), given.reason)

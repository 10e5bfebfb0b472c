"""Registering and withdrawing the documents that a client was built with."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import col

from app.core.refusals import Invalid, NotFound, Problem, invalid
from app.models.trusted import TrustedDocument
from app.services import trail
from app.services.work import Work

_ID = re.compile(r"[\w.~:-]{1,200}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Offered:
    """A document as a build hands it over."""

    document_id: str
    text: str
    label: str = ""

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()


async def register(work: Work, client: str, offered: Sequence[Offered], by: str) -> list[TrustedDocument]:
    """Those that are new for this client, or were withdrawn; the others are registered already. All or nothing."""
    if not client.strip() or len(client) > 100:
        raise invalid("client", "请写明客户端名称(至多100字)。", "Name the client, in at most 100 characters.", "C13")
    faults = [each for document in offered if (each := await _fault(work, document)) is not None]
    if faults:
        raise Invalid(faults, "C13")
    made = [await _register(work, client, document, by) for document in offered]
    return [row for row in made if row is not None]


async def _fault(work: Work, document: Offered) -> Problem | None:
    """An id names one text, for whichever client: whoever asks by it must not get another."""
    if not _ID.fullmatch(document.document_id):
        return Problem(document.label, "文档编号不合规范。", f"“{document.document_id[:50]}” is no id of a document.")
    query = select(col(TrustedDocument.client)).where(
        col(TrustedDocument.document_id) == document.document_id,
        col(TrustedDocument.digest) != document.digest,
        col(TrustedDocument.withdrawn_at).is_(None),
    )
    other = await work.session.scalar(query.limit(1))
    if other is None:
        return None
    return Problem(
        document.label,
        f"编号{document.document_id}已由{other}登记为另一文本。",
        f"{other} has registered another text as {document.document_id}; withdraw that first.",
    )


async def _register(work: Work, client: str, document: Offered, by: str) -> TrustedDocument | None:
    query = select(TrustedDocument).where(
        col(TrustedDocument.client) == client, col(TrustedDocument.document_id) == document.document_id
    )
    row = await work.session.scalar(query)
    if row is not None and row.withdrawn_at is None:
        return None
    row = row or TrustedDocument(client=client, document_id=document.document_id, digest="", text="")
    row.digest, row.text, row.label = document.digest, document.text, document.label[:200]
    row.registered_at, row.registered_by = work.now, by[:100]
    row.withdrawn_at, row.withdrawn_by = None, ""
    work.session.add(row)
    await _record(work, row, "register")
    return row


async def withdraw(work: Work, client: str, document_ids: Sequence[str], by: str) -> list[TrustedDocument]:
    """This client's documents of these ids, or all of them. Raises NotFound where there is nothing to withdraw."""
    query = select(TrustedDocument).where(
        col(TrustedDocument.client) == client, col(TrustedDocument.withdrawn_at).is_(None)
    )
    if document_ids:
        query = query.where(col(TrustedDocument.document_id).in_(document_ids))
    rows = list((await work.session.scalars(query)).all())
    if not rows or len(rows) < len(set(document_ids)):
        raise NotFound()
    for row in rows:
        row.withdrawn_at, row.withdrawn_by = work.now, by[:100]
        await _record(work, row, "withdraw")
    return rows


async def _record(work: Work, row: TrustedDocument, action: str) -> None:
    await trail.append(
        work.session,
        trail.entry(work.now, "trusted_document", action, "C13", object_id=row.id, content_hash=row.digest),
    )

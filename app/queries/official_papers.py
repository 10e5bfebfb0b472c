"""What stands on the paper of a document or of minutes as they were sent (C8)."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.core.clock import local_day
from app.models.minutes import Extract
from app.models.outcome import Document
from app.models.papers import Attachment
from app.models.people import Group, Person
from app.models.records import Signature
from app.rules.layout import Paper
from app.rules.minutes import LABELS, in_words

UNNUMBERED = "（送审稿，未编号）"


def paper_url(noun: str, key: UUID) -> str:
    return f"/files/{noun}/{key}/paper.docx"


async def paper_of_document(session: AsyncSession, row: Document) -> Paper:
    group = await _group(session, row.group_id)
    body, lists = _fallen_apart(row.body) if row.circuit else (row.body, ())
    return Paper(
        kind=row.kind,
        mark=_mark(group, row),
        number=row.number or UNNUMBERED,
        title=row.title,
        body=body,
        addressee=row.addressee,
        signer=await _signer(session, row),
        annexes=await _annexes(session, row),
        lists=lists,
        signed_by=_issuer(group, row),
        dated=in_words(row.dated_on) if row.dated_on else "",
        printed_by=f"{group.name}办公室",
        printed_on=in_words(local_day(row.issued_at)) if row.issued_at else "",
    )


async def paper_of_extract(session: AsyncSession, row: Extract) -> Paper:
    """Mark, number and date are those of the document; of minutes the text is what was sent."""
    document = await session.get(Document, row.document_id)
    assert document is not None  # a foreign key
    whole = await paper_of_document(session, document)
    if not document.circuit:
        return whole
    body, lists = _fallen_apart(row.body)
    return Paper(
        kind=whole.kind, mark=whole.mark, number=row.number, title=row.title, body=body, lists=lists,
        signed_by=whole.signed_by, dated=whole.dated, printed_by=whole.printed_by, printed_on=whole.printed_on,
    )  # fmt: skip


async def _group(session: AsyncSession, group_id: UUID) -> Group:
    group = await session.get(Group, group_id)
    assert group is not None  # a foreign key
    return group


def _mark(group: Group, row: Document) -> str:
    """The issuer's mark; of minutes, whose minutes they are (×××会议纪要)."""
    if not row.circuit:
        return f"{group.name}文件"
    return row.title if group.name in row.title else f"{group.name}{row.title}"


def _issuer(group: Group, row: Document) -> str:
    return f"{group.name}办公室" if row.circuit else group.name


def _fallen_apart(text: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The text of minutes, and the lists at its end, each by its label."""
    lines = text.splitlines()
    lists: list[tuple[str, str]] = []
    while lines and (found := _listed(lines[-1])):
        lists.insert(0, found)
        lines.pop()
    return "\n".join(lines), tuple(lists)


def _listed(line: str) -> tuple[str, str] | None:
    label, names = line.strip()[:2], line.strip()[2:]
    return (label, names[1:].strip()) if label in LABELS and names[:1] in ("：", ":") else None


async def _signer(session: AsyncSession, row: Document) -> str:
    """Who issued it; where somebody did for the leader, the leader (C4)."""
    query = select(Signature).where(
        col(Signature.object_id) == row.id,
        col(Signature.action).in_(("issue", "approve")),
        col(Signature.voided_at).is_(None),
    )
    signature = (await session.scalars(query.order_by(col(Signature.entered_at).desc()))).first()
    person = await session.get(Person, signature.for_id or signature.person_id) if signature else None
    return person.name if person else ""


async def _annexes(session: AsyncSession, row: Document) -> tuple[str, ...]:
    query = select(col(Attachment.name)).where(
        col(Attachment.object_id) == row.id, col(Attachment.until).is_(None), col(Attachment.purpose) == "annex"
    )
    names: Sequence[str] = (await session.scalars(query.order_by(col(Attachment.id)))).all()
    return tuple(name.rpartition(".")[0] or name for name in names)


def file_name(title: str, day: date | None) -> str:
    """A name under which it can be saved anywhere."""
    plain = "".join("_" if sign in '\\/:*?"<>|' else sign for sign in title if sign.isprintable())
    return f"{plain[:80]}{f'-{day}' if day else ''}.docx"

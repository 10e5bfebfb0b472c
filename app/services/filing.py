"""The way of a file into the store (C8, A4.4): examined before it has a name, kept before it has a row."""

import asyncio
import hashlib
from typing import Any, BinaryIO
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.adapters.file_checks import really_is
from app.adapters.file_texts import Unreadable, texts_of
from app.adapters.files import FileMissing, FileStore
from app.adapters.uploads import Upload
from app.core.enforces import enforces
from app.core.file_names import ending_of
from app.core.refusals import NotFound, Refusal, Refused
from app.models.engine import Database
from app.models.papers import Attachment
from app.models.people import Group
from app.queries.subjects import MODELS
from app.queries.visibility import View, visible_to
from app.rules.file_types import DEFAULT_FILE_TYPES, FILE_TYPES
from app.rules.roles import Actor
from app.services import attachments, readings, secrecy
from app.services.attachments import Content, Target
from app.services.secrets import refuse_secrets
from app.services.work import Works


async def admit(works: Works, actor: Actor, target: Target) -> Group:
    """Before anything is received: may this actor put a file there now? The group, whose customs hold for the file."""
    async with works.begin() as work:
        return (await attachments.admit(work, actor, target)).group


async def take(
    works: Works, store: FileStore, actor: Actor, target: Target, group: Group, upload: Upload
) -> Attachment:
    """Examine what was received, keep it, and write its row; what is refused leaves nothing behind."""
    try:
        content = await examined(group, upload)
    except Refused as refused:
        if refused.refusal.code == "state_secret":
            upload.close()
            await secrecy.tell_officer(works, actor, group.id, target.noun)
        raise
    await store.keep(content.digest, upload.file)
    async with works.begin() as work:
        return await attachments.put(work, actor, target, content)


@enforces("C8", "A4.4")
async def examined(group: Group, upload: Upload) -> Content:
    """The file is of a type that the group takes, is what its name says, and carries no mark of a state secret."""
    refuse_secrets(upload.name)
    ending = ending_of(upload.name)
    allowed = [each for each in group.settings.get("file_types", DEFAULT_FILE_TYPES) if each in FILE_TYPES]
    if ending not in allowed:
        listed = "、".join(allowed)
        raise Refused(
            Refusal(
                "file_type",
                f"不收这种文件。可以上传:{listed}。",
                f"This type is not taken; these are: {', '.join(allowed)}.",
                "C8",
            )
        )
    if not await asyncio.to_thread(really_is, upload.file, ending):
        raise Refused(
            Refusal("file_not_what_it_says", f"文件内容与扩展名“{ending}”不符,或者已加密、已损坏。",
                    f"The content is not that of a {ending} file, or it is encrypted or broken.", "C8")
        )  # fmt: skip
    await asyncio.to_thread(_search, upload.file, ending)
    return Content(upload.name, ending, upload.size, upload.digest)


def _search(file: BinaryIO, ending: str) -> None:
    try:
        for text in texts_of(file, ending):
            refuse_secrets(text)
    except Unreadable as error:
        raise Refused(
            Refusal("file_unreadable", "文件已加密、已损坏或者无法检查是否带有密级标志,请另存后再上传。",
                    "The file is encrypted, broken or cannot be searched for secrecy marks; save it anew.", "A4.4")
        ) from error  # fmt: skip


@enforces("A4.4")
async def find(works: Works, view: View, attachment_id: UUID) -> Attachment:
    """The file, if the asker may see it; of a restricted matter, taking it is itself recorded."""
    async with works.db.read() as session:
        row: Attachment | None = await session.scalar(
            visible_to(view, Attachment).where(col(Attachment.id) == attachment_id)
        )
        if row is None:
            raise NotFound()
        model: Any = MODELS[row.noun]
        restricted = await session.scalar(
            select(model.id).where(model.id == row.object_id, model.disclosure == "restricted")
        )
    if restricted is not None:
        await readings.record(works, view.actor, {(row.noun, row.object_id, row.group_id)}, "download", row.digest)
    return row


async def sweep(db: Database, store: FileStore) -> int:
    """Remove what no row names: left by an upload that broke off between its store and its row. The number removed."""
    removed = await store.tidy()
    old = await store.old()
    for start in range(0, len(old), 500):
        batch = old[start : start + 500]
        async with db.read() as session:
            query = select(col(Attachment.digest)).where(col(Attachment.digest).in_(batch))
            named = set((await session.scalars(query)).all())
        for digest in batch:
            if digest not in named:
                removed += await store.drop(digest)
    return removed


@enforces("C8")
async def verify(session: AsyncSession, store: FileStore) -> tuple[int, list[tuple[str, str]]]:
    """(contents looked at, those that are missing or not what was put in): by the hash, never by a name."""
    digests = (await session.scalars(select(col(Attachment.digest)).distinct().order_by(col(Attachment.digest)))).all()
    faulty = [(digest, fault) for digest in digests if (fault := await _fault(store, digest))]
    return len(digests), faulty


async def _fault(store: FileStore, digest: str) -> str:
    reckoned = hashlib.sha256()
    try:
        async for piece in await store.read(digest):
            reckoned.update(piece)
    except FileMissing:
        return "is missing"
    return "" if reckoned.hexdigest() == digest else "is not what was put in"

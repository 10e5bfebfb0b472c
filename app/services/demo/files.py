"""Files and a register card, so that the pages of matters show some (A4.4, C8)."""

import hashlib
import io
from uuid import UUID

from app.services import attachments, secrecy
from app.services.attachments import Content, Target
from app.services.demo.stage import HEAD, STAFF, Stage

NOTE = "测算说明\n一、设备与线路按现行目录价测算。\n二、运行维护费按三年计列。\n"


async def put(stage: Stage, who: str, noun: str, object_id: UUID, name: str, text: str = NOTE) -> None:
    """A plain text, where the demonstration has a store for files."""
    if stage.files is None:
        return
    data = text.encode()
    digest = hashlib.sha256(data).hexdigest()
    await stage.files.keep(digest, io.BytesIO(data))
    await stage.do(who, attachments.put, Target(noun, object_id), Content(name, "txt", len(data), digest))


async def of_draft(stage: Stage, motion_id: UUID) -> None:
    """Two versions of a motion's paper, and the card of one that lies elsewhere."""
    await put(stage, STAFF, "motion", motion_id, "资金测算说明.txt", NOTE.replace("三年", "五年"))
    await put(stage, STAFF, "motion", motion_id, "资金测算说明.txt")
    card = ("江密〔2026〕7号", "secret", 5, "机要科", "机要室2号柜")
    await stage.do(HEAD, secrecy.register_card, "motion", motion_id, *card)

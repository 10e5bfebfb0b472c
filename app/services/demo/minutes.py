"""Minutes in the demonstration: one issued and received, one with its presider, one with the director (B2.6)."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlmodel import col

from app.models.matters import Meeting
from app.models.minutes import Extract
from app.models.outcome import Document
from app.services import documents, minutes
from app.services.demo.outcomes import CIRCUIT
from app.services.demo.stage import HEAD, LEADER, STAFF, Stage
from app.services.demo.timeline import Story


def stories(stage: Stage) -> list[Story]:
    return [
        _issued(stage, "leaders_meeting", 50),
        _under_way(stage, "plenary", 32, (("put_to_presider", STAFF),)),
        _under_way(stage, "directors_meeting", 18, (("put_to_director", STAFF),)),
    ]


async def _held(stage: Stage, form: str) -> Meeting:
    query = select(Meeting).where(col(Meeting.form) == form, col(Meeting.state) == "closed")
    return (await stage.session.scalars(query)).one()


async def _issued(stage: Stage, form: str, ago: int) -> Story:
    """Through the whole circuit; most of those who attended have confirmed the receipt."""
    yield stage.ago(ago)
    row = await stage.do(STAFF, minutes.draft_minutes, (await _held(stage, form)).id)
    await stage.act(STAFF, "document", row, "put_to_presider")
    await stage.act(LEADER, "document", row, "check")
    for who, action, _reached in CIRCUIT[1:]:
        await stage.act(who, "document", row, action)
    await stage.do(HEAD, documents.register_document, row.id)
    yield stage.ago(ago - 1)
    await _receive(stage, row)


async def _receive(stage: Stage, row: Document) -> None:
    units = {key: name for name, key in stage.units.items()}
    query = select(Extract).where(col(Extract.document_id) == row.id).order_by(col(Extract.id))
    sent: Sequence[Extract] = (await stage.session.scalars(query)).all()
    for each in [row for row in sent if row.unit_id][:-1]:
        if each.unit_id:
            await stage.act(stage.heads[units[each.unit_id]], "extract", each, "receive")


async def _under_way(stage: Stage, form: str, ago: int, steps: tuple[tuple[str, str], ...]) -> Story:
    yield stage.ago(ago)
    row = await stage.do(STAFF, minutes.draft_minutes, (await _held(stage, form)).id)
    for action, who in steps:
        await stage.act(who, "document", row, action)

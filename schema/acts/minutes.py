"""Minutes of meetings (B2.6)."""

from typing import Any

import strawberry

from app.models.outcome import Document
from app.rules.roles import Actor
from app.services import minutes
from app.services.work import Work
from schema.acting import Act, mutation
from schema.ids import need


@strawberry.input(description="A closed meeting.")
class DraftMinutesInput(Act):
    meeting_id: strawberry.ID = strawberry.field(description="The meeting.")


@mutation(Document, "起草纪要: draft the minutes out of what the meeting's record holds (B2.6).")
async def draft_minutes(work: Work, actor: Actor, given: DraftMinutesInput) -> Any:
    return await minutes.draft_minutes(work, actor, need("Meeting", given.meeting_id))

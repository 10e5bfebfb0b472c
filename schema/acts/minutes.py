"""Minutes of meetings (B2.6)."""

from typing import Any

import strawberry

from app.core.refusals import invalid
from app.models.matters import Meeting
from app.models.outcome import Document
from app.rules.roles import Actor
from app.services import minutes, record_corrections
from app.services.work import Work
from schema.acting import Act, mutation
from schema.enums import Position
from schema.ids import need


@strawberry.input(description="A closed meeting.")
class DraftMinutesInput(Act):
    meeting_id: strawberry.ID = strawberry.field(description="The meeting.")


@mutation(Document, "起草纪要: draft the minutes out of what the meeting's record holds (B2.6).")
async def draft_minutes(work: Work, actor: Actor, given: DraftMinutesInput) -> Any:
    return await minutes.draft_minutes(work, actor, need("Meeting", given.meeting_id))


@strawberry.input(
    description="What of a closed meeting's record was wrong: one statement, decision or seat; or what a unit said "
    "on an item and nobody wrote down."
)
class CorrectRecordInput(Act):
    statement_id: strawberry.ID | None = strawberry.field(default=None, description="A statement.")
    decision_id: strawberry.ID | None = strawberry.field(default=None, description="Or a decision.")
    attendance_id: strawberry.ID | None = strawberry.field(default=None, description="Or who was there.")
    item_id: strawberry.ID | None = strawberry.field(default=None, description="Or the item of a missing statement.")
    unit_id: strawberry.ID | None = strawberry.field(default=None, description="Who said it; of missing statements.")
    text: str = strawberry.field(default="", description="What was said or decided; of statements and decisions.")
    conditions: str | None = strawberry.field(
        default=None, description="The conditions of a decision, where they change."
    )
    position: Position | None = strawberry.field(default=None, description="The position taken; of statements.")
    presider_reason: str = strawberry.field(default="", description="The presider's reason; of decisions.")
    state: str = strawberry.field(default="", description="present, absent or excused; of seats.")
    substitute: str = strawberry.field(default="", description="Who came instead; of seats.")
    reason: str = strawberry.field(description="Why; it stays on record.")


@mutation(Meeting, "更正会议记录: after closing the record changes only so, told to all recipients (A4.3).")
async def correct_record(work: Work, actor: Actor, given: CorrectRecordInput) -> Any:
    named = (given.statement_id, given.decision_id, given.attendance_id, given.item_id)
    if sum(each is not None for each in named) != 1:
        raise invalid("statementId", "请选择一项要更正的记录。", "Name exactly one record.", "A4.3")
    if given.statement_id is not None or given.item_id is not None:
        return await _statement(work, actor, given)
    if given.decision_id is not None:
        key = need("Decision", given.decision_id)
        said = (given.text, given.presider_reason, given.reason, given.conditions)
        return await record_corrections.correct_decision(work, actor, key, *said)
    key = need("Attendance", given.attendance_id or strawberry.ID(""))
    return await record_corrections.correct_attendance(work, actor, key, given.state, given.substitute, given.reason)


async def _statement(work: Work, actor: Actor, given: CorrectRecordInput) -> Any:
    """One that is wrong, or one that is missing."""
    said = (str(getattr(given.position, "value", given.position) or ""), given.text, given.reason)
    if given.statement_id is not None:
        return await record_corrections.correct_statement(work, actor, need("Statement", given.statement_id), *said)
    item, unit = need("Item", given.item_id or strawberry.ID("")), need("Unit", given.unit_id or strawberry.ID(""))
    return await record_corrections.add_statement(work, actor, item, unit, *said)

"""A panel that meets is held as a joint meeting of the office with consulting experts (B2.3, A3.7)."""

from datetime import datetime
from uuid import UUID

from app.core.enforces import enforces
from app.models.matters import Item, Meeting
from app.models.panels import Panel
from app.rules.panel import KINDS
from app.rules.roles import Actor
from app.services import meetings, transitions
from app.services.agenda import OFFICE_READERS
from app.services.agenda_times import retime
from app.services.meetings import MeetingDraft
from app.services.work import Work

FORM = "expert_joint"


@enforces("B2.3", "A3.7")
async def convene_jointly(
    work: Work, actor: Actor, panel_id: UUID, ends_at: datetime, presider_id: UUID
) -> Meeting:  # fmt: skip
    """Prepare the joint meeting at which this panel sits; it takes the way of every office meeting."""
    panel = await work.subject("panel", panel_id, actor)
    row: Panel = panel.row
    await transitions.perform(work, panel, "convene", actor)
    assert row.starts_at is not None  # only a panel that meets waits for a session
    draft = MeetingDraft(FORM, f"{KINDS[row.kind][0]}联合会议", row.starts_at, ends_at, row.place, presider_id)
    meeting = await meetings.draft_meeting(work, actor, row.group_id, draft)
    item = Item(
        group_id=row.group_id, state="listed", meeting_id=meeting.id, kind="panel", panel_id=row.id,
        motion_id=row.motion_id, position=1, disclosure=row.disclosure, drafter_id=actor.person_id,
    )  # fmt: skip
    await transitions.begin(work, "item", item, actor, "B2.3", OFFICE_READERS)
    await retime(work, meeting)
    return meeting

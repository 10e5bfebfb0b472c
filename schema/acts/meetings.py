"""Meetings, their agenda, who comes, and what is said and decided (A2, A3.1, A3.4, A4.1, A4.3)."""

from datetime import datetime
from decimal import Decimal
from typing import Any

import strawberry

from app.models.matters import Attendance, Decision, Item, Meeting, Statement
from app.rules.roles import Actor
from app.services import decisions, meetings, presence, proposals
from app.services.work import Work
from schema.acting import Act, mutation
from schema.enums import DecisionKind, Form, Position
from schema.ids import need, want


@strawberry.input(description="What is planned of a meeting.")
class MeetingContent(Act):
    form: Form = strawberry.field(description="Its form.")
    title: str = strawberry.field(description="What it is called.")
    starts_at: datetime = strawberry.field(description="When it begins, with its time zone.")
    ends_at: datetime = strawberry.field(description="When it is meant to end.")
    place: str = strawberry.field(description="Where it takes place.")
    presider_id: strawberry.ID = strawberry.field(description="Who presides (A2.2).")


@strawberry.input(description="A new meeting.")
class DraftMeetingInput(MeetingContent):
    group_id: strawberry.ID = strawberry.field(description="The leading group.")
    added_form_id: strawberry.ID | None = strawberry.field(
        default=None, description="With the form ADDED: which one of those that the director added (B2.3)."
    )
    organizer_id: strawberry.ID | None = strawberry.field(
        default=None, description="The department that organizes an office meeting; General Affairs as a rule (B2.5)."
    )


@strawberry.input(description="A meeting's plan anew.")
class ChangeMeetingInput(MeetingContent):
    id: strawberry.ID = strawberry.field(description="The meeting.")
    reason: str = strawberry.field(default="", description="Why; must be given.")


@strawberry.input(description="A motion for an agenda.")
class AddAgendaItemInput(Act):
    meeting_id: strawberry.ID = strawberry.field(description="The meeting.")
    motion_id: strawberry.ID = strawberry.field(description="The motion.")


@strawberry.input(description="A meeting.")
class MeetingInput(Act):
    id: strawberry.ID = strawberry.field(description="The meeting.")


@strawberry.input(description="A meeting and why.")
class ReasonedMeetingInput(MeetingInput):
    reason: str = strawberry.field(default="", description="Why; must be given.")


@strawberry.input(description="An agenda item and why.")
class ItemInput(Act):
    id: strawberry.ID = strawberry.field(description="The item.")
    reason: str = strawberry.field(default="", description="Why; must be given.")


@strawberry.input(description="A request for leave.")
class AskLeaveInput(Act):
    id: strawberry.ID = strawberry.field(description="The unit's attendance.")
    reason: str = strawberry.field(default="", description="Why; must be given.")
    substitute: str = strawberry.field(default="", description="Who comes instead.")
    substitute_post: str = strawberry.field(default="", description="His post.")


@strawberry.input(description="A unit's attendance.")
class AttendanceInput(Act):
    id: strawberry.ID = strawberry.field(description="The unit's attendance.")


@strawberry.input(description="A sign-in by code.")
class CheckInInput(AttendanceInput):
    code: str = strawberry.field(description="The number shown in the hall.")


@strawberry.input(description="Who stands aside from an item, and why.")
class RecordRecusalInput(ItemInput):
    attendance_id: strawberry.ID = strawberry.field(description="Whose attendance.")


@strawberry.input(description="What a unit said.")
class RecordStatementInput(Act):
    item_id: strawberry.ID = strawberry.field(description="The agenda item.")
    unit_id: strawberry.ID = strawberry.field(description="The unit that spoke.")
    position: Position = strawberry.field(description="Its position.")
    text: str = strawberry.field(description="Its words.")


@strawberry.input(description="What was decided.")
class RecordDecisionInput(Act):
    item_id: strawberry.ID = strawberry.field(description="The agenda item.")
    kind: DecisionKind = strawberry.field(description="What became of it.")
    text: str = strawberry.field(description="What was decided.")
    presider_reason: str = strawberry.field(default="", description="Why, where positions and decision differ (C17).")
    amount_approved: Decimal | None = strawberry.field(default=None, description="The amount approved, in yuan.")
    conditions: str = strawberry.field(default="", description="On which conditions, where there are any.")


def _draft(given: Any) -> meetings.MeetingDraft:
    return meetings.MeetingDraft(
        form=given.form.value,
        title=given.title,
        starts_at=given.starts_at,
        ends_at=given.ends_at,
        place=given.place,
        presider_id=need("Person", given.presider_id),
        added_form_id=want("AddedForm", getattr(given, "added_form_id", None)),
        organizer_id=want("Unit", getattr(given, "organizer_id", None)),
    )


@mutation(Meeting, "筹备会议: prepare a meeting (A3.1).")
async def draft_meeting(work: Work, actor: Actor, given: DraftMeetingInput) -> Any:
    return await meetings.draft_meeting(work, actor, need("Group", given.group_id), _draft(given))


@mutation(Meeting, "拟定会议: prepare a meeting with all that waits for its form on the agenda (A2.1).")
async def propose_meeting(work: Work, actor: Actor, given: DraftMeetingInput) -> Any:
    return await proposals.propose_meeting(work, actor, need("Group", given.group_id), _draft(given))


@mutation(Meeting, "推迟会议: put a meeting off; naming a new date asks the leader again (A3.1).")
async def postpone_meeting(work: Work, actor: Actor, given: ReasonedMeetingInput) -> Any:
    return await meetings.postpone_meeting(work, actor, need("Meeting", given.id), given.reason)


@mutation(Meeting, "变更会议: change date, place or presider; the leader is asked again (A3.1).")
async def change_meeting(work: Work, actor: Actor, given: ChangeMeetingInput) -> Any:
    return await meetings.change_meeting(work, actor, need("Meeting", given.id), _draft(given), given.reason)


@mutation(Item, "列入议程: put a ready motion on an agenda of the right form (A1.2, A1.3).")
async def add_agenda_item(work: Work, actor: Actor, given: AddAgendaItemInput) -> Any:
    return await meetings.add_item(work, actor, need("Meeting", given.meeting_id), need("Motion", given.motion_id))


@mutation(Item, "撤下议程: take a motion off an agenda (A3.1).")
async def remove_agenda_item(work: Work, actor: Actor, given: ItemInput) -> Any:
    return await meetings.remove_item(work, actor, need("AgendaItem", given.id), given.reason)


@mutation(Meeting, "发出通知: convene a meeting that the leader agreed to (A3.1).")
async def convene_meeting(work: Work, actor: Actor, given: MeetingInput) -> Any:
    return await meetings.convene_meeting(work, actor, need("Meeting", given.id))


@mutation(Meeting, "送达材料: deliver the papers (A3.4).")
async def deliver_papers(work: Work, actor: Actor, given: MeetingInput) -> Any:
    return await meetings.deliver_papers(work, actor, need("Meeting", given.id))


@mutation(Item, "准予免提前送达: waive papers in advance for one item (A3.4).")
async def waive_papers(work: Work, actor: Actor, given: ItemInput) -> Any:
    return await meetings.waive_papers(work, actor, need("AgendaItem", given.id), given.reason)


@mutation(Attendance, "请假: ask the presider for leave (A4.1).")
async def ask_leave(work: Work, actor: Actor, given: AskLeaveInput) -> Any:
    return await meetings.ask_leave(
        work, actor, need("Attendance", given.id), given.reason, given.substitute, given.substitute_post
    )


@mutation(Attendance, "签到: sign a unit in (A4.1).")
async def sign_in_unit(work: Work, actor: Actor, given: AttendanceInput) -> Any:
    return await meetings.sign_in_unit(work, actor, need("Attendance", given.id))


@mutation(Attendance, "凭码签到: sign oneself in with the number shown in the hall (A4.1).")
async def check_in(work: Work, actor: Actor, given: CheckInInput) -> Any:
    return await presence.check_in(work, actor, need("Attendance", given.id), given.code)


@mutation(Attendance, "记录离会: record that somebody left before the end (A4.1).")
async def record_leaving(work: Work, actor: Actor, given: AttendanceInput) -> Any:
    return await presence.leave_meeting(work, actor, need("Attendance", given.id))


@mutation(Item, "记录回避: record that somebody stands aside from an item (A4.4).")
async def record_recusal(work: Work, actor: Actor, given: RecordRecusalInput) -> Any:
    seat = need("Attendance", given.attendance_id)
    return await presence.recuse(work, actor, need("AgendaItem", given.id), seat, given.reason)


@mutation(Statement, "记录发言: record what a unit says (A4.3).")
async def record_statement(work: Work, actor: Actor, given: RecordStatementInput) -> Any:
    item, unit = need("AgendaItem", given.item_id), need("Unit", given.unit_id)
    return await decisions.record_statement(work, actor, item, unit, given.position.value, given.text)


@mutation(Decision, "记录议定事项: record what was decided (C17).")
async def record_decision(work: Work, actor: Actor, given: RecordDecisionInput) -> Any:
    reason, amount = given.presider_reason, given.amount_approved
    draft = decisions.DecisionDraft(given.kind.value, given.text, reason, amount, given.conditions)
    return await decisions.record_decision(work, actor, need("AgendaItem", given.item_id), draft)


@mutation(Meeting, "散会: close a meeting; who did not come without leave was absent (A4.1, A4.3).")
async def close_meeting(work: Work, actor: Actor, given: MeetingInput) -> Any:
    return await meetings.close_meeting(work, actor, need("Meeting", given.id))

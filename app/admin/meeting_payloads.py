"""Acts of meetings, their agenda and their attendance that carry more than a reason (A2, A3.1, A4.1, B2.4)."""

from typing import Any
from uuid import UUID

from app.admin.fields import REASON, Field, Payload
from app.admin.forms import Form
from app.rules.roles import Actor
from app.services import agenda, meetings
from app.services.work import Work


async def _list_topic(work: Work, actor: Actor, key: UUID, form: Form) -> Any:
    return await agenda.add_topic(work, actor, form.uuid("meeting_id"), key)


async def _postpone(work: Work, actor: Actor, key: UUID, form: Form) -> Any:
    return await meetings.postpone_meeting(work, actor, key, form.text("reason"))


_OFFICE_MEETING = Field("meeting_id", "会议", "Meeting", "choice", choices="office_meetings")

MEETING_PAYLOADS: dict[tuple[str, str], Payload] = {
    ("meeting", "postpone"): Payload(_postpone, (REASON,)),
    ("topic", "list"): Payload(_list_topic, (_OFFICE_MEETING,)),
}

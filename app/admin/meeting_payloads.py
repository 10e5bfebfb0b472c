"""Acts of meetings, their agenda and their attendance that carry more than a reason (A2, A3.1, A4.1, B2.4)."""

from typing import Any
from uuid import UUID

from app.admin.fields import REASON, Field, Payload
from app.admin.forms import Form, as_uuid
from app.core.refusals import invalid
from app.rules.roles import Actor
from app.services import agenda, arranging, meetings, minutes, observers, presence, record_corrections
from app.services.work import Work


async def _list_topic(work: Work, actor: Actor, key: UUID, form: Form) -> Any:
    return await agenda.add_topic(work, actor, form.uuid("meeting_id"), key)


async def _postpone(work: Work, actor: Actor, key: UUID, form: Form) -> Any:
    return await meetings.postpone_meeting(work, actor, key, form.text("reason"))


async def _draft_minutes(work: Work, actor: Actor, key: UUID, form: Form) -> Any:
    return await minutes.draft_minutes(work, actor, key)


async def _correct(work: Work, actor: Actor, key: UUID, form: Form) -> Any:
    kind, _, of = form.text("record").partition(":")
    reason = form.text("reason")
    if kind == "statement":
        said = (form.text("position"), form.text("text"), reason)
        return await record_corrections.correct_statement(work, actor, as_uuid("record", of), *said)
    if kind == "item":
        missed = (form.uuid("unit_id"), form.text("position"), form.text("text"), reason)
        return await record_corrections.add_statement(work, actor, as_uuid("record", of), *missed)
    if kind == "decision":
        decided = (form.text("text"), form.text("presider_reason"), reason, form.text("conditions") or None)
        return await record_corrections.correct_decision(work, actor, as_uuid("record", of), *decided)
    if kind != "attendance":
        raise invalid("record", "请选择要更正的记录。", "Choose what is corrected.", "A4.3")
    seat = (form.text("seat"), form.text("substitute"), reason)
    return await record_corrections.correct_attendance(work, actor, as_uuid("record", of), *seat)


async def _order(work: Work, actor: Actor, key: UUID, form: Form) -> Any:
    numbers = form.text("order")
    items = await arranging.by_numbers(work, key, numbers) if numbers else []
    return await arranging.order_agenda(work, actor, key, items, "" if numbers else form.text("rule"))


async def _invite(work: Work, actor: Actor, key: UUID, form: Form) -> Any:
    people, items = form.uuids("person_ids"), form.uuids("item_ids")
    return await observers.invite_observers(work, actor, key, people, items, form.text("capacity") or "invited")


async def _late(work: Work, actor: Actor, key: UUID, form: Form) -> Any:
    noun, _, matter = form.text("matter").partition(":")
    if noun not in ("motion", "topic"):
        raise invalid("matter", "请选择议题。", "Choose what is added.", "A3.1")
    return await arranging.add_late_item(work, actor, key, noun, as_uuid("matter", matter), form.text("reason"))


async def _raise(work: Work, actor: Actor, key: UUID, form: Form) -> Any:
    return await arranging.raise_matter(work, actor, key, form.text("title"), form.text("text"))


async def _check_in(work: Work, actor: Actor, key: UUID, form: Form) -> Any:
    return await presence.check_in(work, actor, key, form.text("code"))


async def _leaving(work: Work, actor: Actor, key: UUID, form: Form) -> Any:
    return await presence.leave_meeting(work, actor, key)


async def _recuse(work: Work, actor: Actor, key: UUID, form: Form) -> Any:
    return await presence.recuse(work, actor, key, form.uuid("attendance_id"), form.text("reason"))


async def _arrange(work: Work, actor: Actor, key: UUID, form: Form) -> Any:
    minutes = form.text("minutes")
    given = int(minutes) if minutes.isascii() and minutes.isdigit() and len(minutes) < 5 else 0
    return await arranging.arrange_item(work, actor, key, given, form.text("rapporteur"), form.uuid_or_none("under_id"))


_INVITED = Field("person_ids", "受邀人员", "Persons", "choices", choices="people")
_ITEMS = Field("item_ids", "限于以下议程(不选为全程)", "For these items (none: all)", "choices", needed=False,
               choices="agenda_items")  # fmt: skip
_AS = Field("capacity", "身份", "As", "choice", needed=False, choices="guest_capacities")
_ORDER = Field("rule", "排序规则", "Rule", "choice", needed=False, choices="agenda_orders")
_HAND = Field("order", "或按序号手工排列(如 3,1,2)", "Or by hand, by number (such as 3,1,2)", needed=False)
_LATE = Field("matter", "议题", "Motion or topic", "choice", choices="late_matters")
_UNDER = Field("under_id", "与另一议程合并审议", "Taken together with", "choice", needed=False, choices="agenda_items")
_OFFICE_MEETING = Field("meeting_id", "会议", "Meeting", "choice", choices="office_meetings")

MEETING_PAYLOADS: dict[tuple[str, str], Payload] = {
    ("meeting", "postpone"): Payload(_postpone, (REASON,)),
    ("meeting", "draft_minutes"): Payload(_draft_minutes),
    ("meeting", "correct_record"): Payload(
        _correct,
        (
            Field("record", "要更正的记录", "What is corrected", "choice", choices="record_rows"),
            Field("text", "更正后的内容(发言、议定事项)", "As it should read", "text", needed=False),
            Field("unit_id", "发言单位(补记发言)", "Who said it", "choice", needed=False, choices="called_units"),
            Field("position", "意见类别(发言)", "Position (statement)", "choice", needed=False, choices="positions"),
            Field("conditions", "附加条件(议定事项)", "Conditions (decision)", "text", needed=False),
            Field("presider_reason", "主持人理由(议定事项)", "Presider's reason (decision)", "text", needed=False),
            Field("seat", "出席情况", "Attendance", "choice", needed=False, choices="seat_states"),
            Field("substitute", "委托出席人", "Substitute", needed=False),
            REASON,
        ),
    ),
    ("meeting", "arrange"): Payload(_order, (_ORDER, _HAND)),
    ("meeting", "invite"): Payload(_invite, (_INVITED, _ITEMS, _AS)),
    ("meeting", "add_late"): Payload(_late, (_LATE, REASON)),
    ("meeting", "raise_matter"): Payload(
        _raise,
        (Field("title", "事项", "What was raised"), Field("text", "情况", "What was said", "text", needed=False)),
    ),
    ("attendance", "check_in"): Payload(_check_in, (Field("code", "签到码", "Code"),)),
    ("attendance", "leave"): Payload(_leaving),
    ("item", "recuse"): Payload(
        _recuse, (Field("attendance_id", "回避的单位或人员", "Who", "choice", choices="seats"), REASON)
    ),
    ("item", "arrange"): Payload(
        _arrange,
        (
            Field("minutes", "时长(分钟)", "Minutes", prefilled=True),
            Field("rapporteur", "汇报人", "Rapporteur", needed=False, prefilled=True),
            _UNDER,
        ),
    ),
    ("topic", "list"): Payload(_list_topic, (_OFFICE_MEETING,)),
}

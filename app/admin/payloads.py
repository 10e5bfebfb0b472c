"""Acts that carry more than a reason: which fields they ask for and which service takes them."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from app.admin import directive_payloads
from app.admin.fields import REASON, WORDS, Field, Payload
from app.admin.forms import Form
from app.admin.meeting_payloads import MEETING_PAYLOADS
from app.admin.panel_payloads import PANEL_PAYLOADS
from app.admin.review_payloads import REVIEW
from app.models.outcome import Document, DocumentDecision
from app.rules.roles import Actor
from app.services import (
    corrections,
    decisions,
    documents,
    meetings,
    motions,
    publications,
)
from app.services.work import Work

POSITION = Field("position", "意见类别", "Position", "choice", choices="positions")


async def _flag(work: Work, actor: Actor, key: UUID, form: Form) -> Any:
    return await motions.set_technical(work, actor, key, form.checked("technical"), form.text("reason"))


async def _list(work: Work, actor: Actor, key: UUID, form: Form) -> Any:
    return await meetings.add_item(work, actor, form.uuid("meeting_id"), key)


async def _put_on_list(work: Work, actor: Actor, key: UUID, form: Form) -> Any:
    return await motions.list_units(work, actor, key, form.uuids("unit_ids"))


async def _convene(work: Work, actor: Actor, key: UUID, form: Form) -> Any:
    return await meetings.convene_meeting(work, actor, key)


async def _change(work: Work, actor: Actor, key: UUID, form: Form) -> Any:
    subject = await work.subject("meeting", key, actor)
    draft = meetings.MeetingDraft(
        form=subject.row.form, title=form.text("title"), starts_at=form.instant("starts_at"),
        ends_at=form.instant("ends_at"), place=form.text("place"), presider_id=form.uuid("presider_id"),
    )  # fmt: skip
    return await meetings.change_meeting(work, actor, key, draft, form.text("reason"))


async def _deliver(work: Work, actor: Actor, key: UUID, form: Form) -> Any:
    return await meetings.deliver_papers(work, actor, key)


async def _close_meeting(work: Work, actor: Actor, key: UUID, form: Form) -> Any:
    return await meetings.close_meeting(work, actor, key)


async def _waive(work: Work, actor: Actor, key: UUID, form: Form) -> Any:
    return await meetings.waive_papers(work, actor, key, form.text("reason"))


async def _statement(work: Work, actor: Actor, key: UUID, form: Form) -> Any:
    unit_id, position = form.uuid("unit_id"), form.text("position")
    return await decisions.record_statement(work, actor, key, unit_id, position, form.text("text"))


async def _decide(work: Work, actor: Actor, key: UUID, form: Form) -> Any:
    kind, text, reason = form.text("kind"), form.text("text"), form.text("presider_reason")
    amount, conditions = form.amount_or_none("amount_approved"), form.text("conditions")
    draft = decisions.DecisionDraft(kind, text, reason, amount, conditions)
    return await decisions.record_decision(work, actor, key, draft)


async def _remove(work: Work, actor: Actor, key: UUID, form: Form) -> Any:
    return await meetings.remove_item(work, actor, key, form.text("reason"))


async def _ask_leave(work: Work, actor: Actor, key: UUID, form: Form) -> Any:
    return await meetings.ask_leave(work, actor, key, form.text("reason"), form.text("substitute"), form.text("post"))


async def _sign_in(work: Work, actor: Actor, key: UUID, form: Form) -> Any:
    return await meetings.sign_in_unit(work, actor, key)


async def _revise(work: Work, actor: Actor, key: UUID, form: Form) -> Any:
    row: Document = (await work.subject("document", key, actor)).row
    carried = select(col(DocumentDecision.decision_id)).where(col(DocumentDecision.document_id) == row.id)
    draft = documents.DocumentDraft(
        row.kind, form.text("title"), form.text("body"), list((await work.session.scalars(carried)).all()),
        form.text("addressee"), row.department_id,
    )  # fmt: skip
    return await documents.revise_document(work, actor, key, draft, form.text("reason"))


async def _correct(work: Work, actor: Actor, key: UUID, form: Form) -> Any:
    return await corrections.propose_correction(
        work, actor, key, form.text("title"), form.text("body"), form.text("reason")
    )


async def _confirm_correction(work: Work, actor: Actor, key: UUID, form: Form) -> Any:
    return await corrections.confirm_correction(work, actor, key)


async def _drop_correction(work: Work, actor: Actor, key: UUID, form: Form) -> Any:
    return await corrections.drop_correction(work, actor, key, form.text("reason"))


async def _register(work: Work, actor: Actor, key: UUID, form: Form) -> Any:
    return await documents.register_document(work, actor, key)


async def _void(work: Work, actor: Actor, key: UUID, form: Form) -> Any:
    return await documents.void_number(work, actor, key, form.text("reason"))


async def _withhold(work: Work, actor: Actor, key: UUID, form: Form) -> Any:
    return await publications.withhold(work, actor, key, form.text("ground"), form.text("reason"))


async def _publish(work: Work, actor: Actor, key: UUID, form: Form) -> Any:
    return await publications.publish(work, actor, key)


_TECHNICAL = Field("technical", "专业性较强,须经专家论证", "Highly specialised, needs experts", "check", needed=False)
_MEETING = Field("meeting_id", "会议", "Meeting", "choice", choices="meetings")
_UNIT = Field("unit_id", "发言单位", "Unit", "choice", choices="called_units")
_POST = Field("post", "委托出席人职务", "His post", needed=False)
_SUBSTITUTE = Field("substitute", "委托出席人", "Substitute", needed=False)
_GROUND = Field("ground", "不予公开的依据", "Ground", "choice", choices="grounds")
_MEETING_FIELDS = (
    Field("title", "会议名称", "Title", prefilled=True),
    Field("starts_at", "开始时间", "Begins", "instant", prefilled=True),
    Field("ends_at", "结束时间", "Ends", "instant", prefilled=True),
    Field("place", "地点", "Place", prefilled=True),
    Field("presider_id", "主持人", "Presider", "choice", choices="presiders", prefilled=True),
)
_DOCUMENT_FIELDS = (
    Field("title", "标题", "Title", prefilled=True),
    Field("addressee", "主送机关", "Addressee", needed=False, prefilled=True),
    Field("body", "正文", "Text", "text", prefilled=True),
)
_DECISION_FIELDS = (
    Field("kind", "议定结果", "Decision", "choice", choices="decision_kinds"),
    Field("text", "议定内容", "Text", "text"),
    Field("conditions", "附带条件", "Conditions", "text", needed=False),
    Field(
        "presider_reason",
        "主持人理由(意见不一致时)",
        "Presider's reason (where positions differ)",
        "text",
        needed=False,
    ),
    Field("amount_approved", "核定金额(元)", "Amount approved (yuan)", "amount", needed=False),
)

PAYLOADS: dict[tuple[str, str], Payload] = {
    **REVIEW,
    **directive_payloads.PAYLOADS,
    **PANEL_PAYLOADS,
    ("motion", "flag_technical"): Payload(_flag, (_TECHNICAL, REASON)),
    ("motion", "list"): Payload(_list, (_MEETING,)),
    ("motion", "put_on_list"): Payload(_put_on_list, (Field("unit_ids", "单位", "Units", "choices", choices="units"),)),
    ("meeting", "convene"): Payload(_convene),
    ("meeting", "change"): Payload(_change, (*_MEETING_FIELDS, REASON)),
    ("meeting", "deliver_papers"): Payload(_deliver),
    ("meeting", "close"): Payload(_close_meeting),
    ("item", "waive_papers"): Payload(_waive, (REASON,)),
    ("item", "record_statement"): Payload(_statement, (_UNIT, POSITION, WORDS)),
    ("item", "decide"): Payload(_decide, _DECISION_FIELDS),
    ("item", "remove"): Payload(_remove, (REASON,)),
    ("attendance", "ask_leave"): Payload(_ask_leave, (REASON, _SUBSTITUTE, _POST)),
    ("attendance", "sign_in"): Payload(_sign_in),
    ("document", "revise"): Payload(_revise, (*_DOCUMENT_FIELDS, REASON)),
    ("document", "register"): Payload(_register),
    ("document", "void"): Payload(_void, (REASON,)),
    ("document", "correct"): Payload(_correct, (_DOCUMENT_FIELDS[0], _DOCUMENT_FIELDS[2], REASON)),
    ("document", "confirm_correction"): Payload(_confirm_correction),
    ("document", "drop_correction"): Payload(_drop_correction, (REASON,)),
    ("publication", "withhold"): Payload(_withhold, (_GROUND, REASON)),
    ("publication", "publish"): Payload(_publish),
    **MEETING_PAYLOADS,
}

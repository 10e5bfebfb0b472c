"""Starting a matter on a page, and correcting a motion: the same drafts that the API takes."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from starlette.responses import Response

from app.admin import words
from app.admin.ask import Ask, forbidden
from app.admin.choices import choices_for, forms_of_group, named
from app.admin.directive_payloads import DRAFT_FIELDS, draft_of
from app.admin.door import Page
from app.admin.fields import Field
from app.admin.forms import Form, as_uuid
from app.admin.html import go, show
from app.admin.panel_payloads import PLAN, panel_draft
from app.admin.panels import Choices
from app.core import lists
from app.core.labels import DISCLOSURE, PERIODS
from app.core.refusals import NotFound, invalid
from app.models.matters import Motion
from app.models.office import Topic
from app.models.people import Group
from app.queries.visibility import visible_to
from app.rules.categories import CATEGORIES
from app.rules.departments import SUBJECTS
from app.rules.group_settings import DEFAULT_KINDS, KINDS
from app.rules.panel import KINDS as PANEL_KINDS
from app.rules.panel import MODES as PANEL_MODES
from app.rules.roles import Actor
from app.services import directives, documents, meetings, motions, publications, topics
from app.services.panels import draft_panel
from app.services.work import Work

_GROUP = Field("group_id", "领导小组", "Group", "choice", choices="groups")
_DECISION = Field("decision_id", "议定事项", "Decision", "hidden", needed=False)
MOTION_FIELDS = (
    Field("title", "标题", "Title"),
    Field("category", "类别", "Category", "choice", choices="categories"),
    Field("proposing_unit_id", "提请单位", "Proposing unit", "choice", choices="units"),
    Field("body", "正文", "Text", "text"),
    Field("project", "项目(计划和资金类)", "Project (plans and money)", needed=False),
    Field("year", "年度", "Year", needed=False),
    Field("amount_asked", "申请金额(元)", "Amount asked (yuan)", "amount", needed=False),
    Field("tags", "标签(以、分隔,用于确定征求单位)", "Tags (separated by 、; they name units to ask)", needed=False),
    Field("disclosure", "公开属性", "Disclosure", "choice", choices="disclosures"),
)

TOPIC_FIELDS = (
    Field("title", "标题", "Title"),
    Field("subject", "所属职责(领导小组交办的可不选)", "Subject (none for what the group handed over)", "choice",
          needed=False, choices="subjects"),
    Field("body", "正文", "Text", "text"),
)  # fmt: skip


def _motion_draft(form: Form) -> motions.MotionDraft:
    year = form.text("year")
    if year and not (year.isdecimal() and len(year) == 4):
        raise invalid("year", "年度应写成四位数字。", "A year has four digits.")
    return motions.MotionDraft(
        title=form.text("title"), body=form.text("body"), category=form.text("category"),
        proposing_unit_id=form.uuid_or_none("proposing_unit_id"), project=form.text("project"),
        year=int(year) if year else None, amount_asked=form.amount_or_none("amount_asked"),
        disclosure=form.text("disclosure"), tags=lists.split(form.text("tags")),
    )  # fmt: skip


def _topic_draft(form: Form) -> topics.TopicDraft:
    return topics.TopicDraft(
        form.text("title"), form.text("body"), form.text("subject"), decision_id=form.uuid_or_none("decision_id")
    )


async def _topic(work: Work, actor: Actor, form: Form) -> Any:
    return await topics.draft_topic(work, actor, form.uuid("group_id"), _topic_draft(form))


async def _motion(work: Work, actor: Actor, form: Form) -> Any:
    return await motions.draft_motion(work, actor, form.uuid("group_id"), _motion_draft(form))


async def _panel(work: Work, actor: Actor, form: Form) -> Any:
    return await draft_panel(work, actor, form.uuid("motion_id"), panel_draft(form))


def meeting_draft(form: Form) -> meetings.MeetingDraft:
    code, _, added = form.text("form").partition(":")
    return meetings.MeetingDraft(
        form=code, title=form.text("title"), starts_at=form.instant("starts_at"), ends_at=form.instant("ends_at"),
        place=form.text("place"), presider_id=form.uuid("presider_id"),
        added_form_id=as_uuid("form", added) if added else None, organizer_id=form.uuid_or_none("organizer_id"),
    )  # fmt: skip


async def _meeting(work: Work, actor: Actor, form: Form) -> Any:
    return await meetings.draft_meeting(work, actor, form.uuid("group_id"), meeting_draft(form))


async def _document(work: Work, actor: Actor, form: Form) -> Any:
    draft = documents.DocumentDraft(
        form.text("kind"), form.text("title"), form.text("body"), form.uuids("decision_id"), form.text("addressee")
    )
    return await documents.draft_document(work, actor, form.uuid("group_id"), draft)


async def _directive(work: Work, actor: Actor, form: Form) -> Any:
    draft = draft_of(form, form.uuid_or_none("decision_id"))
    return await directives.draft_directive(work, actor, form.uuid("group_id"), draft)


async def _publication(work: Work, actor: Actor, form: Form) -> Any:
    title, text = form.text("title"), form.text("text")
    return await publications.draft_publication(work, actor, form.uuid("document_id"), title, text)


@dataclass(frozen=True, slots=True)
class Draft:
    noun: str
    fields: tuple[Field, ...]
    run: Callable[[Work, Actor, Form], Awaitable[Any]]


DRAFTS = {
    "motions": Draft("motion", (_GROUP, *MOTION_FIELDS), _motion),
    "panels": Draft(
        "panel", (Field("motion_id", "议题", "Motion", "hidden"), *(replace(f, prefilled=False) for f in PLAN)), _panel
    ),
    "meetings": Draft(
        "meeting",
        (
            _GROUP,
            Field("form", "会议形式", "Form", "choice", choices="forms"),
            Field("title", "会议名称", "Title"),
            Field("starts_at", "开始时间", "Begins", "instant"),
            Field("ends_at", "结束时间", "Ends", "instant"),
            Field("place", "地点", "Place"),
            Field("presider_id", "主持人", "Presider", "choice", choices="presiders"),
            Field(
                "organizer_id",
                "承办部门(办公室会议)",
                "Organizer (office meetings)",
                "choice",
                needed=False,
                choices="departments",
            ),
        ),
        _meeting,
    ),
    "topics": Draft("topic", (_GROUP, _DECISION, *TOPIC_FIELDS), _topic),
    "documents": Draft(
        "document",
        (
            _GROUP,
            _DECISION,
            Field("kind", "文种", "Kind", "choice", choices="kinds"),
            Field("title", "标题", "Title"),
            Field("addressee", "主送机关", "Addressee", needed=False),
            Field("body", "正文", "Text", "text"),
        ),
        _document,
    ),
    "directives": Draft(
        "directive",
        (
            _GROUP,
            _DECISION,
            *DRAFT_FIELDS,
        ),
        _directive,
    ),
    "publications": Draft(
        "publication",
        (
            Field("document_id", "文件", "Document", "hidden"),
            Field("title", "公开标题", "Public title"),
            Field("text", "公开文本", "Public text", "text"),
        ),
        _publication,
    ),
}


def groups_for(ask: Ask, permission: str) -> list[UUID]:
    """The groups in which one of the asker's roles carries this permission."""
    noun, _, action = permission.partition(":")
    allowed = ask.policy.allowed_roles(noun, action)
    return list(
        dict.fromkeys(seat.group_id for seat in ask.actor.seats if seat.group_id and seat.role.value in allowed)
    )


def _kinds_of(group: Group) -> Sequence[str]:
    allowed: Sequence[str] = group.settings.get("document_kinds", DEFAULT_KINDS)
    return allowed


async def draft_choices(ask: Ask, groups: list[UUID]) -> Choices:
    rows = (await ask.session.scalars(visible_to(ask.view, Group))).all()
    return {
        **await choices_for(ask, groups[0]),
        "groups": [(str(row.id), row.name) for row in rows if row.id in groups],
        "categories": [(code, f"{code} {ask.say(row.zh, row.en)}") for code, row in CATEGORIES.items()],
        "forms": await forms_of_group(ask, groups[0]),
        "subjects": named(ask, dict(SUBJECTS)),
        "disclosures": named(ask, {key: DISCLOSURE[key] for key in ("internal", "public", "restricted")}),
        "periods": named(ask, {key: names for key, names in PERIODS.items() if key}),
        "kinds": [(kind, kind) for kind in KINDS if any(kind in _kinds_of(row) for row in rows if row.id in groups)],
        "panel_kinds": named(ask, PANEL_KINDS),
        "panel_modes": named(ask, PANEL_MODES),
    }


def _draft_of(ask: Ask) -> tuple[str, Draft]:
    plural = ask.request.scope["path"].rstrip("/").rpartition("/")[0].rpartition("/")[2]
    return plural, DRAFTS[plural]


async def form(ask: Ask) -> Response:
    plural, draft = _draft_of(ask)
    groups = groups_for(ask, f"{draft.noun}:draft")
    if not groups:
        raise forbidden("A3.2")
    given = {name: ask.request.query_params.get(name, "") for name in ("decision_id", "document_id", "motion_id")}
    for name, value in given.items():
        if value:
            as_uuid(name, value)
    return show(
        ask, "admin/matter/draft.html", noun=draft.noun, fields=draft.fields, given=given, row=None,
        choices=await draft_choices(ask, groups), address=f"/admin/{plural}/new",
    )  # fmt: skip


async def start(ask: Ask) -> Response:
    _, draft = _draft_of(ask)
    async with ask.begin() as work:
        row = await draft.run(work, ask.actor, ask.form)
    return go(ask, words.link(draft.noun, row.id))


async def edit_form(ask: Ask) -> Response:
    """The drafter corrects a draft or a returned motion."""
    row = await ask.session.scalar(visible_to(ask.view, Motion).where(Motion.id == ask.path_id()))  # type: ignore[arg-type]
    groups = groups_for(ask, "motion:edit")
    if row is None:
        raise NotFound()
    if row.group_id not in groups:
        raise forbidden("A3.2")
    return show(
        ask, "admin/matter/draft.html", noun="motion", fields=[replace(f, prefilled=True) for f in MOTION_FIELDS],
        given={}, row=row, choices=await draft_choices(ask, [row.group_id]), address=f"/admin/motions/{row.id}/edit",
    )  # fmt: skip


async def edit(ask: Ask) -> Response:
    motion_id = ask.path_id()
    async with ask.begin() as work:
        await motions.edit_motion(work, ask.actor, motion_id, _motion_draft(ask.form))
    return go(ask, f"/admin/motions/{motion_id}")


async def edit_topic_form(ask: Ask) -> Response:
    """The drafter corrects a draft or a returned topic (B2.4)."""
    row = await ask.session.scalar(visible_to(ask.view, Topic).where(Topic.id == ask.path_id()))  # type: ignore[arg-type]
    groups = groups_for(ask, "topic:edit")
    if row is None:
        raise NotFound()
    if row.group_id not in groups:
        raise forbidden("B2.4")
    return show(
        ask, "admin/matter/draft.html", noun="topic", fields=[replace(f, prefilled=True) for f in TOPIC_FIELDS],
        given={}, row=row, choices=await draft_choices(ask, [row.group_id]), address=f"/admin/topics/{row.id}/edit",
    )  # fmt: skip


async def edit_topic(ask: Ask) -> Response:
    topic_id = ask.path_id()
    async with ask.begin() as work:
        row = (await work.subject("topic", topic_id, ask.actor)).row
        draft = replace(_topic_draft(ask.form), decision_id=row.decision_id)
        await topics.edit_topic(work, ask.actor, topic_id, draft)
    return go(ask, f"/admin/topics/{topic_id}")


PAGES = (
    *(Page(f"/{plural}/new", form) for plural in DRAFTS),
    *(Page(f"/{plural}/new", start, "POST") for plural in DRAFTS),
    Page("/motions/{id}/edit", edit_form),
    Page("/motions/{id}/edit", edit, "POST"),
    Page("/topics/{id}/edit", edit_topic_form),
    Page("/topics/{id}/edit", edit_topic, "POST"),
)

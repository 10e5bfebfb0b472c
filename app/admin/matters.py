"""The pages of a motion, a meeting, a document. A motion's page tells its whole story (C6)."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col
from starlette.responses import Response

from app.admin.agenda_choices import agenda_choices, record_choices
from app.admin.ask import Ask
from app.admin.choices import choices_for
from app.admin.door import Page
from app.admin.drafts import groups_for
from app.admin.fields import Button
from app.admin.html import show
from app.admin.panels import panels
from app.admin.titles import person_names, unit_names
from app.core.clock import today
from app.core.refusals import NotFound
from app.models.matters import Attendance, Decision, EarlierOpinion, Item, Meeting, Motion, Opinion, Statement
from app.models.minutes import Extract, MinutesSection, RecordCorrection
from app.models.office import AddedForm, Topic
from app.models.outcome import Correction, Document, DocumentDecision, Publication
from app.models.people import Group
from app.models.records import Signature, Task
from app.models.review import OpinionAmendment, OpinionDraft, Requirement, ReviewSheet
from app.models.texts import TextVersion
from app.queries.calendar import load_calendar
from app.queries.leader_sheet import READERS
from app.queries.standings import soon_days, standing
from app.queries.story import story
from app.queries.visibility import visible_to
from app.queries.waiting import holder_names
from app.queries.warnings import warnings_of
from app.rules.claims import WRONG, Claim
from app.rules.major import REQUIREMENTS
from app.rules.roles import HANDLERS
from app.services.guards.minutes import claims_of


async def seen(ask: Ask, model: Any, condition: Any) -> list[Any]:
    return list((await ask.session.scalars(visible_to(ask.view, model).where(condition).order_by(model.id))).all())


async def the_one(ask: Ask, model: Any) -> Any:
    """The row of the path, or the page that a row which does not exist would get (A4.4)."""
    row = await ask.session.scalar(visible_to(ask.view, model).where(model.id == ask.path_id()))
    if row is None:
        raise NotFound()
    return row


async def people_in(ask: Ask, signatures: Iterable[Signature], others: Iterable[UUID | None] = ()) -> dict[UUID, str]:
    ids = {key for row in signatures for key in (row.person_id, row.for_id, row.entered_by)}
    return await person_names(ask, ids | set(others))


async def units_in(ask: Ask, *lists: Sequence[Any]) -> dict[UUID, str]:
    names = ("unit_id", "proposing_unit_id", "lead_unit_id", "organizer_id")
    return await unit_names(ask, [getattr(row, name, None) for rows in lists for row in rows for name in names])


async def texts_of(ask: Ask, object_ids: Iterable[UUID]) -> dict[UUID, TextVersion]:
    """The versions of these matters' texts, as far as the asker may see them (C16)."""
    return {row.id: row for row in await seen(ask, TextVersion, col(TextVersion.object_id).in_(list(object_ids)))}


async def standings_of(ask: Ask, opinions: Sequence[Opinion]) -> dict[UUID, str]:
    """The named standing of every request today (A3.3)."""
    if not opinions:
        return {}
    calendar, group = await load_calendar(ask.session), await ask.session.get(Group, opinions[0].group_id)
    soon = soon_days(group) if group else 0
    return {row.id: standing(calendar, row.state, row.due_on, today(), soon) for row in opinions}


def oldest_first(signatures: Iterable[Signature]) -> list[Signature]:
    return sorted(signatures, key=lambda row: (row.entered_at, row.id))


def go_on(made: Button, sheets: Sequence[ReviewSheet]) -> Button:
    """The form of the consolidated opinion, with the text of its newest version (A3.3)."""
    if made.action != "draft_sheet" or not sheets:
        return made
    newest = max(sheets, key=lambda row: row.number)
    return replace(made, fields=tuple(replace(each, prefilled=True) for each in made.fields), given=newest)


async def motion(ask: Ask) -> Response:
    told = await story(ask.session, ask.view, ask.path_id())
    if told is None:
        raise NotFound()
    ask.saw([told.motion], told.opinions, told.panels, told.items, told.documents, told.directives, told.publications)
    signatures = oldest_first(told.signatures)
    asked = [row.id for row in told.opinions]
    group_id, meeting_ids = told.motion.group_id, [row.id for row in told.meetings]
    facts = {
        noun: await panels(ask, noun, rows, signatures)
        for noun, rows in (
            ("opinion", told.opinions), ("panel", told.panels), ("meeting", told.meetings), ("item", told.items),
            ("attendance", told.attendance), ("document", told.documents), ("directive", told.directives),
            ("publication", told.publications),
        )
    }  # fmt: skip
    panel = (await panels(ask, "motion", [told.motion], signatures))[0]
    sheets = await seen(ask, ReviewSheet, col(ReviewSheet.motion_id) == told.motion.id)
    panel.can = [go_on(each, sheets) for each in panel.can]
    return show(
        ask, "admin/matter/motion.html", story=told, panel=panel,
        may={noun: bool(groups_for(ask, f"{noun}:draft")) for noun in ("document", "directive", "panel")},
        may_edit=told.motion.state in ("draft", "returned") and told.motion.drafter_id == ask.actor.person_id,
        panels=facts, history_rows=signatures, standings=await standings_of(ask, told.opinions),
        texts=await texts_of(ask, [told.motion.id, *(row.id for row in told.documents)]),
        drafts={row.opinion_id: row for row in await seen(ask, OpinionDraft, col(OpinionDraft.opinion_id).in_(asked))},
        amendments=await seen(ask, OpinionAmendment, col(OpinionAmendment.motion_id) == told.motion.id),
        sheets=sheets,
        requirements=await seen(ask, Requirement, col(Requirement.motion_id) == told.motion.id),
        requirement_names={name: ask.say(kind.zh, kind.en) for name, kind in REQUIREMENTS.items()},
        may_read_sheet=bool(ask.actor.roles_in(group_id) & READERS),
        earlier=await seen(ask, EarlierOpinion, col(EarlierOpinion.opinion_id).in_(asked)),
        choices=await choices_for(ask, group_id, meeting_ids, told.motion.category),
        people=await people_in(ask, signatures, [told.motion.drafter_id, *(row.presider_id for row in told.meetings),
                                                 *(row.person_id for row in told.attendance),
                                                 *(row.reporter_id for row in told.reports)]),
        units=await units_in(ask, [told.motion], told.opinions, told.attendance, told.statements, told.directives),
    )  # fmt: skip


def shows_code(ask: Ask, meeting: Meeting) -> bool:
    """The number is for the hall: the office and whoever presides show it."""
    return meeting.presider_id == ask.actor.person_id or bool(ask.actor.roles_in(meeting.group_id) & HANDLERS)


async def meeting(ask: Ask) -> Response:
    row = await the_one(ask, Meeting)
    items = await seen(ask, Item, col(Item.meeting_id) == row.id)
    attendance = await seen(ask, Attendance, col(Attendance.meeting_id) == row.id)
    statements = await seen(ask, Statement, col(Statement.item_id).in_([item.id for item in items]))
    signatures = oldest_first(
        await seen(ask, Signature, col(Signature.object_id).in_([each.id for each in (row, *items, *attendance)]))
    )
    motions = await seen(ask, Motion, col(Motion.id).in_([item.motion_id for item in items]))
    topics = await seen(ask, Topic, col(Topic.id).in_([item.topic_id for item in items]))
    ask.saw([row], items, motions)
    titles = {each.id: each.title for each in (*motions, *topics)}
    decisions = await seen(ask, Decision, col(Decision.meeting_id) == row.id)
    corrected = await seen(ask, RecordCorrection, col(RecordCorrection.meeting_id) == row.id)
    agenda = sorted(await panels(ask, "item", items, signatures), key=lambda panel: panel.row.position)
    choices = await agenda_choices(ask, row, items, titles)
    return show(
        ask, "admin/matter/meeting.html", panel=(await panels(ask, "meeting", [row], signatures))[0], agenda=agenda,
        attendance=await panels(ask, "attendance", attendance), statements=statements, history_rows=signatures,
        titles=titles,
        choices={**await choices_for(ask, row.group_id, [row.id]), **choices,
                 **await record_choices(ask, row, statements, decisions, choices["agenda_items"])},
        decisions={each.item_id: each for each in decisions}, corrected=corrected,
        people=await people_in(ask, signatures, [row.presider_id, *(seat.person_id for seat in attendance),
                                                 *(each.corrected_by for each in corrected)]),
        units=await units_in(ask, attendance, statements, [row]),
        shows_code=shows_code(ask, row),
        warnings=await warnings_of(ask.session, ask.view, row, await load_calendar(ask.session)),
        added=await seen(ask, AddedForm, col(AddedForm.id) == row.added_form_id) if row.added_form_id else [],
        minutes=[each for each in await seen(ask, Document, col(Document.meeting_id) == row.id) if each.circuit],
        extracts=await extracts_of(ask, col(Extract.meeting_id) == row.id),
    )  # fmt: skip


async def extracts_of(ask: Ask, condition: Any) -> list[tuple[Extract, str]]:
    """Documents as sent, each with its addressee's name."""
    rows: list[Extract] = await seen(ask, Extract, condition)
    names = {
        **await unit_names(ask, [row.unit_id for row in rows]),
        **await person_names(ask, [row.person_id for row in rows]),
    }
    return [(row, names.get(row.unit_id or row.person_id or row.id, "—")) for row in rows]


async def extract(ask: Ask) -> Response:
    """What one addressee was sent of a document, with the button of its receipt (B2.6, C1)."""
    row = await the_one(ask, Extract)
    ask.saw([row])
    (_, addressee), *_ = await extracts_of(ask, col(Extract.id) == row.id)
    meetings = await seen(ask, Meeting, col(Meeting.id) == row.meeting_id)
    panel = (await panels(ask, "extract", [row]))[0]
    return show(ask, "admin/matter/extract.html", panel=panel, addressee=addressee, meetings=meetings, choices={})


async def _claims(ask: Ask, row: Document) -> list[Claim]:
    """What the drafter still has to mend or confirm (C17)."""
    if not row.circuit or row.state != "draft":
        return []
    sections = select(MinutesSection).where(col(MinutesSection.document_id) == row.id)
    decisions = select(Decision).where(col(Decision.meeting_id) == row.meeting_id)
    return claims_of(row, (await ask.session.scalars(sections)).all(), (await ask.session.scalars(decisions)).all())


async def _left_office(ask: Ask, document_id: UUID) -> list[str]:
    """Who owed a signature and left the office before giving it (C5)."""
    query = select(col(Task.holder)).where(col(Task.object_id) == document_id, col(Task.outcome) == "left_office")
    names = await holder_names(ask.session, (await ask.session.scalars(query.order_by(col(Task.id)))).all())
    return [zh for zh, _ in names.values()]


def _may_publish(ask: Ask, row: Document) -> bool:
    return row.state == "registered" and not row.circuit and bool(groups_for(ask, "publication:draft"))


async def document(ask: Ask) -> Response:
    row = await the_one(ask, Document)
    carried = select(col(DocumentDecision.decision_id)).where(col(DocumentDecision.document_id) == row.id)
    publications = await seen(ask, Publication, col(Publication.document_id) == row.id)
    ask.saw([row], publications)
    corrections = await seen(ask, Correction, col(Correction.document_id) == row.id)
    about = [row.id, *(each.id for each in publications)]
    signatures = oldest_first(await seen(ask, Signature, col(Signature.object_id).in_(about)))
    return show(
        ask, "admin/matter/document.html", panel=(await panels(ask, "document", [row], signatures))[0],
        decisions=await seen(ask, Decision, col(Decision.id).in_(carried)), history_rows=signatures,
        publications=await panels(ask, "publication", publications, signatures),
        may_publish=_may_publish(ask, row) and not publications,
        choices=await choices_for(ask, row.group_id), units=await unit_names(ask, [row.department_id]),
        claims=await _claims(ask, row), wrong=WRONG, confirmed=row.claims_hash == row.content_hash,
        extracts=await extracts_of(ask, col(Extract.document_id) == row.id),
        meetings=await seen(ask, Meeting, col(Meeting.id) == row.meeting_id),
        corrections=corrections, texts=await texts_of(ask, [row.id]), left_office=await _left_office(ask, row.id),
        people=await people_in(ask, signatures, [row.drafter_id, *(each.proposed_by for each in corrections),
                                                 *(each.confirmed_by for each in corrections)]),
    )  # fmt: skip


PAGES = (
    Page("/motions/{id}", motion),
    Page("/meetings/{id}", meeting),
    Page("/documents/{id}", document),
    Page("/extracts/{id}", extract),
)

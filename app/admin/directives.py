"""The page of a directive: what it asks, what is open in its draft, what was reported (C3, C19)."""

from uuid import UUID

from sqlalchemy import select
from sqlmodel import col
from starlette.responses import Response

from app.admin.ask import Ask
from app.admin.choices import choices_for, named
from app.admin.door import Page
from app.admin.html import show
from app.admin.matters import oldest_first, people_in, seen, the_one
from app.admin.panels import Choices, lights_of, panels
from app.admin.questions import FIELDS, take_answering
from app.admin.titles import unit_names
from app.core.labels import PERIODS
from app.models.matters import Decision
from app.models.outcome import Directive, DirectiveExtension, DirectiveQuestion, DirectiveUnit, Report
from app.models.records import Signature
from app.rules.questions import sentence


async def directive(ask: Ask) -> Response:
    row = await the_one(ask, Directive)
    linked = select(col(DirectiveUnit.unit_id)).where(col(DirectiveUnit.directive_id) == row.id)
    cooperating = list((await ask.session.scalars(linked)).all())
    ask.saw([row])
    reports = await seen(ask, Report, col(Report.directive_id) == row.id)
    signatures = oldest_first(await seen(ask, Signature, col(Signature.object_id) == row.id))
    questions = await seen(ask, DirectiveQuestion, col(DirectiveQuestion.directive_id) == row.id)
    panel = (await panels(ask, "directive", [row], signatures))[0]
    parts = await seen(ask, Directive, col(Directive.parent_id) == row.id)
    extensions = await seen(ask, DirectiveExtension, col(DirectiveExtension.directive_id) == row.id)
    names = await unit_names(ask, [row.lead_unit_id, *cooperating, *(part.lead_unit_id for part in parts)])
    return show(
        ask, "admin/matter/directive.html", panel=panel, questions=questions, may_answer=take_answering(panel),
        question_fields=FIELDS, question=lambda each: sentence(each.kind, each.about, ask.language),
        reports_rows=reports, cooperating=cooperating, history_rows=signatures,
        choices=await _choices(ask, row, {key: names.get(key, "") for key in cooperating}),
        whole=await seen(ask, Directive, col(Directive.id) == row.parent_id), extensions=extensions, parts=parts,
        lights=await lights_of(ask, parts),
        decisions=await seen(ask, Decision, col(Decision.id) == row.decision_id),
        units=names,
        people=await people_in(ask, signatures, [row.issuer_id, *(report.reporter_id for report in reports),
                                                 *(each.answered_by for each in (*questions, *extensions)),
                                                 *(each.asked_by for each in extensions)]),
    )  # fmt: skip


async def _choices(ask: Ask, row: Directive, helpers: dict[UUID, str]) -> Choices:
    found = await choices_for(ask, row.group_id)
    found["periods"] = named(ask, {key: names for key, names in PERIODS.items() if key})
    found["helpers"] = [(str(key), name) for key, name in helpers.items()]
    found["cooperating_chosen"] = found["helpers"]
    return found


PAGES = (Page("/directives/{id}", directive),)

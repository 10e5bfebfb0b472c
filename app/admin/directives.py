"""The page of a directive: what it asks, what is open in its draft, what was reported (C3, C19)."""

from sqlalchemy import select
from sqlmodel import col
from starlette.responses import Response

from app.admin.ask import Ask
from app.admin.choices import choices_for
from app.admin.door import Page
from app.admin.html import show
from app.admin.matters import oldest_first, people_in, seen, the_one
from app.admin.panels import panels
from app.admin.questions import FIELDS, take_answering
from app.admin.titles import unit_names
from app.models.matters import Decision
from app.models.outcome import Directive, DirectiveQuestion, DirectiveUnit, Report
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
    return show(
        ask, "admin/matter/directive.html", panel=panel, questions=questions, may_answer=take_answering(panel),
        question_fields=FIELDS, question=lambda each: sentence(each.kind, each.about, ask.language),
        reports_rows=reports, cooperating=cooperating, history_rows=signatures,
        choices=await choices_for(ask, row.group_id),
        decisions=await seen(ask, Decision, col(Decision.id) == row.decision_id),
        units=await unit_names(ask, [row.lead_unit_id, *cooperating]),
        people=await people_in(ask, signatures, [row.issuer_id, *(report.reporter_id for report in reports),
                                                 *(each.answered_by for each in questions)]),
    )  # fmt: skip


PAGES = (Page("/directives/{id}", directive),)

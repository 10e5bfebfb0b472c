"""The report of results to the group (A3.6, C3): a document of the kind 报告, drafted from how the directives stand."""

from datetime import date
from uuid import UUID

from app.core.enforces import enforces
from app.models.outcome import Document
from app.queries.progress import state_of_directives
from app.queries.visibility import View
from app.rules.roles import Actor
from app.services.documents import DocumentDraft, draft_document
from app.services.guards.documents import RESULTS
from app.services.permits import require, require_group
from app.services.work import Work


@enforces("A3.6", "C3", "A4.4")
async def draft_results_report(work: Work, actor: Actor, group_id: UUID, since: date | None = None) -> Document:
    """Drafted for its author to go over, and then signed and issued like any other document (A3.5). What is restricted
    is left out, since the whole group gets it. `since`: also what was closed from that day on."""
    group = await require_group(work, group_id)
    require(work, actor, "document", "draft", group_id, "A3.5")
    state = await state_of_directives(work.session, View(actor, work.policy), group_id, since, restricted=False)
    draft = DocumentDraft(
        kind=RESULTS, title=f"关于督办事项办理情况的报告({state.day})", body=state.text(), decision_ids=(),
        addressee=group.name,
    )  # fmt: skip
    return await draft_document(work, actor, group_id, draft, reports_results=True)

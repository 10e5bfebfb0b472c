"""A meeting proposed from the store of what is ready (A2.1)."""

from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from app.core.enforces import enforces
from app.core.refusals import Refusal, Refused
from app.models.matters import Meeting, Motion
from app.models.office import Topic
from app.queries.subjects import load_subjects
from app.queries.visibility import View, row_filter
from app.rules.categories import CATEGORIES
from app.rules.roles import Actor
from app.services import forms, transitions
from app.services.agenda import add_item, add_topic
from app.services.meetings import MeetingDraft, draft_meeting
from app.services.work import Work


async def _ready(work: Work, actor: Actor, group_id: UUID, noun: str, form: str) -> list[UUID]:
    """What is ready for this form and may be listed now, the longest waiting first."""
    model = Motion if noun == "motion" else Topic
    state = "ready" if noun == "motion" else "approved"
    query = select(model).where(
        col(model.group_id) == group_id, col(model.state) == state, row_filter(View(actor, work.policy), model)
    )
    rows = (await work.session.scalars(query.order_by(col(model.state_since), col(model.id)))).all()
    fitting = [row for row in rows if not isinstance(row, Motion) or CATEGORIES[row.category].form.value == form]
    subjects = await load_subjects(work.session, noun, fitting)
    return [
        subject.row.id
        for subject in subjects
        if transitions.why_not(work.policy, subject, "list", actor, work.now) is None
    ]


@enforces("A2.1")
async def propose_meeting(work: Work, actor: Actor, group_id: UUID, draft: MeetingDraft) -> Meeting:
    """Prepare a meeting with everything on its agenda that waits for this form, so that nothing waits longer than it
    must. Where nothing waits there is nothing to propose."""
    form = await forms.find_form(work, group_id, draft.form, draft.added_form_id)
    meeting = await draft_meeting(work, actor, group_id, draft)
    waiting = await _ready(work, actor, group_id, form.deliberates, draft.form)
    if not waiting:
        raise Refused(
            Refusal(
                "nothing_ready",
                f"没有待上会的{'办公室' if form.of_office else ''}议题,可以直接筹备会议后再列入议题。",
                "Nothing waits for a meeting of this form.",
                "A2.1",
                "议题审定、初审完毕后",
                "when a matter is ready",
            )
        )
    put = add_topic if form.of_office else add_item
    for key in waiting:
        await put(work, actor, meeting.id, key)
    return meeting

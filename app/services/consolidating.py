"""Who owes the consolidated opinion (A3.3, C1): General Affairs once every answer is in, the director once the sheet is
made."""

from uuid import UUID

from app.core.enforces import enforces
from app.models.matters import Motion
from app.queries.subjects import Subject, load_subject
from app.rules.roles import Actor
from app.services import tasks, transitions
from app.services.guards.opinions import in_hand
from app.services.work import Work

KINDS = frozenset({"consolidation", "release"})
SETTLED = frozenset({"answered", "answered_late", "closed", "waived"})


@enforces("A3.3", "C1")
async def follow(work: Work, actor: Actor, motion_id: UUID) -> None:
    """After an opinion was given, waived or asked for again."""
    motion = await load_subject(work.session, "motion", await work.session.get(Motion, motion_id))
    if motion.row.state != "under_review":
        return
    owed = any(task.kind in KINDS for task in await tasks.open_tasks(work, motion))
    settled = all(row.state in SETTLED for row in motion.related["opinion"])
    if settled and not owed:
        await transitions.advance(work, motion, "all_answered", actor)
    if owed and not settled:
        await transitions.advance(work, motion, "await_answers", actor)


@enforces("A3.3", "C1")
async def sheet_made(work: Work, actor: Actor, motion: Subject) -> None:
    """A sheet that could be released is the director's to look at."""
    if in_hand(motion.related["opinion"], work.day):
        await transitions.advance(work, motion, "put_to_director", actor)

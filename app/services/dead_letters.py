"""Messages that were given up after many attempts: the administrator lets one go out again (DESIGN 10)."""

from uuid import UUID

from app.core.enforces import enforces
from app.core.refusals import NotFound
from app.models.records import Outbox
from app.rules.roles import Actor
from app.services import trail
from app.services.work import Work


@enforces("C13")
async def send_again(work: Work, actor: Actor, outbox_id: UUID) -> Outbox:
    """Put it back into the queue, due now. Its key stays, so that the recipient cannot get it twice."""
    row: Outbox = await work.must_see(Outbox, outbox_id, actor)
    if row.done_at is not None:
        raise NotFound()
    row.dead_at, row.leased_until, row.due_at = None, None, work.now
    await trail.append(
        work.session,
        trail.entry(
            work.now, "outbox", "send_again", "C13", object_id=row.id, actor_id=actor.person_id, origin=actor.origin
        ),
    )
    return row

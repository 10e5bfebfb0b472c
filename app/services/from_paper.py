"""The one way in for what was done on paper (C20): an authorised clerk enters it, and the act itself meets the signer.

Whatever the step asks for, the service that takes it is called with the signer as its actor: its checks, its guards and
what it writes are his. That a clerk entered it travels with the actor, so that signature, trail and message say so.
"""

from collections.abc import Awaitable, Callable
from typing import TypeVar
from uuid import UUID

from app.core.enforces import enforces
from app.core.refusals import NotFound, Refusal, Refused
from app.queries.subjects import Subject
from app.rules.paper import WITHOUT_PAPER, takes_paper
from app.rules.roles import Actor
from app.services import transitions
from app.services.paper import PaperEntry, signer_of
from app.services.work import Work

T = TypeVar("T")


def _not_from_paper(noun: str, action: str) -> Refused:
    why = WITHOUT_PAPER.get((noun, action))
    zh, en = (why.zh, why.en) if why else ("没有可以代录的这一步骤。", "There is no such step to enter from paper.")
    return Refused(Refusal("not_from_paper", zh, en, "C20"))


async def _require_his_matter(work: Work, subject: Subject, action: str, signer: Actor) -> None:
    """A signer who has no part in the matter has no step in it (A4.4)."""
    try:
        await work.subject(subject.noun, subject.row.id, signer)
    except NotFound as error:
        zh, en = "这一步骤不归所列签署人办理。", "This step is not the named signer's."
        is_step = action in subject.table.actions
        found = transitions.why_not(work.policy, subject, action, signer, work.now) if is_step else None
        raise Refused(found or Refusal("not_the_signers", zh, en, "C20")) from error


@enforces("C20")
async def enter(
    work: Work,
    clerk: Actor,
    noun: str,
    object_id: UUID,
    action: str,
    paper: PaperEntry,
    act: Callable[[Actor], Awaitable[T]],
) -> T:
    """Take a step for whoever signed it on paper. The clerk must see the matter, the signer must be able to take it."""
    if not takes_paper(noun, action):
        raise _not_from_paper(noun, action)
    subject = await work.subject(noun, object_id, clerk)
    signer = await signer_of(work, clerk, subject, action, paper)
    await _require_his_matter(work, subject, action, signer)
    return await act(signer)

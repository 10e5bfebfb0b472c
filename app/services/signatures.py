"""A signature as it is kept: by whom and for whom, in which role, on which text, and, from paper, entered by whom."""

from app.core.enforces import enforces
from app.models.records import Signature
from app.models.texts import TextVersion
from app.queries.subjects import Subject
from app.rules.roles import Actor
from app.rules.workflow import Step
from app.services import text_hash
from app.services.hands import Hand
from app.services.work import Work


@enforces("A3.5", "C4", "C20")
def sign(
    work: Work,
    subject: Subject,
    step: Step,
    hand: Hand,
    actor: Actor,
    words: str,
    version: TextVersion | None = None,
    stale: bool = False,
) -> None:
    """`version` is the text that was signed, of a noun whose texts are kept; `stale`: it has changed since (C16)."""
    entry = actor.entry
    if entry:
        words = f"{words}({entry.note})" if words else entry.note
    own_role = next((seat.role.value for seat in actor.seats if seat.group_id == subject.row.group_id), hand.role.value)
    signature = Signature(
        group_id=subject.row.group_id,
        noun=subject.noun,
        object_id=subject.row.id,
        round=subject.row.round,
        action=step.action,
        signs=step.signs,
        person_id=hand.person_id,
        role=own_role if hand.for_id else hand.role.value,
        for_id=hand.for_id,
        for_role=hand.role.value if hand.for_id else "",
        entered_by=entry.clerk_id if entry else None,
        opinion=words,
        content_hash=version.content_hash if version else text_hash.of(subject.row),
        text_version_id=version.id if version else None,
        stale=stale,
        signed_at=entry.signed_at if entry else work.now,
        entered_at=work.now,
    )
    work.session.add(signature)
    subject.signatures.append(signature)

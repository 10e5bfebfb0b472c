"""Telling people: outbox rows in the same transaction as the act; delivery comes afterwards and exactly once."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from app.core.enforces import enforces
from app.models.records import Outbox
from app.queries.subjects import Subject
from app.rules.roles import Role, Seat
from app.services.audiences import resolve
from app.services.work import Work

CHANNELS = ("inapp", "mail")


def line(
    event: str,
    channel: str,
    person_id: UUID,
    key: str,
    subject: Subject | None = None,
    payload: dict[str, Any] | None = None,
) -> Outbox:
    """One outbox row. `key` makes it unique: the same event told twice to one person by one channel is one row."""
    return Outbox(
        dedupe=f"{key}:{person_id}:{channel}",
        event=event,
        channel=channel,
        person_id=person_id,
        group_id=subject.row.group_id if subject else None,
        noun=subject.noun if subject else "",
        object_id=subject.row.id if subject else None,
        payload=payload or {},
    )


def _people(subject: Subject, holders: set[str]) -> list[UUID]:
    """The persons behind these holders, from the appointments that the subject already carries."""
    named = [UUID(holder.removeprefix("person/")) for holder in sorted(holders) if holder.startswith("person/")]
    seated = [
        row.person_id
        for row in subject.appointments
        if holders & set(Seat(Role(row.role), row.group_id, row.unit_id).holders)
    ]
    return named + seated


@enforces("C9")
async def tell(
    work: Work,
    subject: Subject,
    event: str,
    audiences: Iterable[str],
    except_for: UUID | None = None,
    payload: dict[str, Any] | None = None,
) -> None:
    """Tell everybody behind these audiences, each once; whoever acts is not told of his own act."""
    wanted = {holder for audience in audiences for holder in resolve(subject, audience)}
    people = dict.fromkeys(_people(subject, wanted))
    people.pop(except_for, None) if except_for else None
    key = f"{event}:{subject.row.id}:{subject.row.version}"
    work.session.add_all(
        line(event, channel, person, key, subject, payload) for person in people for channel in CHANNELS
    )

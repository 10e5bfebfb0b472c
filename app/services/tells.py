"""Telling people: outbox rows in the same transaction as the act; delivery comes afterwards and exactly once."""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from app.core.enforces import enforces
from app.models.records import Outbox
from app.queries.subjects import Subject
from app.rules.notices import kind_of
from app.rules.roles import Role, Seat
from app.rules.workflow import Ask
from app.services.audiences import resolve
from app.services.channels import Way, ways
from app.services.work import Work


def line(
    event: str,
    way: Way,
    person_id: UUID,
    key: str,
    subject: Subject | None = None,
    payload: dict[str, Any] | None = None,
) -> Outbox:
    """One outbox row. `key` makes it unique: the same event told twice to one person by one way is one row."""
    return Outbox(
        dedupe=f"{key}:{person_id}:{way.key}",
        event=event,
        channel=way.channel,
        webhook_id=way.webhook_id,
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
    asks: Iterable[Ask] = (),
) -> None:
    """Tell everybody behind these audiences, each once; whoever acts is not told of his own act. Those whose reply the
    matter, or with `asks` the act itself, awaits from now on are told as such: that cannot be muted."""
    awaited = {ask.audience for ask in (*subject.state.awaits, *asks)}
    told = list(audiences)
    asked = _behind(subject, (audience for audience in told if audience in awaited))
    others = _behind(subject, (audience for audience in told if audience not in awaited))
    key = f"{event}:{subject.row.id}:{subject.row.version}"
    for people, is_asked in ((asked, True), ([person for person in others if person not in asked], False)):
        await tell_people(work, subject, event, [each for each in people if each != except_for], key, payload, is_asked)


def _behind(subject: Subject, audiences: Iterable[str]) -> list[UUID]:
    """The persons behind these audiences, each once."""
    return people_behind(subject, {holder for each in audiences for holder in resolve(subject, each)})


def people_behind(subject: Subject, holders: set[str]) -> list[UUID]:
    """The persons behind these holders, each once."""
    return list(dict.fromkeys(_people(subject, holders)))


@enforces("C9")
async def tell_people(
    work: Work,
    subject: Subject,
    event: str,
    people: Collection[UUID],
    key: str,
    payload: dict[str, Any] | None = None,
    asked: bool = False,
) -> None:
    """Tell these people, each by the ways that are open to him. `asked`: each owes a reply from now on."""
    if not people:
        return
    kind = kind_of(event, asked)
    by_person = await ways(work.session, subject.row.group_id, kind, people)
    said = {**(payload or {}), "notice": kind.code}
    work.session.add_all(line(event, way, person, key, subject, said) for person in people for way in by_person[person])

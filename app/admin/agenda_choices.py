"""What the forms of a meeting's agenda choose from."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlmodel import col

from app.admin.ask import Ask
from app.admin.choices import named
from app.admin.panels import Choices
from app.admin.titles import person_names, unit_names
from app.core.labels import CAPACITIES
from app.models.matters import Attendance, Decision, Item, Meeting, Motion, Statement
from app.models.office import Topic
from app.models.people import Person
from app.queries.visibility import visible_to
from app.rules.agenda import ORDERS
from app.rules.categories import CATEGORIES
from app.rules.forms import FORMS
from app.services.observers import CAPACITIES as GUESTS
from app.services.record_corrections import KINDS, SEATS


async def agenda_choices(ask: Ask, meeting: Meeting, items: Sequence[Item], titles: Mapping[UUID, str]) -> Choices:
    people = visible_to(ask.view, Person).where(col(Person.active)).order_by(col(Person.name))
    known = [row for row in items if row.state != "removed" and row.kind == "matter"]
    return {
        "people": [(str(row.id), row.name) for row in (await ask.session.scalars(people)).all()],
        "agenda_items": [(str(row.id), titles.get(row.motion_id or row.topic_id or row.id, "—")) for row in known],
        "guest_capacities": named(ask, {name: CAPACITIES[name] for name in GUESTS}),
        "agenda_orders": named(ask, dict(ORDERS)),
        "seats": await _seats(ask, meeting),
        "late_matters": await _late(ask, meeting),
    }


async def record_choices(
    ask: Ask,
    meeting: Meeting,
    statements: Sequence[Statement],
    decisions: Sequence[Decision],
    items: Sequence[tuple[str, str]],
) -> Choices:
    """What of a closed meeting's record can be corrected, and on which item a statement may be missing (A4.3)."""
    if meeting.state != "closed":
        return {"record_rows": [], "seat_states": [], "called_units": []}
    missing = ask.say("补记发言", "A missing statement")
    said, decided, seat = (ask.say(*KINDS[kind]) for kind in ("statement", "decision", "attendance"))
    rows = [
        *((f"statement:{row.id}", f"{said}:{row.text[:30]}") for row in statements),
        *((f"decision:{row.id}", f"{decided}:{row.text[:30]}") for row in decisions),
        *((f"attendance:{key}", f"{seat}:{name}") for key, name in await _seats(ask, meeting)),
        *((f"item:{key}", f"{missing}:{title[:30]}") for key, title in items),
    ]
    units = await unit_names(ask, [row.unit_id for row in await _called(ask, meeting)])
    return {
        "record_rows": rows,
        "seat_states": [(key, ask.say(zh, en)) for key, (_, zh, en) in SEATS.items()],
        "called_units": [(str(key), name) for key, name in units.items()],
    }


async def _called(ask: Ask, meeting: Meeting) -> Sequence[Attendance]:
    query = visible_to(ask.view, Attendance).where(col(Attendance.meeting_id) == meeting.id)
    return (await ask.session.scalars(query.order_by(col(Attendance.id)))).all()


async def _seats(ask: Ask, meeting: Meeting) -> list[tuple[str, str]]:
    """Everybody who was called."""
    rows = await _called(ask, meeting)
    units, people = (
        await unit_names(ask, [r.unit_id for r in rows]),
        await person_names(ask, [r.person_id for r in rows]),
    )
    names = {**units, **people}
    return [(str(row.id), names.get(row.unit_id or row.person_id or row.id, "—")) for row in rows]


async def _late(ask: Ask, meeting: Meeting) -> list[tuple[str, str]]:
    """What is ready for this meeting's form."""
    if meeting.form in FORMS and not FORMS[meeting.form].of_office:
        codes = [code for code, row in CATEGORIES.items() if row.form.value == meeting.form]
        motions = visible_to(ask.view, Motion).where(
            col(Motion.group_id) == meeting.group_id, col(Motion.state) == "ready", col(Motion.category).in_(codes)
        )
        return [(f"motion:{row.id}", row.title) for row in (await ask.session.scalars(motions)).all()]
    topics = visible_to(ask.view, Topic).where(col(Topic.group_id) == meeting.group_id, col(Topic.state) == "approved")
    return [(f"topic:{row.id}", row.title) for row in (await ask.session.scalars(topics)).all()]

"""From 1 November the administrators are told that next year's calendar is missing, once a month (C14)."""

from sqlalchemy import select
from sqlmodel import col

from app.core.clock import now, today
from app.core.enforces import enforces
from app.core.ids import new_id
from app.models.engine import Database
from app.models.people import Administrator, Person
from app.models.records import Outbox
from app.queries.calendar import load_calendar
from app.rules.notices import kind_of
from app.rules.roles import Role
from app.services.channels import ways
from app.services.inserts import insert_new

EVENT = "calendar.missing"


@enforces("C14")
async def tell_missing_calendar(db: Database) -> int:
    """How many administrators were told now; nobody twice in one month."""
    async with db.read() as session:
        year = (await load_calendar(session)).missing_year(now())
        query = select(col(Administrator.person_id)).join(Person, col(Person.id) == col(Administrator.person_id))
        query = query.where(col(Administrator.role) == Role.SYSTEM_ADMIN, col(Person.active))
        people = list((await session.scalars(query)).all()) if year else []
        keys = {person: f"{EVENT}:{year}:{today():%Y-%m}:{person}" for person in people}
        known = await session.scalars(select(col(Outbox.dedupe)).where(col(Outbox.dedupe).in_(
            [f"{key}:inapp" for key in keys.values()])))  # fmt: skip
        done = set(known.all())
        new = [person for person, key in keys.items() if f"{key}:inapp" not in done]
    if not new:
        return 0
    said = {
        "clause": "C14",
        "zh": f"{year}年放假安排尚未导入,涉及该年的期限均为暂定。",
        "en": f"The calendar of {year} is not imported; due dates that touch it are provisional.",
    }
    async with db.write() as session:
        open_to = await ways(session, None, kind_of(EVENT), new)
        lines = [
            {
                "id": new_id(), "dedupe": f"{keys[person]}:{way.key}", "person_id": person, "event": EVENT,
                "channel": way.channel, "payload": said, "noun": "", "created_at": now(), "due_at": now(),
                "attempts": 0, "error": "",
            }
            for person in new for way in open_to[person]
        ]  # fmt: skip
        await insert_new(session, Outbox, lines, ("dedupe",))
    return len(new)

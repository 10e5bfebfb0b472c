"""People. Phone and mail are for oneself, the office's handlers and the system administrator."""

from typing import Any

from app.models.people import Appointment, Person
from app.rules.roles import HANDLERS, Role
from schema.context import Info
from schema.declare import Computed, Many, Noun, column, optional

_MAY = HANDLERS | {Role.SYSTEM_ADMIN}


async def _may_reach(root: Any, info: Info) -> bool:
    actor = (await info.context.view()).actor
    return actor.person_id == root.id or bool(actor.all_roles & _MAY)


async def _phone(root: Any, info: Info) -> str | None:
    return root.phone if await _may_reach(root, info) else None


async def _mail(root: Any, info: Info) -> str | None:
    return root.mail if await _may_reach(root, info) else None


NOUN = Noun(
    Person,
    "Person",
    "Somebody who holds or held a post.",
    fields=(
        column("name", str, "The name."),
        column("active", bool, "Whether the person can sign in."),
        Computed("phone", optional(str), "The phone number; null for who has no business with it.", _phone, ("phone",)),
        Computed("mail", optional(str), "The mail address; null for who has no business with it.", _mail, ("mail",)),
        Many("appointments", Appointment, "person_id", "The posts, past ones too (C5)."),
    ),
)

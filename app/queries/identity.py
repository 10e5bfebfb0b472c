"""Who asks, in one statement: the sign-in, the person, his posts, lent powers, the policy's version (C4, C5, C13).

The same facts as app.queries.actors reads inside a unit of work; a test holds the two equal. They are put in order
here, for every node of its plan costs the database as much as reading a row. Nothing of it is remembered from one
request to the next but what the database has just said again: an answer with the same bytes is the same asker, so the
objects made from them can be used again, and a revoked sign-in ends with the next request.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from operator import itemgetter
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import and_, or_, select

from app.core.enforces import enforces
from app.models.engine import Database
from app.models.panels import Panel, PanelMember
from app.models.people import Administrator, Appointment, Delegation, Person, Session
from app.models.readers import Asked
from app.models.records import PolicyVersion
from app.queries.planner.given import NOW, TODAY, Given, at, moment_values
from app.queries.planner.shapes import OneRow, Rows, Source, Thing
from app.queries.planner.statement import Statement, statement
from app.queries.planner.values import Value, of_column
from app.queries.visibility import Table, table_of
from app.rules.panel import AT_WORK, OPEN_TO_EXPERTS
from app.rules.roles import PUBLIC, Actor, Mandate, Role, Seat


@dataclass(frozen=True, slots=True)
class Identity:
    actor: Actor
    version: int


def _in_force(post: Table) -> Any:
    return and_(post.c.starts_on <= TODAY, or_(post.c.ends_on.is_(None), post.c.ends_on >= TODAY))


def _columns(table: Table, *names: str) -> tuple[tuple[str, Value], ...]:
    return tuple((name, of_column(table.c[name])) for name in names)


def _seats(person: Table) -> Rows:
    post = at(Appointment, 2)
    source = Source(post, (post.c.person_id == person.c.id, _in_force(post)))
    return Rows(_columns(post, "id", "role", "group_id", "unit_id"), source)


def _mandates(person: Table) -> Rows:
    lent, principal, post = at(Delegation, 2), at(Person, 3), at(Appointment, 3)
    joined = lent.join(principal, principal.c.id == lent.c.principal_id).join(
        post,
        and_(
            post.c.person_id == lent.c.principal_id,
            post.c.group_id == lent.c.group_id,
            post.c.role == lent.c.role,
            _in_force(post),
        ),
    )
    running = (lent.c.withdrawn_at.is_(None), lent.c.starts_at <= NOW, lent.c.ends_at > NOW)
    entries = (
        *_columns(lent, "id", "principal_id"),
        ("name", Value(principal.c.name, "text")),
        *_columns(lent, "role", "group_id", "permission", "matter_id"),
        ("unit_id", Value(post.c.unit_id, "uuid")),
        ("post_id", Value(post.c.id, "uuid")),
    )
    return Rows(entries, Source(lent, (lent.c.delegate_id == person.c.id, *running), joined=joined, mixed=True))


def _panels(person: Table) -> Rows:
    """The groups in which he sits on a panel between its call and its conclusion (A3.7); one may come twice."""
    member, panel = at(PanelMember, 2), at(Panel, 2)
    at_work = (member.c.person_id == person.c.id, member.c.state.in_(AT_WORK), panel.c.state.in_(OPEN_TO_EXPERTS))
    joined = member.join(panel, panel.c.id == member.c.panel_id)
    return Rows(_columns(panel, "group_id"), Source(panel, at_work, joined=joined))


def _administrator(person: Table) -> OneRow:
    row = at(Administrator, 2)
    return OneRow(_columns(row, "role"), Source(row, (row.c.person_id == person.c.id,)))


@cache
def _statement(lite: bool) -> Statement:
    person, session = at(Person, 1), at(Session, 1)
    valid = (
        session.c.token_hash == Given("token", "text"),
        session.c.revoked_at.is_(None),
        session.c.expires_at > NOW,
        person.c.active,
    )
    who = OneRow(
        (
            *_columns(person, "id", "name"),
            ("seats", _seats(person)),
            ("panels", _panels(person)),
            ("administrator", _administrator(person)),
            ("mandates", _mandates(person)),
        ),
        Source(person, valid, joined=session.join(person, person.c.id == session.c.person_id)),
    )
    version = select(table_of(PolicyVersion).c.version).limit(1).scalar_subquery()
    return statement(Thing((("who", who), ("version", Value(version, "int")))), lite)


def _key(text: str | None) -> UUID | None:
    return UUID(text) if text else None


def _seat(row: dict[str, Any]) -> Seat:
    return Seat(Role(row["role"]), _key(row.get("group_id")), _key(row.get("unit_id")))


def _mandate(row: dict[str, Any]) -> Mandate:
    keys = {name: _key(row[name]) for name in ("id", "principal_id", "group_id", "matter_id", "unit_id")}
    return Mandate(**keys, principal_name=row["name"], role=Role(row["role"]), permission=row["permission"])  # type: ignore[arg-type]


@lru_cache(maxsize=5000)
def identity_of(answer: bytes) -> Identity:
    """The same answer is the same asker."""
    said = orjson.loads(answer)
    who = said["who"]
    if who is None:
        return Identity(PUBLIC, said["version"] or 0)
    seats = [_seat(row) for row in sorted(who["seats"], key=itemgetter("id"))]
    seats += [Seat(Role.EXPERT, _key(group_id)) for group_id in sorted({row["group_id"] for row in who["panels"]})]
    if who["administrator"]:
        seats.append(_seat(who["administrator"]))
    actor = Actor(
        UUID(who["id"]),
        who["name"],
        tuple(seats),
        tuple(_mandate(row) for row in sorted(who["mandates"], key=itemgetter("id", "post_id"))),
    )
    return Identity(actor, said["version"] or 0)


@enforces("C4", "C5", "C13")
async def identify(db: Database, token: str) -> Identity:
    """The asker behind a token as of now; the public where it is none, or not valid any more."""
    return identity_of(await db.reader.value(*who_asks(token, moment_values(), db.is_sqlite)))


def who_asks(token: str, moment: Mapping[str, Any], lite: bool) -> Asked:
    """The statement, and its parameters."""
    asked = _statement(lite)
    return asked.text, asked.arguments({"token": hash_of(token) if token else "", **moment})


def hash_of(token: str) -> str:
    """Only this is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()

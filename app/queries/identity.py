"""Who asks, in one statement: the sign-in, the person, his posts, lent powers, the policy's version (C4, C5, C13).

The same facts as app.queries.actors reads inside a unit of work; a test holds the two equal. They are put in order
here, for every node of its plan costs the database as much as reading a row. Nothing of it is remembered from one
request to the next but what the database has just said again: an answer with the same bytes is the same asker, so the
objects made from them can be used again, and a revoked sign-in ends with the next request.

Hardly anybody has lent powers or sits on a panel at present. So there are two statements: `whole` tells everything;
`brief` leaves these two out, and tells that it did where there are any.
"""

import hashlib
from dataclasses import dataclass
from functools import cache, lru_cache
from operator import itemgetter
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import String, and_, cast, exists, func, or_, select

from app.core.enforces import enforces
from app.models.engine import Database
from app.models.panels import Panel, PanelMember
from app.models.people import Administrator, Appointment, Delegation, Person, Session
from app.models.records import PolicyVersion
from app.queries.planner.given import NOW, TODAY, Given, at, moment_values
from app.queries.planner.shapes import OneRow, Rows, Source, Texts, Thing
from app.queries.planner.statement import Statement, statement
from app.queries.planner.values import Json, Value, of_column
from app.queries.visibility import Table, table_of
from app.rules.panel import AT_WORK, OPEN_TO_EXPERTS
from app.rules.roles import PUBLIC, Actor, Mandate, Role, Seat

PLACES = ("group_id", "unit_id")


@dataclass(frozen=True, slots=True)
class Identity:
    """`plain`: somebody without lent powers and panels, of whom the brief statement tells all."""

    actor: Actor
    version: int
    plain: bool


def _in_force(post: Table) -> Any:
    return and_(post.c.starts_on <= TODAY, or_(post.c.ends_on.is_(None), post.c.ends_on >= TODAY))


def _columns(table: Table, *names: str) -> tuple[tuple[str, Value], ...]:
    return tuple((name, of_column(table.c[name])) for name in names)


def _seats(person: Table) -> Texts:
    """Key, role, group and unit of each post in one text: of all forms the cheapest for the database."""
    post = at(Appointment, 2)
    words = [cast(post.c.id, String), post.c.role, *(func.coalesce(cast(post.c[name], String), "") for name in PLACES)]
    text = words[0]
    for word in words[1:]:
        text = text + " " + word
    return Texts(text, Source(post, (post.c.person_id == person.c.id, _in_force(post))))


def _running(lent: Table, person: Table) -> tuple[Any, ...]:
    mine = lent.c.delegate_id == person.c.id
    return (mine, lent.c.withdrawn_at.is_(None), lent.c.starts_at <= NOW, lent.c.ends_at > NOW)


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
    entries = (
        *_columns(lent, "id", "principal_id"),
        ("name", Value(principal.c.name, "text")),
        *_columns(lent, "role", "group_id", "permission", "matter_id"),
        ("unit_id", Value(post.c.unit_id, "uuid")),
        ("post_id", Value(post.c.id, "uuid")),
    )
    return Rows(entries, Source(lent, _running(lent, person), joined=joined, mixed=True))


def _sits(member: Table, person: Table) -> tuple[Any, ...]:
    return (member.c.person_id == person.c.id, member.c.state.in_(AT_WORK))


def _panels(person: Table) -> Rows:
    """The groups in which he sits on a panel between its call and its conclusion (A3.7); one may come twice."""
    member, panel = at(PanelMember, 2), at(Panel, 2)
    where = (*_sits(member, person), panel.c.state.in_(OPEN_TO_EXPERTS))
    joined = member.join(panel, panel.c.id == member.c.panel_id)
    return Rows(_columns(panel, "group_id"), Source(panel, where, joined=joined))


def _more(person: Table) -> Value:
    """Whether there may be something that only the whole statement tells."""
    lent, member = at(Delegation, 2), at(PanelMember, 2)
    either = or_(*(exists().where(*each).correlate(person) for each in (_running(lent, person), _sits(member, person))))
    return Value(either, "bool", False)


def _administrator(person: Table) -> Json:
    row = at(Administrator, 2)
    found = select(row.c.role).where(row.c.person_id == person.c.id).correlate_except(row)
    return Value(found.scalar_subquery(), "text")


@cache
def _statement(lite: bool, brief: bool) -> Statement:
    person, session = at(Person, 1), at(Session, 1)
    valid = (
        session.c.token_hash == Given("token", "text"),
        session.c.revoked_at.is_(None),
        session.c.expires_at > NOW,
        person.c.active,
    )
    version = Value(select(table_of(PolicyVersion).c.version).limit(1).scalar_subquery(), "int")
    rest: tuple[tuple[str, Json], ...] = (("panels", _panels(person)), ("mandates", _mandates(person)))
    more: tuple[tuple[str, Json], ...] = (("more", _more(person)), ("version", version))
    entries: tuple[tuple[str, Json], ...] = (
        *_columns(person, "id", "name"),
        ("seats", _seats(person)),
        ("administrator", _administrator(person)),
        *(more if brief else rest),
    )
    source = Source(person, valid, joined=session.join(person, person.c.id == session.c.person_id))
    who = OneRow(entries, source)
    return statement(who if brief else Thing((("who", who), ("version", version))), lite)


def _key(text: str | None) -> UUID | None:
    return UUID(text) if text else None


def _seat(text: str) -> Seat:
    _, role, group_id, unit_id = text.split(" ")
    return Seat(Role(role), _key(group_id), _key(unit_id))


def _mandate(row: dict[str, Any]) -> Mandate:
    keys = {name: _key(row[name]) for name in ("id", "principal_id", "group_id", "matter_id", "unit_id")}
    return Mandate(**keys, principal_name=row["name"], role=Role(row["role"]), permission=row["permission"])  # type: ignore[arg-type]


@lru_cache(maxsize=5000)
def identity_of(answer: bytes) -> Identity | None:
    """The same answer is the same asker; None where the brief statement has not told enough, which it never does of
    nobody."""
    said = orjson.loads(answer)
    if said is None or said.get("more"):
        return None
    who, version = said.get("who", said), said["version"] or 0
    if who is None:
        return Identity(PUBLIC, version, False)
    panels, mandates = who.get("panels", ()), who.get("mandates", ())
    seats = [_seat(text) for text in sorted(who["seats"])]  # a text begins with the post's key
    seats += [Seat(Role.EXPERT, _key(group_id)) for group_id in sorted({row["group_id"] for row in panels})]
    if who["administrator"]:
        seats.append(Seat(Role(who["administrator"])))
    lent = tuple(_mandate(row) for row in sorted(mandates, key=itemgetter("id", "post_id")))
    return Identity(Actor(UUID(who["id"]), who["name"], tuple(seats), lent), version, not (panels or mandates))


@enforces("C4", "C5", "C13")
async def identify(db: Database, token: str) -> Identity:
    """The asker behind a token as of now; the public where it is none, or not valid any more."""
    asked = whole(db.is_sqlite)
    given = asked.arguments({"token": hash_of(token), **moment_values()})
    found = identity_of(await db.reader.value(asked.text, given))
    assert found is not None  # nothing is left out
    return found


def whole(lite: bool) -> Statement:
    return _statement(lite, False)


def brief(lite: bool) -> Statement:
    return _statement(lite, True)


def hash_of(token: str) -> str:
    """Only this is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest() if token else ""

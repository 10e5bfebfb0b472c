"""A subject out of the one statement of a query: the same facts as app.queries.subjects loads, asked beside each row.

Groups and posts are the same for many rows and come once for the whole answer, and only of the groups in which the
asker can act at all: elsewhere every step is refused before a guard looks at anything (C7).
"""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import or_

from app.core.workdays import WorkingCalendar
from app.models.people import Delegation, Group
from app.models.records import Signature, Task
from app.queries.around import AROUND, GROWN, Near
from app.queries.planner.given import NOW, Terms
from app.queries.planner.rows import all_columns, in_order, shown
from app.queries.planner.shapes import Entries, Rows, Source, Thing
from app.queries.planner.values import Value, of_column
from app.queries.subjects import MODELS, Subject, papers_by
from app.queries.visibility import Table
from app.queries.waiting import holder_name

Values = Mapping[str, Any]


def subject_facts(noun: str, terms: Terms, table: Table) -> Entries:
    """What `subject_of` needs, as the entries of one object."""
    below = terms.deeper()
    around = (_around(near, below, table) for near in AROUND.get(noun, ()))
    return (
        ("row", Thing(all_columns(MODELS[noun], table))),
        ("signatures", _signatures(below, table)),
        ("mandates", _mandates(noun, below, table)),
        ("around", Thing(tuple(around))),
    )


def near_facts(noun: str, names: Iterable[str], terms: Terms, table: Table) -> Entries:
    """Of the rows around a matter those of these names; `rows_near` reads them."""
    below = terms.deeper()
    return tuple(_around(near, below, table) for near in AROUND[noun] if near.name in names)


def rows_near(noun: str, name: str, values: Values) -> list[Any]:
    near = next(near for near in AROUND[noun] if near.name == name)
    return _once(near, values[name])


def _signatures(terms: Terms, table: Table) -> Rows:
    row = terms.table(Signature)
    where = (row.c.object_id == table.c.id, row.c.round == table.c.round, row.c.voided_at.is_(None))
    return Rows(all_columns(Signature, row), Source(row, where, in_order(Signature, row, "entered_at")))


def _mandates(noun: str, terms: Terms, table: Table) -> Rows:
    lent = terms.table(Delegation)
    where = (
        lent.c.group_id == table.c.group_id,
        lent.c.permission.like(f"{noun}:%"),
        or_(lent.c.matter_id.is_(None), lent.c.matter_id == table.c.id),
        lent.c.withdrawn_at.is_(None),
        lent.c.starts_at <= NOW,
        lent.c.ends_at > NOW,
    )
    return Rows(all_columns(Delegation, lent), Source(lent, where, (lent.c.id,)))


def _around(near: Near, terms: Terms, table: Table) -> tuple[str, Rows]:
    other = terms.table(near.model)
    joined, anchor = near.joined(other)
    source = Source(other, (anchor == table.c[near.own],), in_order(near.model, other, ""), joined=joined)
    return near.name, Rows(all_columns(near.model, other), source)


def subject_of(
    noun: str, values: Values, groups: Iterable[Any], posts: Iterable[Any], calendar: WorkingCalendar
) -> Subject:
    """The subject of these values, as guards know it."""
    row: Any = shown(MODELS[noun], values["row"])
    group = next((each for each in groups if each.id == row.group_id), None) or shown(Group, {"settings": {}})
    subject = Subject(noun, row, group)  # type: ignore[arg-type]
    subject.signatures = _rows(Signature, values["signatures"])
    subject.appointments = [post for post in posts if post.group_id == row.group_id]
    for near in AROUND.get(noun, ()):
        subject.related[near.name].extend(_once(near, values["around"][near.name]))
    if noun == "meeting":
        subject.related["papers_by"].append(papers_by(subject, calendar))
    for mandate in _rows(Delegation, values["mandates"]):
        subject.related["mandate"].append(mandate)
        if mandate.permission == "document:issue":
            subject.related["delegation"].append(mandate)
    return subject


def _rows(model: Any, values: Iterable[Values]) -> list[Any]:
    return [shown(model, each) for each in values]


def _once(near: Near, values: Iterable[Values]) -> list[Any]:
    """A row that joins twice counts once."""
    return _rows(near.model, {tuple(sorted((k, str(v)) for k, v in each.items())): each for each in values}.values())


def awaited_facts(noun: str, terms: Terms, table: Table) -> Entries:
    """The open tasks of a matter, and of what grew from it, as far as the asker has part in that (C15)."""
    below = terms.deeper()
    task = below.table(Task)
    own = Source(task, (task.c.object_id == table.c.id, task.c.closed_at.is_(None)), in_order(Task, task, "due_on"))
    grown = (_grown(near, below, table) for near in GROWN.get(noun, ()))
    names = ("state", "state_since", "starts_at") if noun == "meeting" else ("state", "state_since")
    row = Thing(tuple((name, of_column(table.c[name])) for name in names))
    return (("own", Rows(_awaited(below, task), own)), ("grown", Thing(tuple(grown))), ("row", row))


def _grown(near: Near, terms: Terms, table: Table) -> tuple[str, Rows]:
    task, child = terms.table(Task), terms.table(near.model)
    joined, anchor = near.joined(child)
    where = (anchor == table.c[near.own], terms.seen(near.model), task.c.closed_at.is_(None))
    source = Source(task, where, joined=joined.join(task, task.c.object_id == child.c.id))
    return near.name, Rows(_awaited(terms, task), source)


def _awaited(terms: Terms, task: Table) -> Entries:
    named = ("name", Value(holder_name(terms, task.c.holder), "text", False))
    return (*((name, of_column(task.c[name])) for name in ("id", "kind", "opened_at", "due_on")), named)

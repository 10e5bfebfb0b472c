"""The rows around a matter that guards and audiences ask for, declared as data (C7).

Each is reached from the matter along columns. Two readers follow the same declaration: `load_around` for subjects that
are about to act or were asked for in Python, and the read planner, which fetches them inside its one statement.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, FromClause, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import SQLModel

from app.models.experts import Expert
from app.models.matters import Attendance, Decision, Item, Meeting, Motion, Opinion, Statement
from app.models.minutes import Extract, MinutesSection
from app.models.office import AddedForm, Topic
from app.models.outcome import (
    Correction,
    Directive,
    DirectiveQuestion,
    DirectiveUnit,
    Document,
    DocumentDecision,
    Publication,
)
from app.models.panels import Panel, PanelMember, PanelUnit
from app.models.people import Appointment, GroupUnit, Unit
from app.models.records import Signature
from app.models.review import OpinionAmendment, OpinionDraft, Requirement

Model = type[SQLModel]


@dataclass(frozen=True, slots=True)
class Hop:
    """From a row to the row of `model` whose `there` equals our `here`."""

    here: str
    model: Model
    there: str = "id"


@dataclass(frozen=True, slots=True)
class Near:
    """Rows of `model` that belong to a matter under `name`: after the hops, `column` names the matter's `own`."""

    name: str
    model: Model
    column: str
    hops: tuple[Hop, ...] = ()
    own: str = "id"

    def joined(self, table: FromClause) -> tuple[FromClause, ColumnElement[Any]]:
        """Our table (under its name in the statement) joined along the hops, and the column that names the matter."""
        source, last = table, table
        for hop in self.hops:
            reached: FromClause = hop.model.__table__  # type: ignore[attr-defined]
            source = source.join(reached, last.c[hop.here] == reached.c[hop.there])
            last = reached
        return source, last.c[self.column]


BY_DECISION = (Hop("decision_id", Decision),)
OF_VIEWS = (Hop("object_id", PanelMember),)
AS_SENT = (Hop("document_id", DocumentDecision, "document_id"), *BY_DECISION)
OF_OPINIONS = (Hop("object_id", Opinion),)
OF_ITEMS = (Hop("object_id", Item),)
BY_DOCUMENT = (Hop("id", DocumentDecision, "document_id"), *BY_DECISION)

AROUND: dict[str, tuple[Near, ...]] = {
    "motion": (
        Near("opinion", Opinion, "motion_id"),
        Near("panel", Panel, "motion_id"),
        Near("view_signature", Signature, "motion_id", OF_VIEWS),
        Near("opinion_signature", Signature, "motion_id", OF_OPINIONS),
        Near("amendment", OpinionAmendment, "motion_id"),
        Near("requirement", Requirement, "motion_id"),
        Near("decision", Decision, "motion_id"),
        Near("directive", Directive, "motion_id", BY_DECISION),
        Near("document", Document, "motion_id", BY_DOCUMENT),
        Near("extract", Extract, "motion_id", AS_SENT),
    ),
    "opinion": (
        Near("motion", Motion, "id", own="motion_id"),
        Near("amendment", OpinionAmendment, "opinion_id"),
        Near("draft", OpinionDraft, "opinion_id"),
    ),
    "panel": (
        Near("motion", Motion, "id", own="motion_id"),
        Near("panel_member", PanelMember, "panel_id"),
        Near("expert", Expert, "panel_id", (Hop("id", PanelMember, "expert_id"),)),
        Near("concerned", Unit, "panel_id", (Hop("id", PanelUnit, "unit_id"),)),
        Near("view_signature", Signature, "panel_id", OF_VIEWS),
        Near("joint_item", Item, "panel_id"),
    ),
    "panel_member": (
        Near("panel", Panel, "id", own="panel_id"),
        Near("motion", Motion, "id", own="motion_id"),
    ),
    "topic": (
        Near("place", GroupUnit, "unit_id", own="department_id"),
        Near("department", Unit, "id", own="department_id"),
        Near("decision", Decision, "id", own="decision_id"),
    ),
    "meeting": (
        Near("item", Item, "meeting_id"),
        Near("attendance", Attendance, "meeting_id"),
        Near("topic", Topic, "meeting_id", (Hop("id", Item, "topic_id"),)),
        Near("added_form", AddedForm, "id", own="added_form_id"),
        Near("presider_post", Appointment, "person_id", own="presider_id"),
        Near("document", Document, "meeting_id"),
        Near("item_signature", Signature, "meeting_id", OF_ITEMS),
    ),
    "item": (
        Near("panel", Panel, "motion_id", own="motion_id"),
        Near("view_signature", Signature, "motion_id", OF_VIEWS, own="motion_id"),
        Near("meeting", Meeting, "id", own="meeting_id"),
        Near("motion", Motion, "id", own="motion_id"),
        Near("topic", Topic, "id", own="topic_id"),
        Near("statement", Statement, "item_id"),
        Near("attendance", Attendance, "meeting_id", own="meeting_id"),
    ),
    "attendance": (Near("meeting", Meeting, "id", own="meeting_id"),),
    "document": (
        Near("decision", Decision, "document_id", (Hop("id", DocumentDecision, "decision_id"),)),
        Near("correction", Correction, "document_id"),
        Near("publication", Publication, "document_id"),
        Near("meeting", Meeting, "id", own="meeting_id"),
        Near("section", MinutesSection, "document_id"),
        Near("recorded", Decision, "meeting_id", own="meeting_id"),
    ),
    "directive": (
        Near("cooperating", DirectiveUnit, "directive_id"),
        Near("question", DirectiveQuestion, "directive_id"),
        Near("document", Document, "decision_id", (Hop("id", DocumentDecision, "document_id"),), own="decision_id"),
        Near("parent", Directive, "id", own="parent_id"),
        Near("part", Directive, "parent_id"),
    ),
    "publication": (Near("document", Document, "id", own="document_id"),),
}
# What grows from a matter and has parts of its own (C15): the matter waits for it too.
GROWN: dict[str, tuple[Near, ...]] = {
    "motion": (
        Near("opinion", Opinion, "motion_id"),
        Near("panel", Panel, "motion_id"),
        Near("amendment", OpinionAmendment, "motion_id"),
        Near("panel_member", PanelMember, "motion_id"),
        Near("publication", Publication, "motion_id"),
        Near("directive", Directive, "motion_id", BY_DECISION),
        Near("document", Document, "motion_id", BY_DOCUMENT),
        Near("extract", Extract, "motion_id", AS_SENT),
    ),
    "directive": (Near("part", Directive, "parent_id"),),
    "document": (Near("extract", Extract, "document_id"), Near("publication", Publication, "document_id")),
    "panel": (Near("panel_member", PanelMember, "panel_id"),),
    "meeting": (
        Near("attendance", Attendance, "meeting_id"),
        Near("item", Item, "meeting_id"),
        Near("document", Document, "meeting_id"),
    ),
}


def _order(table: FromClause) -> list[ColumnElement[Any]]:
    """Oldest first: keys grow with time."""
    return list(table.primary_key.columns)  # type: ignore[attr-defined]


async def load_near(session: AsyncSession, near: Near, keys: Iterable[UUID]) -> Mapping[UUID, Sequence[Any]]:
    """For each value of the matters' `own` column the rows around, oldest first; one that joins twice counts once."""
    table: Any = near.model.__table__  # type: ignore[attr-defined]
    source, anchor = near.joined(table)
    query = select(anchor, near.model).select_from(source).where(anchor.in_(list(keys))).order_by(*_order(table))
    found: dict[UUID, dict[int, Any]] = defaultdict(dict)
    for key, row in (await session.execute(query)).all():
        found[key][id(row)] = row
    return {key: list(rows.values()) for key, rows in found.items()}


async def load_around(session: AsyncSession, noun: str, rows: Sequence[Any]) -> dict[UUID, dict[str, list[Any]]]:
    """By matter and name the rows around these matters: one statement for each declaration, however many rows."""
    around: dict[UUID, dict[str, list[Any]]] = {row.id: {} for row in rows}
    for near in AROUND.get(noun, ()):
        keys = {getattr(row, near.own) for row in rows} - {None}
        found = await load_near(session, near, keys) if keys else {}
        for row in rows:
            around[row.id][near.name] = list(found.get(getattr(row, near.own), ()))
    return around

"""What an actor may see (A4.4). Each readable table has one row filter; a table without one cannot be read.

A scope has two faces that a property test holds equal: `sql`, which filters lists, counts and look-ups, and `holds`,
which answers for one row in Python. What one may not see is filtered like what does not exist.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Exists,
    FromClause,
    Select,
    Uuid,
    and_,
    exists,
    false,
    literal,
    literal_column,
    or_,
    select,
    true,
)
from sqlmodel import SQLModel

from app.core.enforces import enforces
from app.models.channels import Webhook
from app.models.experts import Expert, ExpertAbsence
from app.models.matters import Attendance, Decision, EarlierOpinion, Item, Meeting, Motion, Opinion, Recusal, Statement
from app.models.minutes import Extract, RecordCorrection
from app.models.office import AddedForm, Topic
from app.models.outcome import (
    Correction,
    Directive,
    DirectiveExtension,
    DirectiveQuestion,
    Document,
    Publication,
    Report,
)
from app.models.panels import Panel, PanelAdvice, PanelDraw, PanelMember
from app.models.papers import Attachment, ItemPaper, PaperReceipt, RegisterCard
from app.models.people import Appointment, Delegation, Group, GroupUnit, PaperAuthority, Person, Unit
from app.models.records import JobRun, Notification, Outbox, Part, PolicyRule, Reminder, Signature, Task, Trail
from app.models.review import AskingRule, OpinionAmendment, OpinionDraft, Requirement, ReviewSheet
from app.models.texts import TextVersion
from app.policy import Policy
from app.rules.catalogue import TABLES
from app.rules.paper import READING
from app.rules.roles import Actor, Mandate, Seat, of_person


class NoRowFilter(LookupError):
    """A table was to be read for which nobody has said who may see its rows."""


@dataclass(frozen=True, slots=True)
class View:
    """What a row filter needs to know of the asker."""

    actor: Actor
    policy: Policy

    @property
    def roles(self) -> frozenset[str]:
        named = {role.value for role in self.actor.all_roles}
        return frozenset(named | {"anonymous"} | ({"signed_in"} if self.actor.person_id else set()))

    def scopes(self, noun: str) -> frozenset[str]:
        return self.policy.read_scopes(self.roles, noun)

    @property
    def signed_in(self) -> bool:
        return self.actor.person_id is not None

    def me(self) -> ColumnElement[Any]:
        """The asker's key, in SQL. A statement that is kept for many askers names a parameter here instead."""
        return literal(self.actor.person_id, Uuid())

    def apart(self, condition: ColumnElement[bool]) -> ColumnElement[bool]:
        """A condition that is to be asked for each row. One statement for many askers may have to insist on that."""
        return condition

    def held(self, column: ColumnElement[Any]) -> ColumnElement[bool]:
        """Whether this column names a holder who is the asker: he himself, an office or a unit of his."""
        return column.in_(sorted(self.actor.holders))

    def in_force(self, part: Any) -> ColumnElement[bool]:
        """Which parts count: those that have not ended."""
        found: ColumnElement[bool] = part.in_force
        return found


# A table, or an alias of it where one statement reads it more than once.
Table = FromClause


def table_of(model: type[SQLModel]) -> Table:
    found: Table = model.__table__  # type: ignore[attr-defined]
    return found


class Holds(Protocol):
    def __call__(self, view: View, row: Any, parts: Iterable[Part]) -> bool: ...


@dataclass(frozen=True, slots=True)
class Scope:
    """`sql` is given the model, by which rules are chosen, and its table under the name it has in the statement."""

    sql: Callable[[View, type[SQLModel], Table], ColumnElement[bool]]
    holds: Holds


# The column that names the matter whose parts decide, where it is not the row itself.
PART_COLUMN: dict[type[SQLModel], str] = {
    Statement: "item_id",
    Recusal: "item_id",
    RecordCorrection: "about_id",
    Report: "directive_id",
    DirectiveQuestion: "directive_id",
    DirectiveExtension: "directive_id",
    Correction: "document_id",
    PanelAdvice: "panel_id",
    PanelDraw: "panel_id",
    EarlierOpinion: "opinion_id",
    OpinionAmendment: "opinion_id",
    Requirement: "motion_id",
    Signature: "object_id",
    Task: "object_id",
    Reminder: "object_id",
    TextVersion: "object_id",
    Attachment: "object_id",
    RegisterCard: "object_id",
    ItemPaper: "item_id",
    PaperReceipt: "item_id",
}


def part_id(row: Any) -> UUID:
    found: UUID = getattr(row, PART_COLUMN.get(type(row), "id"))
    return found


def _part_sql(view: View, model: type[SQLModel], table: Table) -> ColumnElement[bool]:
    found = part_in(view, table.c[PART_COLUMN.get(model, "id")])
    if model is Signature:  # whether somebody has read the papers is for him, and for whoever entered it
        return found & (table.c.action != READING.action)
    return found


def any_row() -> Exists:
    """EXISTS of nothing in particular: the columns that `*` stands for would be looked up for nothing."""
    return exists(literal_column("1"))


def part_in(view: View, matter: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether the asker has part in the matter of this key."""
    if not view.signed_in:
        return false()
    part = table_of(Part).c
    return view.apart(any_row().where(part.object_id == matter, view.in_force(part), view.held(part.holder)))


def _part_holds(view: View, row: Any, parts: Iterable[Part]) -> bool:
    mine = view.actor.holders
    if isinstance(row, Signature) and row.action == READING.action:
        return False
    return any(part.object_id == part_id(row) and part.in_force and part.holder in mine for part in parts)


def _part_since_sql(view: View, model: type[SQLModel], table: Table) -> ColumnElement[bool]:
    """Of a text's versions those that were the present one since one has part; the drafts before that stay unseen."""
    if not view.signed_in:
        return false()
    column, until = table.c[PART_COLUMN[model]], table.c.until
    part = table_of(Part).c
    mine = any_row().where(part.object_id == column, view.in_force(part), view.held(part.holder))
    return view.apart(mine.where(or_(until.is_(None), until >= part.since)))


def _part_since_holds(view: View, row: Any, parts: Iterable[Part]) -> bool:
    mine = [part for part in parts if part.object_id == part_id(row) and part.holder in view.actor.holders]
    return any(part.in_force and (row.until is None or row.until >= part.since) for part in mine)


def _held_sql(view: View, model: type[SQLModel], table: Table) -> ColumnElement[bool]:
    """What belongs to one holder, such as the draft of a unit's opinion, or reminders of what he owes."""
    return view.held(table.c.holder) if view.signed_in else false()


def _held_holds(view: View, row: Any, parts: Iterable[Part]) -> bool:
    return view.signed_in and row.holder in view.actor.holders


def _filed_sql(view: View, model: type[SQLModel], table: Table) -> ColumnElement[bool]:
    """Of files those that were the present version since one has part, and none that another still holds back."""
    if not view.signed_in:
        return false()
    return _part_since_sql(view, model, table) & or_(table.c.holder == "", view.held(table.c.holder))


def _filed_holds(view: View, row: Any, parts: Iterable[Part]) -> bool:
    return _part_since_holds(view, row, parts) and row.holder in ("", *view.actor.holders)


def _public_sql(view: View, model: type[SQLModel], table: Table) -> ColumnElement[bool]:
    return table.c.state.in_(("published", "taken_back"))


def _public_holds(view: View, row: Any, parts: Iterable[Part]) -> bool:
    return row.state in ("published", "taken_back")


def lent_holders(mandate: Mandate) -> tuple[str, ...]:
    """Under which names what the principal owes is listed."""
    return (*Seat(mandate.role, mandate.group_id, mandate.unit_id).holders, of_person(mandate.principal_id))


def lent_states(mandate: Mandate) -> list[str]:
    """The states of a matter in which the lent power can be used."""
    noun, _, action = mandate.permission.partition(":")
    return sorted({state for step in TABLES[noun].rows(action) for state in step.from_}) if noun in TABLES else []


def own_tasks(view: View, table: Table | None = None) -> ColumnElement[bool]:
    """Tasks owed by the actor himself, in an office of his, or under a power lent to him (C4)."""
    task = (table if table is not None else table_of(Task)).c
    mine: list[ColumnElement[bool]] = [view.held(task.holder)]
    for mandate in view.actor.mandates:
        noun = mandate.permission.partition(":")[0]
        lent = (
            task.holder.in_(lent_holders(mandate))
            & (task.noun == noun)
            & (task.group_id == mandate.group_id)
            & task.state.in_(lent_states(mandate))
        )
        mine.append(lent & (task.object_id == mandate.matter_id) if mandate.matter_id else lent)
    return or_(*mine)


def _lent(mandate: Mandate, row: Task) -> bool:
    same = row.noun == mandate.permission.partition(":")[0] and row.group_id == mandate.group_id
    here = row.state in lent_states(mandate) and mandate.matter_id in (None, row.object_id)
    return same and here and row.holder in lent_holders(mandate)


def _own_sql(view: View, model: type[SQLModel], table: Table) -> ColumnElement[bool]:
    if not view.signed_in:
        return false()
    if model is Task:
        return own_tasks(view, table)
    if model is Delegation:
        return or_(table.c.principal_id == view.me(), table.c.delegate_id == view.me())
    if model is PaperAuthority:
        return or_(table.c.principal_id == view.me(), table.c.clerk_id == view.me())
    if model is Signature:  # what somebody entered for him from paper, and receipts that he entered for somebody
        entered = table.c.person_id == view.me(), table.c.entered_by.is_not(None)
        return or_(and_(*entered), and_(table.c.entered_by == view.me(), table.c.action == READING.action))
    return table.c.person_id == view.me()


def _own_holds(view: View, row: Any, parts: Iterable[Part]) -> bool:
    actor = view.actor
    if actor.person_id is None:
        return False
    if isinstance(row, Task):
        return row.holder in actor.holders or any(_lent(mandate, row) for mandate in actor.mandates)
    if isinstance(row, Delegation):
        return actor.person_id in (row.principal_id, row.delegate_id)
    if isinstance(row, PaperAuthority):
        return actor.person_id in (row.principal_id, row.clerk_id)
    if isinstance(row, Signature):
        entered = row.entered_by == actor.person_id and row.action == READING.action
        return row.entered_by is not None and (row.person_id == actor.person_id or entered)
    return bool(row.person_id == actor.person_id)


def _all_sql(view: View, model: type[SQLModel], table: Table) -> ColumnElement[bool]:
    return true()


def _all_holds(view: View, row: Any, parts: Iterable[Part]) -> bool:
    return True


SCOPES: dict[str, Scope] = {
    "part": Scope(_part_sql, _part_holds),
    "part_since": Scope(_part_since_sql, _part_since_holds),
    "held": Scope(_held_sql, _held_holds),
    "filed": Scope(_filed_sql, _filed_holds),
    "public": Scope(_public_sql, _public_holds),
    "own": Scope(_own_sql, _own_holds),
    "directory": Scope(_all_sql, _all_holds),
    "installation": Scope(_all_sql, _all_holds),
}

# Every table that can be read, by the noun under which the policy speaks of it.
NOUNS: dict[type[SQLModel], str] = {
    Motion: "motion",
    Opinion: "opinion",
    EarlierOpinion: "opinion",
    Topic: "topic",
    Panel: "panel",
    PanelMember: "panel_member",
    PanelAdvice: "panel",
    PanelDraw: "panel_draw",
    Meeting: "meeting",
    Item: "item",
    Recusal: "item",
    RecordCorrection: "meeting",
    Attendance: "attendance",
    Statement: "statement",
    Decision: "decision",
    Document: "document",
    Extract: "extract",
    Directive: "directive",
    Report: "report",
    DirectiveQuestion: "directive",
    DirectiveExtension: "directive",
    Correction: "document",
    Publication: "publication",
    Signature: "signature",
    TextVersion: "text_version",
    Attachment: "attachment",
    RegisterCard: "register_card",
    ItemPaper: "item_paper",
    PaperReceipt: "paper_receipt",
    AskingRule: "asking_rule",
    OpinionAmendment: "opinion",
    Requirement: "motion",
    OpinionDraft: "opinion_draft",
    ReviewSheet: "review_sheet",
    Task: "task",
    Reminder: "reminder",
    Notification: "notification",
    Expert: "expert",
    ExpertAbsence: "expert",
    Unit: "unit",
    Person: "person",
    Group: "group",
    GroupUnit: "group",
    Appointment: "appointment",
    AddedForm: "meeting_form",
    Delegation: "delegation",
    PaperAuthority: "paper",
    Trail: "trail",
    Outbox: "outbox",
    Webhook: "webhook",
    JobRun: "job_run",
    PolicyRule: "policy",
}


@enforces("A4.4")
def row_filter(view: View, model: type[SQLModel], table: Table | None = None) -> ColumnElement[bool]:
    """The SQL condition on `model` that holds for the rows this asker may see; `table`: its name in the statement."""
    if model not in NOUNS:
        raise NoRowFilter(model.__name__)
    named = table if table is not None else table_of(model)
    scopes = view.scopes(NOUNS[model])
    return or_(false(), *(SCOPES[scope].sql(view, model, named) for scope in sorted(scopes)))


def may_see(view: View, row: SQLModel, parts: Iterable[Part] = ()) -> bool:
    """The same answer for one row in Python, given the parts recorded on its matter."""
    if type(row) not in NOUNS:
        raise NoRowFilter(type(row).__name__)
    known = list(parts)
    return any(SCOPES[scope].holds(view, row, known) for scope in view.scopes(NOUNS[type(row)]))


def visible_to(view: View, model: type[SQLModel]) -> Select[Any]:
    """The one readable statement from which every list, count and look-up of `model` starts."""
    return select(model).where(row_filter(view, model))

"""The part of the schema that the five queries use, with a resolver for each relation."""

from datetime import date, datetime
from typing import Annotated, Any

import strawberry

from app.models import matters, outcome, people, records
from benchmarks.dataloaders.loaders import Context
from schema.enums import STATES, Form, Position
from schema.ids import pack

Info = strawberry.Info[Context, None]
MotionState: Any = STATES["motion"]
MeetingState: Any = STATES["meeting"]
AttendanceState: Any = STATES["attendance"]
DocumentState: Any = STATES["document"]
NAMES: dict[type, str] = {matters.Item: "AgendaItem"}


def ref(name: str) -> Any:
    return Annotated.__class_getitem__((name, strawberry.lazy(__name__)))  # type: ignore[attr-defined]


def _id(root: Any) -> strawberry.ID:
    return strawberry.ID(pack(NAMES.get(type(root), type(root).__name__), root.id))


def one(kind: str, model: Any, column: str) -> Any:
    async def resolve(root: Any, info: Info) -> Any:
        return await info.context.one(model, getattr(root, column))

    resolve.__annotations__["return"] = ref(kind) | None
    return strawberry.field(resolver=resolve)


def many(kind: str, model: Any, column: str, *by: str) -> Any:
    async def resolve(root: Any, info: Info, first: int | None = None, last: int | None = None) -> Any:
        rows = (await info.context.many(model, column, root.id, *by))[:first]
        return rows if last is None else rows[-last:]

    resolve.__annotations__["return"] = list[ref(kind)]  # type: ignore[misc]
    return strawberry.field(resolver=resolve)


@strawberry.interface
class Node:
    id: strawberry.ID = strawberry.field(resolver=_id)


def over(model: Any) -> Any:
    """The objects of this type are rows of `model`."""

    def make(cls: Any) -> Any:
        cls.is_type_of = classmethod(lambda cls, row, info: isinstance(row, model))
        return strawberry.type(cls)

    return make


@over(people.Unit)
class Unit(Node):
    name: str


@over(people.Person)
class Person(Node):
    name: str


@over(records.Signature)
class Signature(Node):
    action: str
    opinion: str
    signed_at: datetime
    person = one("Person", people.Person, "person_id")


@over(outcome.Report)
class Report(Node):
    text: str
    reported_at: datetime
    reporter = one("Person", people.Person, "reporter_id")


def _history() -> Any:
    return many("Signature", records.Signature, "object_id", "entered_at")


def _position(root: Any) -> Position | None:
    return root.position or None


@over(matters.Opinion)
class Opinion(Node):
    position: Position | None = strawberry.field(resolver=_position)
    text: str
    unit = one("Unit", people.Unit, "unit_id")
    motion = one("Motion", matters.Motion, "motion_id")
    history = _history()


@over(matters.Motion)
class Motion(Node):
    title: str
    state: MotionState
    state_since: datetime
    proposing_unit = one("Unit", people.Unit, "proposing_unit_id")
    opinions = many("Opinion", matters.Opinion, "motion_id")
    history = _history()


async def _number(root: Any, info: Info) -> int | None:
    siblings = await info.context.many(matters.Item, "meeting_id", root.meeting_id, "position")
    shown = [row.id for row in siblings if row.state != "removed"]
    return shown.index(root.id) + 1 if root.id in shown else None


@over(matters.Item)
class AgendaItem(Node):
    number: int | None = strawberry.field(resolver=_number)
    motion = one("Motion", matters.Motion, "motion_id")


@over(matters.Attendance)
class Attendance(Node):
    state: AttendanceState
    capacity: str
    signed_in_at: datetime | None
    late: bool
    unit = one("Unit", people.Unit, "unit_id")
    meeting = one("Meeting", matters.Meeting, "meeting_id")


@over(outcome.Document)
class Document(Node):
    title: str
    number: str
    state: DocumentState
    history = _history()


@over(outcome.Directive)
class Directive(Node):
    title: str
    reports = many("Report", outcome.Report, "directive_id")


@over(matters.Meeting)
class Meeting(Node):
    title: str
    form: Form
    state: MeetingState
    starts_at: datetime
    ends_at: datetime
    place: str
    presider = one("Person", people.Person, "presider_id")
    items = many("AgendaItem", matters.Item, "meeting_id", "position")
    documents = many("Document", outcome.Document, "meeting_id")
    attendances = many("Attendance", matters.Attendance, "meeting_id")


MATTERS: dict[str, Any] = {
    "motion": matters.Motion, "opinion": matters.Opinion, "document": outcome.Document,
    "attendance": matters.Attendance, "directive": outcome.Directive, "meeting": matters.Meeting,
}  # fmt: skip


async def _matter(root: Any, info: Info) -> Node | None:
    found: Node | None = await info.context.one(MATTERS[root.noun], root.object_id) if root.noun in MATTERS else None
    return found


@over(records.Task)
class Task(Node):
    kind: str
    clause: str
    due_on: date
    opened_at: datetime
    matter: Node | None = strawberry.field(resolver=_matter)

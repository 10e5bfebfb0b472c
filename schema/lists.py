"""The lists of the root, each with its filters; none reaches further than what the asker may see (A4.4)."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated, Any

import strawberry
from sqlalchemy import or_, select

from app.core.clock import today
from app.models.channels import Webhook
from app.models.experts import Expert
from app.models.matters import Meeting, Motion
from app.models.office import AddedForm, Topic
from app.models.outcome import Directive, DirectiveUnit, Document, Publication
from app.models.people import Group, GroupUnit, Person, Unit
from app.models.records import Trail
from app.queries.experts import has_field, in_term
from app.queries.lights import light_is
from schema.connections import After, Before, First, Last, Order, OrderBy, Span, connection, page
from schema.context import Info
from schema.enums import STATES, Category, Form, Light, UnitKindName
from schema.ids import need, uuid_of
from schema.naming import camel
from schema.nodes import BY_MODEL

SEARCH_LENGTH = 100
MotionState: Any = STATES["motion"]
MeetingState: Any = STATES["meeting"]
TopicState: Any = STATES["topic"]
DocumentState: Any = STATES["document"]
DirectiveState: Any = STATES["directive"]


@strawberry.input(description="Which motions.")
class MotionFilter:
    group: strawberry.ID | None = strawberry.field(default=None, description="Of this leading group.")
    states: list[MotionState] | None = strawberry.field(default=None, description="In one of these states.")
    category: Category | None = strawberry.field(default=None, description="Of this category.")
    proposing_unit: strawberry.ID | None = strawberry.field(default=None, description="Proposed by this unit.")
    search: str | None = strawberry.field(default=None, description="With this text in title, text or project.")


@strawberry.input(description="Which meetings.")
class MeetingFilter:
    group: strawberry.ID | None = strawberry.field(default=None, description="Of this leading group.")
    states: list[MeetingState] | None = strawberry.field(default=None, description="In one of these states.")
    form: Form | None = strawberry.field(default=None, description="Of this form.")


@strawberry.input(description="Which topics of office meetings.")
class TopicFilter:
    group: strawberry.ID | None = strawberry.field(default=None, description="Of this leading group.")
    states: list[TopicState] | None = strawberry.field(default=None, description="In one of these states.")
    department: strawberry.ID | None = strawberry.field(default=None, description="Submitted by this department.")


@strawberry.input(description="Which documents.")
class DocumentFilter:
    group: strawberry.ID | None = strawberry.field(default=None, description="Of this leading group.")
    states: list[DocumentState] | None = strawberry.field(default=None, description="In one of these states.")
    search: str | None = strawberry.field(default=None, description="With this text in title, text or number.")


@strawberry.input(description="Which directives.")
class DirectiveFilter:
    group: strawberry.ID | None = strawberry.field(default=None, description="Of this leading group.")
    states: list[DirectiveState] | None = strawberry.field(default=None, description="In one of these states.")
    unit: strawberry.ID | None = strawberry.field(default=None, description="Led by this unit, or with its help.")
    light: Light | None = strawberry.field(default=None, description="With this light today (C3).")


@strawberry.input(description="Which units.")
class UnitFilter:
    group: strawberry.ID | None = strawberry.field(default=None, description="Of this leading group.")
    kind: UnitKindName | None = strawberry.field(default=None, description="Of this kind.")
    search: str | None = strawberry.field(default=None, description="With this text in the name.")


@strawberry.input(description="Which people.")
class PersonFilter:
    search: str | None = strawberry.field(default=None, description="With this text in the name.")


@strawberry.input(description="Which experts of the pool.")
class ExpertFilter:
    field: str | None = strawberry.field(default=None, description="With exactly this field.")
    in_term: bool | None = strawberry.field(
        default=None, description="Whose term runs today; false: has not, or no more."
    )
    search: str | None = strawberry.field(
        default=None, description="With this text in name, employer, title or fields."
    )


def _contains(text: str, *columns: Any) -> Any:
    """A substring, its wildcards taken as they are written."""
    escaped = text.strip()[:SEARCH_LENGTH].replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return or_(*(column.ilike(f"%{escaped}%", escape="\\") for column in columns))


def _common(model: Any, given: Any) -> list[Any]:
    where = []
    if given.group:
        where.append(model.group_id == need("Group", given.group))
    if given.states:
        where.append(model.state.in_([state.value for state in given.states]))
    return where


async def _motions(info: Info, given: MotionFilter) -> list[Any]:
    table: Any = Motion
    where = _common(table, given)
    if given.category:
        where.append(table.category == given.category.value)
    if given.proposing_unit:
        where.append(table.proposing_unit_id == need("Unit", given.proposing_unit))
    if given.search:
        where.append(_contains(given.search, table.title, table.body, table.project))
    return where


async def _meetings(info: Info, given: MeetingFilter) -> list[Any]:
    table: Any = Meeting
    return _common(table, given) + ([table.form == given.form.value] if given.form else [])


async def _topics(info: Info, given: TopicFilter) -> list[Any]:
    table: Any = Topic
    found = [table.department_id == need("Unit", given.department)] if given.department else []
    return _common(table, given) + found


async def _documents(info: Info, given: DocumentFilter) -> list[Any]:
    table: Any = Document
    found = [_contains(given.search, table.title, table.body, table.number)] if given.search else []
    return _common(table, given) + found


async def _directives(info: Info, given: DirectiveFilter) -> list[Any]:
    table: Any = Directive
    where = _common(table, given)
    if given.unit:
        unit_id = uuid_of("Unit", given.unit)
        link: Any = DirectiveUnit
        helped = select(link.directive_id).where(link.unit_id == unit_id)
        where.append(or_(table.lead_unit_id == unit_id, table.id.in_(helped)))
    if given.light:
        calendar = await info.context.calendar()
        async with info.context.db.read() as session:
            groups = (await session.scalars(select(Group))).all()
        where.append(light_is(given.light.value, groups, calendar, today()))
    return where


async def _units(info: Info, given: UnitFilter) -> list[Any]:
    table: Any = Unit
    link: Any = GroupUnit
    where: list[Any] = []
    if given.group:
        where.append(table.id.in_(select(link.unit_id).where(link.group_id == need("Group", given.group))))
    if given.kind:
        where.append(table.kind == given.kind.value)
    if given.search:
        where.append(_contains(given.search, table.name))
    return where


async def _people(info: Info, given: PersonFilter) -> list[Any]:
    table: Any = Person
    return [_contains(given.search, table.name)] if given.search else []


async def _experts(info: Info, given: ExpertFilter) -> list[Any]:
    table: Any = Expert
    person: Any = Person
    where: list[Any] = []
    if given.field:
        where.append(has_field(given.field))
    if given.in_term is not None:
        where.append(in_term(today()) if given.in_term else ~in_term(today()))
    if given.search:
        named = select(person.id).where(_contains(given.search, person.name))
        where.append(
            or_(table.person_id.in_(named), _contains(given.search, table.employer, table.title, table.fields))
        )
    return where


Where = Callable[[Info, Any], Awaitable[list[Any]]]


@dataclass(frozen=True, slots=True)
class RootList:
    """A list of the root: which rows, and the conditions that its filter makes."""

    model: Any
    filter_type: Any
    where: Where | None


ROOT_LISTS: dict[str, RootList] = {}


def _list(name: str, model: Any, says: str, filter_type: Any = None, where: Where | None = None) -> Any:
    """A root list: a connection, with a filter where there is something to choose."""
    noun = BY_MODEL[model]

    async def plain(
        info: Info,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
        order_by: OrderBy = Order.NEWEST_FIRST,
    ) -> Any:
        return await page(info.context, noun, span=Span(first, after, last, before, order_by))

    async def filtered(
        info: Info,
        given: Any = None,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
        order_by: OrderBy = Order.NEWEST_FIRST,
    ) -> Any:
        conditions = await where(info, given) if where and given else []
        return await page(info.context, noun, *conditions, span=Span(first, after, last, before, order_by))

    resolve: Any = filtered if where else plain
    if where:
        named = strawberry.argument(name="filter", description="Which ones; without it all.")
        resolve.__annotations__["given"] = Annotated[filter_type | None, named]
    resolve.__annotations__["return"] = connection(noun.name)
    ROOT_LISTS[camel(name)] = RootList(model, filter_type, where)
    return strawberry.field(resolver=resolve, description=says)


motions = _list("motions", Motion, "Motions that the asker may see.", MotionFilter, _motions)
meetings = _list("meetings", Meeting, "Meetings that the asker may see.", MeetingFilter, _meetings)
topics = _list("topics", Topic, "Topics of office meetings that the asker may see (B2.4).", TopicFilter, _topics)
added_forms = _list("added_forms", AddedForm, "Forms of office meeting that directors added (B2.3).")
documents = _list("documents", Document, "Documents that the asker may see.", DocumentFilter, _documents)
directives = _list("directives", Directive, "Directives that the asker may see (C3).", DirectiveFilter, _directives)
publications = _list("publications", Publication, "What was made public; anybody may read it (C10).")
units = _list("units", Unit, "Units of the installation.", UnitFilter, _units)
people = _list("people", Person, "People of the installation.", PersonFilter, _people)
experts = _list("experts", Expert, "The expert pool, for the office and the leadership (A3.7).", ExpertFilter, _experts)
groups = _list("groups", Group, "The leading groups.")
webhooks = _list("webhooks", Webhook, "Webhooks of the groups, for the system administrator (C9).")
trail = _list("trail", Trail, "The trail, for the auditor only (C6, C13).")

"""The GraphQL types, made from the nouns' declarations. A type without a row filter fails here, at start (A4.4)."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import strawberry

from app.queries.subjects import MODELS
from app.queries.visibility import NOUNS, NoRowFilter, visible_to
from schema.connections import (
    After,
    AtMost,
    Before,
    First,
    Last,
    Latest,
    Order,
    OrderBy,
    Span,
    check_page,
    connection,
    connection_types,
    ends,
    page,
)
from schema.context import Context, Info
from schema.declare import (
    Across,
    Column,
    Computed,
    Expression,
    Field,
    Label,
    Listed,
    Many,
    Matter,
    Model,
    Noun,
    One,
    Paged,
    Translated,
    listed,
    optional,
    ref,
)
from schema.ids import pack, unpack, uuid_of
from schema.nouns import (
    appointment,
    asking_rule,
    attachment,
    attendance,
    correction,
    decision,
    delegation,
    delivery,
    directive,
    directive_extension,
    directive_question,
    document,
    earlier_opinion,
    expert,
    expert_absence,
    extract,
    group,
    group_member,
    item,
    item_paper,
    meeting,
    meeting_form,
    motion,
    notification,
    opinion,
    opinion_amendment,
    opinion_draft,
    panel,
    panel_advice,
    panel_draw,
    panel_member,
    paper_authority,
    paper_receipt,
    person,
    publication,
    record_correction,
    recusal,
    register_card,
    reminder,
    report,
    requirement,
    review_sheet,
    signature,
    statement,
    task,
    text_version,
    topic,
    trail,
    unit,
    webhook,
)
from schema.reading import across, all_of, expressed, many, one

DECLARED: tuple[Noun, ...] = tuple(
    module.NOUN
    for module in (
        motion,
        opinion,
        earlier_opinion,
        opinion_amendment,
        opinion_draft,
        review_sheet,
        requirement,
        topic,
        panel,
        panel_member,
        panel_draw,
        panel_advice,
        meeting,
        meeting_form,
        item,
        attendance,
        recusal,
        record_correction,
        statement,
        decision,
        document,
        extract,
        correction,
        directive,
        directive_extension,
        directive_question,
        report,
        publication,
        signature,
        text_version,
        attachment,
        register_card,
        item_paper,
        paper_receipt,
        task,
        reminder,
        notification,
        unit,
        person,
        expert,
        expert_absence,
        group,
        group_member,
        appointment,
        asking_rule,
        delegation,
        paper_authority,
        webhook,
        delivery,
        trail,
    )
)
BY_MODEL: dict[Model, Noun] = {noun.model: noun for noun in DECLARED}
BY_NAME: dict[str, Noun] = {noun.name: noun for noun in DECLARED if noun.node}


def check_row_filters(nouns: Iterable[Noun]) -> None:
    """Whoever declares a type must have said who may see its rows."""
    for noun in nouns:
        if noun.model not in NOUNS:
            raise NoRowFilter(noun.name)


def _id(root: Any) -> strawberry.ID:
    noun = BY_MODEL[type(root)]
    return strawberry.ID(pack(noun.name, getattr(root, noun.key)))


@strawberry.interface(description="Anything with a global id.")
class Node:
    id: strawberry.ID = strawberry.field(resolver=_id, description="The global id: opaque, the same for ever.")


def _one(field: One) -> tuple[Any, Any]:
    async def resolve(root: Any, info: Info) -> Any:
        return await one(info.context, field.model, getattr(root, field.column))

    return optional(ref(BY_MODEL[field.model].name)), resolve


def _many(field: Many) -> tuple[Any, Any]:
    async def resolve(root: Any, info: Info, first: AtMost = None, last: Latest = None) -> Any:
        asked = [check_page(size) for size in (first, last) if size is not None]
        rows = await many(info.context, field.model, field.column, root.id, field.by)
        return ends(rows, first, last) if asked else rows

    return listed(ref(BY_MODEL[field.model].name)), resolve


def _across(field: Across) -> tuple[Any, Any]:
    async def resolve(root: Any, info: Info) -> Any:
        return await across(info.context, field.model, field.link, field.here, field.there, root.id)

    return listed(ref(BY_MODEL[field.model].name)), resolve


def _paged(field: Paged) -> tuple[Any, Any]:
    noun = BY_MODEL[field.model]

    async def resolve(
        root: Any,
        info: Info,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
        order_by: OrderBy = Order.NEWEST_FIRST,
    ) -> Any:
        condition = getattr(field.model, field.column) == root.id
        return await page(info.context, noun, condition, span=Span(first, after, last, before, order_by))

    return connection(noun.name), resolve


def _column(field: Column) -> tuple[Any, Any]:
    if field.name == field.column:
        return field.kind, None

    def resolve(root: Any) -> Any:
        return getattr(root, field.column)

    return field.kind, resolve


def _label(field: Label) -> tuple[Any, Any]:
    words = {str(getattr(key, "value", key)): pair for key, pair in field.names.items()}

    def resolve(root: Any, info: Info) -> str:
        value = str(getattr(root, field.column))
        if value in words:
            return info.context.say(*words[value])
        return value if field.other is None else field.other

    return str, resolve


def _translated(field: Translated) -> tuple[Any, Any]:
    def resolve(root: Any) -> Any:
        return field.values.get(getattr(root, field.column))

    return field.kind, resolve


def _expression(noun: Noun, field: Expression) -> tuple[Any, Any]:
    async def resolve(root: Any, info: Info) -> Any:
        return await expressed(info.context, noun.model, noun.key, field, getattr(root, noun.key))

    return field.kind, resolve


def _matter(field: Matter) -> tuple[Any, Any]:
    async def resolve(root: Any, info: Info) -> Any:
        model = MODELS.get(getattr(root, field.noun).partition(":")[0])
        return await one(info.context, model, getattr(root, field.column)) if model else None

    return optional(ref("Node")), resolve


def _listed(field: Listed) -> tuple[Any, Any]:
    async def resolve(root: Any, info: Info) -> Any:
        found = await all_of(info.context, field.model, map(UUID, getattr(root, field.column)))
        return [row for row in found if row is not None]

    return listed(ref(BY_MODEL[field.model].name)), resolve


def _made(noun: Noun, field: Field) -> tuple[Any, Any]:
    """The GraphQL type of a field and its resolver; None where the attribute of the row is the answer."""
    match field:
        case Column():
            return _column(field)
        case Label():
            return _label(field)
        case Translated():
            return _translated(field)
        case Expression():
            return _expression(noun, field)
        case Matter():
            return _matter(field)
        case Listed():
            return _listed(field)
        case One():
            return _one(field)
        case Many():
            return _many(field)
        case Across():
            return _across(field)
        case Paged():
            return _paged(field)
        case Computed():
            return field.kind, field.make


def _type(noun: Noun) -> type:
    body: dict[str, Any] = {"__annotations__": {}, "__module__": __name__}
    for field in noun.fields:
        kind, resolve = _made(noun, field)
        body["__annotations__"][field.name] = kind
        if resolve is None:
            body[field.name] = strawberry.field(description=field.says)
        else:
            body[field.name] = strawberry.field(resolver=resolve, description=field.says)

    def is_type_of(cls: type, obj: Any, info: Any) -> bool:
        return isinstance(obj, noun.model)

    body["is_type_of"] = classmethod(is_type_of)
    bases = (Node,) if noun.node else ()
    return strawberry.type(type(noun.name, bases, body), name=noun.name, description=noun.says)


def _build() -> dict[str, type]:
    check_row_filters(DECLARED)
    types = {noun.name: _type(noun) for noun in DECLARED}
    for noun in DECLARED:
        if noun.node:
            types.update(connection_types(noun))
    return types


TYPES = _build()
globals().update(TYPES)


async def _by_number(context: Context, noun: Noun, global_id: str) -> Any:
    """For tables whose key is a running number."""
    number = (unpack(global_id) or ("", ""))[1]
    if not (number.isascii() and number.isdigit() and len(number) < 18):
        return None
    key = getattr(noun.model, noun.key)
    query = visible_to(await context.view(), noun.model).where(key == int(number))
    async with context.db.read() as session:
        return await session.scalar(query)


async def look_up(context: Context, global_id: str) -> Any:
    """The row behind a global id; None for ids that are malformed, unknown or not for the asker."""
    parts = unpack(global_id)
    noun = BY_NAME.get(parts[0]) if parts else None
    if noun is None:
        return None
    if noun.key != "id":
        return await _by_number(context, noun, global_id)
    return await one(context, noun.model, uuid_of(noun.name, global_id))

"""Versions of a matter's text, and how each differs from the present one (C16)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import strawberry

from app.core.labels import TEXT_FIELDS
from app.models.texts import TextVersion
from app.queries.planner.given import Terms
from app.queries.planner.shapes import Entries, OneRow, Source
from app.queries.planner.values import of_column
from app.queries.visibility import Table
from schema.context import Info
from schema.declare import Computed, Field, Noun, One, column, optional
from schema.enums import ChangeKind, PieceKind
from schema.reading import one


@strawberry.type(description="One field of a text.")
class TextCell:
    field: str = strawberry.field(description="Its name.")
    label: str = strawberry.field(description="Its name for people.")
    text: str = strawberry.field(description="What stood there.")


@strawberry.type(description="A piece of a passage that differs.")
class ChangePiece:
    kind: PieceKind = strawberry.field(description="Whether it stayed, went or came.")
    text: str = strawberry.field(description="The piece.")


@strawberry.type(description="One passage in which two texts differ (C16).")
class TextChange:
    field: str = strawberry.field(description="The field in which it stands.")
    label: str = strawberry.field(description="The field's name for people.")
    kind: ChangeKind = strawberry.field(description="What happened to the passage.")
    before: str = strawberry.field(description="The passage as it was; empty where it is new.")
    after: str = strawberry.field(description="The passage as it is now; empty where it is gone.")
    pieces: list[ChangePiece] = strawberry.field(description="The passage with what was struck out and put in.")


def _label(info: Info, name: str) -> str:
    return info.context.say(*TEXT_FIELDS[name])


def cells_of(root: Any, info: Info) -> list[TextCell]:
    return [TextCell(field=name, label=_label(info, name), text=text) for name, text in root.cells.items()]


def _change(info: Info, each: dict[str, Any]) -> TextChange:
    pieces = [ChangePiece(kind=kind, text=text) for kind, text in each["pieces"]]
    name = each["field"]
    return TextChange(
        field=name, label=_label(info, name), kind=each["kind"], before=each["before"], after=each["after"],
        pieces=pieces,
    )  # fmt: skip


def changes_of(root: Any, info: Info) -> list[TextChange]:
    return [_change(info, each) for each in root.changes]


async def _changes_since(root: Any, info: Info) -> list[TextChange]:
    version = await one(info.context, TextVersion, root.text_version_id)
    return changes_of(version, info) if version is not None else []


def _version_facts(terms: Terms, table: Table) -> Entries:
    below = terms.deeper()
    version = below.table(TextVersion)
    source = Source(version, (version.c.id == table.c.text_version_id, below.seen(TextVersion)))
    return (("version", OneRow((("changes", of_column(version.c.changes)),), source)),)


def _finish_changes(values: Mapping[str, Any], run: Any) -> list[TextChange]:
    return [_change(run, each) for each in values["version"]["changes"]] if values["version"] else []


def freshness_fields(what: str) -> tuple[Field, ...]:
    """The fields of everything that is bound to a text: is it still the present one, and if not what has changed."""
    return (
        column("stale", bool, f"Whether the text has changed since {what} was given on it (C16)."),
        One("text_version", TextVersion, "text_version_id", f"The text on which {what} was given."),
        Computed(
            "changes",
            list[TextChange],
            "How the present text differs from that one; empty while it is the same (C16).",
            _changes_since,
            facts=_version_facts,
            finish=_finish_changes,
        ),
    )


NOUN = Noun(
    TextVersion,
    "TextVersion",
    "One text of a motion or a document, kept for what was given on it (C16).",
    fields=(
        column("number", int, "Which version it is, from 1."),
        column("content_hash", str, "SHA-256 of this text; what is bound to it carries the same."),
        column("since", datetime, "Since when it has been kept."),
        column("until", optional(datetime), "Until when it was the present text; null while it is."),
        Computed("texts", list[TextCell], "The text, field by field.", cells_of, ("cells",)),
        Computed(
            "changes", list[TextChange], "What has changed from it to the present text.", changes_of, ("changes",)
        ),
    ),
)

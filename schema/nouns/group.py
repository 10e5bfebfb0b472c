"""Leading groups."""

from typing import Any

import strawberry

from app.models.people import Appointment, Group, GroupUnit
from app.models.review import AskingRule
from app.rules.defaults import DEFAULT_DAYS
from app.rules.file_types import DEFAULT_FILE_TYPES
from app.rules.group_settings import DEFAULT_KINDS, DEFAULT_NUMBERS, FLAGS, name_of
from schema.context import Info
from schema.declare import Computed, Many, Noun, Paged, column, listed
from schema.ladders import LadderOfGroup, ladders_of


@strawberry.type(description="One setting of a leading group.")
class GroupSetting:
    name: str = strawberry.field(description="Its name, as an act takes it.")
    label: str = strawberry.field(description="What it is called.")
    value: str = strawberry.field(description="Its value: a number of days, true or false, an id, or a list.")
    is_default: bool = strawberry.field(description="Whether the group has set nothing else.")


def _settings(root: Any, info: Info) -> list[Any]:
    flags = dict.fromkeys(FLAGS, False)
    usual = {**DEFAULT_DAYS, **DEFAULT_NUMBERS, **flags, "document_kinds": list(DEFAULT_KINDS)}
    usual |= {"file_types": list(DEFAULT_FILE_TYPES), "secrecy_officer": ""}
    return [
        GroupSetting(
            name=name,
            label=name_of(name, info.context.language),
            value=_written(root.settings.get(name, usual[name])),
            is_default=root.settings.get(name, usual[name]) == usual[name],
        )
        for name in usual
    ]


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "、".join(value) if isinstance(value, list) else str(value)


NOUN = Noun(
    Group,
    "Group",
    "A leading group.",
    fields=(
        column("code", str, "Its short name."),
        column("name", str, "Its name."),
        column("body_code", str, "The code that begins the numbers of its documents (A3.5)."),
        Many("members", GroupUnit, "group_id", "The units of the group.", "unit_id"),
        Computed("settings", listed(GroupSetting), "Its times and customs.", _settings, ("settings",)),
        Computed("ladders", listed(LadderOfGroup), "Its ladders of reminders (C2).", ladders_of, ("settings",)),
        Paged("asking_rules", AskingRule, "group_id", "The rules of whom to ask about its motions (A3.3)."),
        Paged("appointments", Appointment, "group_id", "Who holds or held which role in it."),
    ),
)

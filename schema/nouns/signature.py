"""Signatures: the history of a matter (C6)."""

from datetime import datetime
from typing import Any

from app.models.people import Person
from app.models.records import Signature
from app.rules.catalogue import TABLES
from app.rules.roles import ROLE_NAMES, Role
from schema.context import Info
from schema.declare import Computed, Noun, One, column, optional
from schema.enums import RoleName
from schema.nouns.text_version import freshness_fields
from schema.reading import one


def _action_label(root: Any, info: Info) -> str:
    rows = TABLES[root.noun].rows(root.action)
    return info.context.say(rows[0].zh, rows[0].en) if rows else str(root.action)


def _role_label(root: Any, info: Info) -> str:
    return info.context.say(*ROLE_NAMES[Role(root.role)])


def _for_role(root: Any, info: Info) -> str | None:
    return root.for_role or None


async def _name(info: Info, key: Any) -> str:
    person = await one(info.context, Person, key)
    return person.name if person else ""


async def _line(root: Any, info: Info) -> str:
    """The names as a document shows them: B 代 A (C4), entered by a clerk from paper (C20)."""
    name = await _name(info, root.person_id)
    if root.for_id:
        principal = await _name(info, root.for_id)
        name = info.context.say(f"{name} 代 {principal}", f"{name} for {principal}")
    if root.entered_by:
        clerk = await _name(info, root.entered_by)
        name = info.context.say(f"{name}({clerk}据纸质件代录)", f"{name}, entered by {clerk} from paper")
    return name


NOUN = Noun(
    Signature,
    "Signature",
    "A step that somebody took, with his words and the hash of the text (A3.5, C16).",
    fields=(
        column("noun", str, "The noun of the matter."),
        column("action", str, "The step in the table of procedure."),
        Computed("action_label", str, "The step in words.", _action_label, ("noun", "action")),
        column("signs", bool, "Whether it is a signature step; others are kept for their reason."),
        One("person", Person, "person_id", "Who took it."),
        column("role", RoleName, "In which role."),
        Computed("role_label", str, "The role in words.", _role_label, ("role",)),
        One("on_behalf_of", Person, "for_id", "For whom, under a delegation (C4)."),
        Computed("on_behalf_of_role", optional(RoleName), "The role whose power was lent.", _for_role, ("for_role",)),
        One("entered_by", Person, "entered_by", "The clerk who entered it from paper (C20)."),
        Computed("line", str, "The names as a document shows them.", _line, ("person_id", "for_id", "entered_by")),
        column("opinion", str, "The signer's words; none counts as consent."),
        column("content_hash", str, "The hash of the text that was signed."),
        *freshness_fields("the signature"),
        column("round", int, "The round it belongs to."),
        column("signed_at", datetime, "When he signed."),
        column("entered_at", datetime, "When it was entered."),
        column("voided_at", optional(datetime), "When a change or return voided it; null while in force."),
        column("objected_at", optional(datetime), "When the signer objected to what was entered for him."),
        column("objection", str, "His objection."),
    ),
)

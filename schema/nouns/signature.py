"""Signatures: the history of a matter (C6)."""

from datetime import datetime
from typing import Any

from sqlalchemy import and_, case, func, select

from app.models.people import Person
from app.models.records import Signature
from app.queries.planner.given import Terms
from app.queries.visibility import Table
from app.rules.catalogue import TABLES
from app.rules.paper import BESIDE, VOIDING
from app.rules.roles import ROLE_NAMES
from schema.declare import Expression, Label, Noun, One, Translated, column, optional
from schema.enums import RoleName
from schema.nouns.text_version import freshness_fields

ROLES = {role.value: role.value for role in ROLE_NAMES}


def _action_label(terms: Terms, table: Table) -> Any:
    """The same action is called differently in different tables of procedure."""
    words = {
        (noun, action): terms.say(rows[0].zh, rows[0].en)
        for noun, each in TABLES.items()
        for action in each.actions
        if (rows := each.rows(action))
    }
    said = (((table.c.noun == noun) & (table.c.action == action), word) for (noun, action), word in words.items())
    beside = ((table.c.action == each.action, terms.say(each.zh, each.en)) for each in (VOIDING, *BESIDE.values()))
    return case(*said, *beside, else_=table.c.action)


def _name(terms: Terms, key: Any) -> Any:
    """The name of a person, empty where the asker may not see him."""
    below = terms.deeper()
    person = below.table(Person)
    found = select(person.c.name).where(and_(person.c.id == key, below.seen(Person))).correlate_except(person)
    return func.coalesce(found.scalar_subquery(), "")


def _line(terms: Terms, table: Table) -> Any:
    """The names as a document shows them: B 代 A (C4), entered by a clerk from paper (C20)."""
    principal = terms.say(" 代 ", " for ") + _name(terms, table.c.for_id)
    before, after = terms.say("(", ", entered by "), terms.say("据纸质件代录)", " from paper")
    clerk = before + _name(terms, table.c.entered_by) + after
    lent = case((table.c.for_id.is_not(None), principal), else_="")
    entered = case((table.c.entered_by.is_not(None), clerk), else_="")
    return _name(terms, table.c.person_id) + lent + entered


NOUN = Noun(
    Signature,
    "Signature",
    "A step that somebody took, with his words and the hash of the text (A3.5, C16).",
    fields=(
        column("noun", str, "The noun of the matter."),
        column("action", str, "The step in the table of procedure."),
        Expression("action_label", str, "The step in words.", _action_label),
        column("signs", bool, "Whether it is a signature step; others are kept for their reason."),
        One("person", Person, "person_id", "Who took it."),
        column("role", RoleName, "In which role."),
        Label("role_label", "The role in words.", "role", ROLE_NAMES),
        One("on_behalf_of", Person, "for_id", "For whom, under a delegation (C4)."),
        Translated("on_behalf_of_role", optional(RoleName), "The role whose power was lent.", "for_role", ROLES),
        One("entered_by", Person, "entered_by", "The clerk who entered it from paper (C20)."),
        Expression("line", str, "The names as a document shows them.", _line),
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

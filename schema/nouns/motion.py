"""Motions (A3.2)."""

from decimal import Decimal
from typing import Any

from app.core import lists
from app.models.matters import Decision, Item, Motion, Opinion
from app.models.outcome import Publication
from app.models.panels import Panel
from app.models.people import Unit
from app.models.review import Requirement, ReviewSheet
from app.models.texts import TextVersion
from app.rules.categories import CATEGORIES
from schema.context import Info
from schema.declare import Computed, Label, Many, Noun, One, Translated, column, optional
from schema.enums import Category
from schema.enums import Form as MeetingForm
from schema.matters import matter_fields

NAMES = {code: (category.zh, category.en) for code, category in CATEGORIES.items()}
FORMS = {code: category.form.value for code, category in CATEGORIES.items()}


def _tags(root: Any, info: Info) -> list[str]:
    return list(lists.split(root.tags))


NOUN = Noun(
    Motion,
    "Motion",
    "A matter put up for deliberation: from the draft to the closed loop (A3.2).",
    matter="motion",
    fields=(
        column("title", str, "What it is called."),
        column("body", str, "Its text."),
        column("category", Category, "Which of the ten categories it belongs to (A1.2, A1.3)."),
        Label("category_label", "The category's name.", "category", NAMES),
        Translated("form", MeetingForm, "The form of meeting that decides it.", "category", FORMS),
        Computed("tags", list[str], "Words by which rules name the units to be asked (A3.3).", _tags, ("tags",)),
        One("proposing_unit", Unit, "proposing_unit_id", "The unit whose proposal it is."),
        column("project", str, "The project it is about; empty where none."),
        column("year", optional(int), "The year it plans for."),
        column("amount_asked", optional(Decimal), "The amount asked for, in yuan."),
        column("amount_approved", optional(Decimal), "The amount approved, in yuan."),
        column("major", bool, "Whether it follows the profile for major administrative decisions (A3.3)."),
        Many("requirements", Requirement, "motion_id", "What such a decision wants before it is discussed (A3.3)."),
        column("technical", bool, "Whether it is highly specialized and wants an expert panel (A3.7)."),
        column("consolidated", str, "The consolidated preliminary opinion; empty until it is made (A3.3)."),
        One("follows", Motion, "follows_id", "The earlier motion that it takes up again (A4.3)."),
        Many(
            "review_sheets", ReviewSheet, "motion_id", "The consolidated opinion, version by version (A3.3).", "number"
        ),
        Many("opinions", Opinion, "motion_id", "The opinions asked of units (A3.3)."),
        Many("text_versions", TextVersion, "object_id", "Its texts, the oldest first (C16).", "number"),
        Many("panels", Panel, "motion_id", "The expert panels convened for it (A3.7)."),
        Many("items", Item, "motion_id", "Its places on agendas."),
        Many("decisions", Decision, "motion_id", "What was decided on it."),
        Many("publications", Publication, "motion_id", "What was made public of it."),
        *matter_fields("motion"),
    ),
)

"""Expert panels (A3.7)."""

from datetime import date, datetime
from typing import Any

from app.models.matters import Item, Motion
from app.models.panels import Panel, PanelAdvice, PanelDraw, PanelMember, PanelUnit
from app.models.people import Person, Unit
from app.rules.panel import CONCLUSIONS, KINDS, MODES
from schema.context import Info
from schema.declare import Across, Computed, Label, Many, Noun, One, Translated, column, optional
from schema.enums import PanelConclusion, PanelKind, PanelMode
from schema.matters import matter_fields
from schema.nouns.text_version import freshness_fields

CONCLUDED = {name: name for name in CONCLUSIONS}


def _lots(root: Any, info: Info) -> list[str]:
    return [f"{each['field']} {each['number']}" for each in root.lots]


NOUN = Noun(
    Panel,
    "Panel",
    "An expert panel convened for one motion (A3.7).",
    matter="panel",
    fields=(
        One("motion", Motion, "motion_id", "The motion it judges."),
        column("kind", PanelKind, "What it is convened for."),
        Label("kind_label", "The kind in words.", "kind", KINDS),
        column("mode", PanelMode, "How it works."),
        Label("mode_label", "The mode in words.", "mode", MODES),
        column("question", str, "What the office asks."),
        column("body", str, "To whom it is commissioned; empty where it is not."),
        column("place", str, "Where it meets; empty where it does not."),
        column("starts_at", optional(datetime), "When it meets; null where it does not."),
        column("due_on", date, "Until when the views are awaited."),
        column("conclude_on", date, "Until when the chair's conclusion is awaited."),
        One("chair", Person, "chair_id", "The chair."),
        Computed("lots", list[str], "What is planned to be drawn: a field and a number each.", _lots, ("lots",)),
        Across(
            "units", Unit, PanelUnit, "panel_id", "unit_id",
            "Units it concerns: proposing, implementing, what these came from or became; whom they employ is kept out.",
        ),
        Many("members", PanelMember, "panel_id", "The members, those kept out or released too."),
        Many("joint_items", Item, "panel_id", "Its places on agendas of joint meetings of the office (B2.3)."),
        Many("draws", PanelDraw, "panel_id", "Every draw, the superseded ones too.", "number"),
        column("commit_hash", str, "The hash of the conditions fixed now; empty where there are none."),
        column("fixed_at", optional(datetime), "When the conditions were fixed."),
        Translated("conclusion", optional(PanelConclusion), "What it concluded.", "conclusion", CONCLUDED),
        Label("conclusion_label", "The conclusion in words.", "conclusion", CONCLUSIONS, other=""),
        column("conclusion_text", str, "The chair's words."),
        column("concluded_at", optional(datetime), "When it concluded."),
        *freshness_fields("the conclusion"),
        Many("advice", PanelAdvice, "panel_id", "Its recommendations and what the office did with them.", "number"),
        *matter_fields("panel"),
    ),
)  # fmt: skip

"""Corrections of what a closed meeting has on record (A4.3)."""

from datetime import datetime
from typing import Any

import strawberry

from app.models.matters import Meeting
from app.models.minutes import RecordCorrection
from app.models.people import Person
from app.services.record_corrections import KINDS
from schema.context import Info
from schema.declare import Computed, Label, Noun, One, column
from schema.ids import pack

_TYPES = {"statement": "Statement", "decision": "Decision", "attendance": "Attendance"}


@strawberry.type(description="One value on record that was corrected.")
class CorrectedValue:
    name: str = strawberry.field(description="Its name.")
    before: str = strawberry.field(description="What stood there.")
    after: str = strawberry.field(description="What stands there now.")


def _values(root: Any, info: Info) -> list[CorrectedValue]:
    return [
        CorrectedValue(name=name, before=root.before.get(name, ""), after=after) for name, after in root.after.items()
    ]


def _about(root: Any, info: Info) -> strawberry.ID:
    return strawberry.ID(pack(_TYPES[root.kind], root.object_id))


NOUN = Noun(
    RecordCorrection,
    "RecordCorrection",
    "A correction of what a closed meeting has on record; what stood there stays (A4.3).",
    fields=(
        One("meeting", Meeting, "meeting_id", "The meeting."),
        column("kind", str, "What was corrected: statement, decision or attendance."),
        Label("kind_label", "The same in words.", "kind", KINDS),
        Computed("about", strawberry.ID, "The global id of what was corrected.", _about, ("kind", "object_id")),
        Computed("values", list[CorrectedValue], "Value by value.", _values, ("before", "after")),
        column("reason", str, "Why."),
        One("corrector", Person, "corrected_by", "Who corrected it."),
        column("corrected_at", datetime, "When."),
    ),
)

"""What a person can mute and what he cannot (C9)."""

import pytest

from app.rules.catalogue import TABLES
from app.rules.notices import KINDS, MUTABLE, kind_of

pytestmark = pytest.mark.clause("C9")
MANDATORY = {
    "task.remind": "reminder", "task.in_person": "reminder", "meeting.convene": "meeting_notice",
    "meeting.change": "meeting_notice", "meeting.postpone": "meeting_notice", "meeting.cancel": "meeting_notice",
    "paper.entered": "paper",
}  # fmt: skip
INFORMING = {
    "motion.withdraw": "motion", "motion.close": "motion", "directive.close": "directive",
    "document.register": "document", "opinion.grant_more_time": "opinion", "something.new": "other", "": "other",
}  # fmt: skip


def test_what_asks_reminds_or_calls_cannot_be_muted() -> None:
    assert {event: kind_of(event).code for event in MANDATORY} == MANDATORY
    assert {kind_of(event, asked=True).code for event in INFORMING} == {"reply"}
    assert not {"reply", *MANDATORY.values()} & MUTABLE


def test_what_only_informs_is_a_kind_of_its_noun_and_can() -> None:
    assert {event: kind_of(event).code for event in INFORMING} == INFORMING
    assert {*TABLES, "other"} == MUTABLE
    assert all(kind.zh and kind.en for kind in KINDS.values())

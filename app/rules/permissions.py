"""Permissions that are no step of a table: reading, starting a matter, and acts that move no state.

With the tables' own steps these are all that a policy line can allow; `rules --check` refuses any other.
"""

from app.rules.attachments import PURPOSES
from app.rules.catalogue import TABLES

_READ = (
    *(noun for noun in TABLES), "panel_draw", "statement", "decision", "report", "signature", "text_version",
    "asking_rule", "opinion_draft", "review_sheet", "task", "reminder", "notification", "unit", "person", "expert",
    "group", "appointment", "delegation", "meeting_form", "paper", "trail", "outbox", "job_run", "policy",
    "webhook", "attachment", "register_card", "item_paper", "paper_receipt",
)  # fmt: skip
_STARTED = ("motion", "panel", "topic", "meeting", "document", "directive", "publication")
_ACTS = (
    "motion:edit",
    "topic:edit",
    "meeting_form:add",
    "meeting_form:retire",
    "department:set_remit",
    "asking_rule:edit",
    "opinion:respond",
    "delegation:grant",
    "delegation:withdraw",
    "paper:authorise",
    "paper:enter",
    "paper:object",
    "paper:void",
    "person:edit",
    "expert:edit",
    "unit:edit",
    "appointment:edit",
    "group:edit",
    "task:chase",
    "policy:edit",
    "webhook:edit",
    "register_card:enter",
    *(f"attachment:{purpose.action}" for purpose in PURPOSES.values()),
)

BESIDE_TABLES: frozenset[str] = frozenset(
    (*(f"{noun}:read" for noun in _READ), *(f"{noun}:draft" for noun in _STARTED), *_ACTS)
)

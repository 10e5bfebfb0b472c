"""Enums, made from the same tables and lists that the rules use."""

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Any

import strawberry

from app.core.labels import STANDINGS
from app.core.ladder import PLACES
from app.core.secrecy import LEVELS
from app.core.units import UNIT_KIND_NAMES
from app.rules import panel
from app.rules.agenda import KINDS as KINDS_OF_ITEM
from app.rules.agenda import ORDERS
from app.rules.attachments import CARDED
from app.rules.catalogue import TABLES
from app.rules.categories import CATEGORIES
from app.rules.departments import SUBJECTS
from app.rules.forms import CALLS, NAMES, ORGANIZERS
from app.rules.major import REQUIREMENTS
from app.rules.notices import KINDS as NOTICES
from app.rules.positions import POSITIONS
from app.rules.questions import QUESTION_KINDS
from app.rules.roles import ROLE_NAMES
from app.services.amendments import OUTCOMES
from app.services.decisions import KINDS
from app.services.forms import OFFICE_CALLS, OFFICE_ORGANIZERS
from app.services.ladders import NAMES as LADDERS
from schema.naming import constant, pascal


def made(name: str, says: str, values: Iterable[tuple[str, str]]) -> Any:
    """An enum of (value, what it means)."""
    members = {constant(value): strawberry.enum_value(value, description=meaning) for value, meaning in values}
    members_of: Any = Enum(name, members, module=__name__)  # type: ignore[misc]
    return strawberry.enum(members_of, description=says)


def both(names: Mapping[Any, tuple[str, str]]) -> list[tuple[str, str]]:
    return [(str(value), f"{zh}: {en}") for value, (zh, en) in names.items()]


STATES: dict[str, Any] = {
    noun: made(
        f"{pascal(noun)}State",
        f"The states of the table of procedure “{table.zh}” ({table.en}).",
        [(name, f"{state.zh}: {state.en}") for name, state in table.states.items()],
    )
    for noun, table in TABLES.items()
}
Category = made(
    "Category",
    "The ten categories of matters (A1.2, A1.3).",
    [(row.code, f"{row.code} {row.zh}: {row.en}") for row in CATEGORIES.values()],
)
Form = made("MeetingForm", "The forms of meeting (A1.1, B2.3); ADDED: one that the director added.", both(NAMES))
AgendaKind = made("AgendaKind", "What an item of an agenda is.", both(KINDS_OF_ITEM))
AgendaOrder = made("AgendaOrder", "A rule by which an agenda is ordered.", both(ORDERS))
Caller = made(
    "Caller",
    "Who is called to an office meeting without being named (B2.3).",
    both({name: CALLS[name] for name in OFFICE_CALLS}),
)
Organizer = made(
    "Organizer",
    "Who may organize an office meeting (B2.5).",
    both({name: ORGANIZERS[name] for name in OFFICE_ORGANIZERS}),
)
RemitSubject = made("RemitSubject", "What a department can be responsible for (B2.1).", both(SUBJECTS))
AmendmentOutcome = made("AmendmentOutcome", "What became of a proposed amendment (A3.3).", both(OUTCOMES))
RequirementKind = made(
    "RequirementKind",
    "What a major administrative decision wants before it is discussed (A3.3).",
    [(name, f"{kind.zh}: {kind.en}") for name, kind in REQUIREMENTS.items()],
)
Standing = made("RequestStanding", "The standing of a request for an opinion (A3.3).", both(STANDINGS))
Place = made("ReminderPlace", "Who is reminded by a rung of a ladder (C2).", both(PLACES))
LadderName = made("LadderName", "For which tasks a ladder of reminders is (C2).", both(LADDERS))
Position = made("Position", "What a unit says to a matter (A3.3).", both(POSITIONS))
ChangeKind = made(
    "ChangeKind",
    "What happened to a passage (C16).",
    [("replaced", "改写: worded differently"), ("removed", "删去: gone"), ("added", "增加: new")],
)
PieceKind = made(
    "PieceKind",
    "A piece of a changed passage (C16).",
    [("same", "未改: as before"), ("removed", "删去: struck out"), ("added", "增加: put in")],
)
PanelKind = made("PanelKind", "What a panel is convened for (A3.7).", both(panel.KINDS))
PanelMode = made("PanelMode", "How a panel works (A3.7).", both(panel.MODES))
ExpertPosition = made("ExpertPosition", "What an expert says to a motion (A3.7).", both(panel.VIEWS))
PanelConclusion = made("PanelConclusion", "What a panel concludes (A3.7).", both(panel.CONCLUSIONS))
AdviceAnswer = made("AdviceAnswer", "What the office did with a recommendation (A3.7).", both(panel.ANSWERS))
ConflictKind = made("ConflictKind", "Why an expert is kept out (A3.7).", both(panel.CONFLICTS))
DecisionKind = made("DecisionKind", "What became of an item (C17).", both(KINDS))
RoleName = made("Role", "The roles that appointments give.", both(ROLE_NAMES))
UnitKindName = made("UnitKind", "Kinds of unit.", both(UNIT_KIND_NAMES))
CardedNoun = made(
    "CardedNoun",
    "What a register card can belong to (A4.4).",
    [(noun, f"{TABLES[noun].zh}: {TABLES[noun].en}") for noun in sorted(CARDED)],
)
SecrecyLevel = made(
    "SecrecyLevel",
    "The levels of state secrets that a city's bodies set (A4.4).",
    [(name, f"{zh}: {en}, at most {years} years") for name, (zh, en, years) in LEVELS.items()],
)
Disclosure = made(
    "Disclosure",
    "The disclosure class of a matter (A4.4).",
    [
        ("public", "公开: may be published"),
        ("internal", "内部: for those who have part"),
        ("restricted", "工作秘密: only the leadership, the office and a need-to-know list"),
    ],
)
Light = made(
    "Light",
    "The light of a directive (C3).",
    [
        ("green", "in time"),
        ("yellow", "due within the group's warning time, by default 3 working days"),
        ("red", "overdue"),
        ("grey", "not owed now: a draft, suspended, verified, closed or withdrawn"),
    ],
)
QuestionKind = made("DirectiveQuestionKind", "What a draft of a directive leaves open (C19).", both(QUESTION_KINDS))
Period = made(
    "ReportPeriod",
    "How often a directive's progress is reported (C3).",
    [
        ("weekly", "每周: weekly"),
        ("fortnightly", "每两周: fortnightly"),
        ("monthly", "每月: monthly"),
        ("quarterly", "每季: quarterly"),
    ],
)
BoardBy = made(
    "BoardBy",
    "How a board of directives is arranged (C3).",
    [
        ("unit", "牵头单位: by lead unit"),
        ("decision", "议定事项: by decision"),
        ("leader", "下达人: by the leader who issued them"),
    ],
)
Ground = made(
    "WithholdingGround",
    "On what ground a matter is not published (C10).",
    [
        ("14", "Article 14: state secrets, security, stability"),
        ("15", "Article 15: business secrets, privacy"),
        ("16", "Article 16: internal affairs and process"),
    ],
)
NoticeKind = made(
    "NoticeKind",
    "The kinds of notice; what is mandatory cannot be muted (C9).",
    [(code, f"{kind.zh}: {kind.en}{' (mandatory)' if kind.mandatory else ''}") for code, kind in NOTICES.items()],
)

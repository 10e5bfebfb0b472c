"""A panel: one matter or part of a matter with its state, whom it waits for, its light and its buttons (C7, C15)."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from app.admin.ask import Ask
from app.admin.fields import Button, asked_for, button
from app.admin.paper_buttons import experts_for, paper_buttons, signers_for
from app.admin.papers import Papers, held_by, papers_of
from app.admin.payloads import PAYLOADS
from app.admin.review_payloads import BLOCKS, answer_fields, drafted
from app.core.clock import local_day, now
from app.models.records import Signature
from app.queries.calendar import load_calendar
from app.queries.lights import light
from app.queries.subjects import Subject, load_subjects
from app.queries.waiting import Waiting, waits_of
from app.rules.catalogue import TABLES
from app.rules.roles import ROLE_NAMES, Role
from app.services.transitions import Availability, available

# Refusals that say no more than that it is another's turn, another time, or that there is no occasion.
_FAR = frozenset(
    {
        "wrong_state",
        "not_your_role",
        "your_turn",
        "of_asked_unit",
        "is_panel_chair",
        "signed_on_earlier_text",
        "own_signature_on_earlier_text",
        "judged_earlier_text",
        "view_outdated",
        "view_contested",
        "of_called_unit",
        "meeting_running",
        "in_session",
        "is_major",
    }
)
Choices = dict[str, list[tuple[str, str]]]


@dataclass(slots=True)
class Panel:
    """`can` the asker may do now; `near` would be his, were all at hand; `cannot` is not his, or not now."""

    noun: str
    row: Any
    can: list[Button]
    near: list[Availability]
    cannot: list[Availability]
    paper: list[Button] = field(default_factory=list)
    waiting: Waiting | None = None
    light: str = ""
    signatures: list[Signature] = field(default_factory=list)
    choices: Choices = field(default_factory=dict)
    papers: Papers | None = None


def _buttons(ask: Ask, subject: Subject) -> tuple[list[Button], list[Availability]]:
    can, cannot = [], []
    for act in available(ask.policy, subject, ask.actor, now()):
        if not act.allowed:
            cannot.append(act)
            continue
        step = subject.table.step(act.action, subject.row.state)
        payload = PAYLOADS.get((subject.noun, act.action))
        asked = asked_for(payload.fields if payload else None, act.reason, bool(step and step.signs))
        made = button(subject.noun, act, asked)
        can.append(_with_draft(ask, subject, made) if subject.noun == "opinion" else made)
    return can, cannot


def _with_draft(ask: Ask, subject: Subject, made: Button) -> Button:
    """The form of an answer with what the unit has drafted so far (A3.3)."""
    drafts = [row for row in subject.related["draft"] if row.holder in ask.actor.holders]
    if made.action not in ("draft_answer", "answer", "answer_late") or not drafts:
        return made
    room = max(BLOCKS, len(drafts[0].amendments))
    fields = tuple(replace(each, prefilled=True) for each in answer_fields(room))
    return replace(made, fields=fields, given=drafted(drafts[0]))


def _beside(ask: Ask, subject: Subject) -> list[Button]:
    """Acts that move no state, so that no table holds them: the office's answer to a disagreement (A3.3), and putting
    units on the list of a restricted motion (A4.4)."""
    roles = {role.value for role in ask.actor.roles_in(subject.row.group_id)}
    kind = (subject.noun, subject.row.disclosure)
    if kind == ("motion", "restricted") and ask.policy.allowed_roles("motion", "edit") & roles:
        fields = PAYLOADS["motion", "put_on_list"].fields
        return [Button("motion", "put_on_list", "列入知悉范围", "Put on the list", "A4.4", fields, quiet=True)]
    return _beside_opinion(ask, subject, roles) if subject.noun == "opinion" else []


def _beside_opinion(ask: Ask, subject: Subject, roles: set[str]) -> list[Button]:
    """The office's answers to what a unit has said, and the release of what is drafted in it (A3.3)."""
    office = bool(ask.policy.allowed_roles("opinion", "respond") & roles)
    found = []
    if office and subject.row.position == "disagree":
        found.append(Button("opinion", "respond", "回应意见", "Respond", "A3.3", PAYLOADS["opinion", "respond"].fields))
    if office and subject.related["amendment"]:
        fields = PAYLOADS["opinion", "settle"].fields
        found.append(Button("opinion", "settle", "答复修改意见", "Settle an amendment", "A3.3", fields))
    drafts = [row for row in subject.related["draft"] if row.holder in ask.actor.holders and row.position]
    if drafts and ask.policy.allowed_roles("opinion", "answer") & roles and subject.row.state in ("asked", "closed"):
        found.append(Button("opinion", "release", "签发拟稿", "Release the draft", "A3.3", ()))
    return found


def _stale(ask: Ask, subject: Subject) -> list[tuple[str, str]]:
    """The signatures in force that were given on an earlier text (C16)."""
    names = [(row, TABLES[row.noun].rows(row.action), ROLE_NAMES[Role(row.for_role or row.role)])
             for row in subject.signatures if row.signs and row.stale]  # fmt: skip
    return [(str(row.id), f"{ask.say(*role)} · {ask.say(steps[0].zh, steps[0].en)}") for row, steps, role in names]


def _amendments(subject: Subject) -> list[tuple[str, str]]:
    """The amendments of an opinion, the ones to be settled first (A3.3)."""
    if subject.noun != "opinion":
        return []
    rows = sorted(subject.related["amendment"], key=lambda row: (bool(row.outcome), row.number))
    return [(str(row.id), f"{row.number}. {row.passage[:20]} → {row.wording[:20]}") for row in rows]


async def lights_of(ask: Ask, rows: Sequence[Any]) -> dict[UUID, str]:
    """The lights of directives (C3)."""
    calendar = await load_calendar(ask.session)
    day = local_day(now())
    return {
        subject.row.id: light(calendar, subject.row.state, subject.row.due_on, day, subject.days("yellow_days"))
        for subject in await load_subjects(ask.session, "directive", rows)
    }


async def panels(ask: Ask, noun: str, rows: Sequence[Any], signatures: Sequence[Signature] = ()) -> list[Panel]:
    """Panels for rows that the asker may see. The number of statements does not grow with the rows."""
    if not rows:
        return []
    subjects = await load_subjects(ask.session, noun, rows)
    waits = await waits_of(ask.session, ask.view, noun, rows)
    lights = await lights_of(ask, rows) if noun == "directive" else {}
    signers = {row.group_id: await signers_for(ask, row.group_id) for row in {r.group_id: r for r in rows}.values()}
    experts = await experts_for(ask, rows) if noun == "panel_member" else {}
    held = await held_by(ask, [row.id for row in rows])
    made = []
    for subject in subjects:
        can, cannot = _buttons(ask, subject)
        row = subject.row
        near = [act for act in cannot if act.blocker and act.blocker.code not in _FAR]
        far = [] if subject.state.final else [act for act in cannot if act not in near]
        panel = Panel(noun, row, can + _beside(ask, subject), near, far, waiting=waits.get(row.id))
        panel.light = lights.get(row.id, "")
        mine = [*signers[row.group_id], *([experts[row.id]] if row.id in experts else [])]
        panel.paper, panel.choices = paper_buttons(ask, subject, mine, {each.action for each in can})
        panel.signatures = [each for each in signatures if each.object_id == row.id]
        panel.choices = {**panel.choices, "stale": _stale(ask, subject), "amendments": _amendments(subject)}
        panel.papers = papers_of(ask, subject, held)
        made.append(panel)
    return made

"""Cases of the guards of expert panels, for tests/rules/test_guards.py (A3.7, C16)."""

from datetime import UTC, date, datetime
from types import SimpleNamespace as Row
from typing import Any
from uuid import uuid4

from app.queries.subjects import Subject
from app.rules.roles import Role
from app.services.hands import Hand

ME, OTHER, THIRD, FOURTH = (uuid4() for _ in range(4))
STAFF, EXPERT = Hand(ME, Role.DEPARTMENT_STAFF), Hand(ME, Role.EXPERT)
STARTS = datetime(2026, 3, 4, 1, tzinfo=UTC)


def of(noun: str, row: Row, **related: Any) -> Any:
    found = Subject(noun, row, Row(settings={}))
    for name, rows in related.items():
        found.related[name].extend(rows)
    return found


def panel(*states: str, chair: Any = ME, **related: Any) -> Any:
    people = (ME, OTHER, THIRD, FOURTH)
    rows = [Row(state=state, person_id=person, expert_id=person) for state, person in zip(states, people, strict=False)]
    row = Row(chair_id=chair, mode="meeting", starts_at=STARTS, due_on=date(2026, 3, 9))
    return of("panel", row, panel_member=rows, **related)


UNIT = Row(id=uuid4(), name="市经信委")
DAY_BEFORE = date(2026, 3, 3)


def expert(**changes: Any) -> Any:
    entry = {"id": ME, "unit_id": None, "employer": "江澜大学", "avoids": "", "starts_on": date(2025, 1, 1),
             "ends_on": date(2026, 3, 4)}  # fmt: skip
    return Row(**entry | changes)


def member(state: str, **changes: Any) -> Any:
    row = Row(person_id=ME, stale=False, **changes)
    return of("panel_member", row, panel=[Row(state=state)])


def waiting(**changes: Any) -> Any:
    return of("panel", Row(**{"mode": "meeting", "starts_at": STARTS, **changes}))


def technical(*states: str) -> Any:
    return of("motion", Row(technical=True), panel=[Row(state=state) for state in states])


def decided(kind: str, *states: str, technical: bool = True) -> Any:
    """An item about to be decided so; an empty kind: nobody has said yet how."""
    drafts = [Row(kind=kind)] if kind else []
    motion, panels = Row(technical=technical), [Row(state=state) for state in states]
    return of("item", Row(), motion=[motion], decision_draft=drafts, panel=panels)


def entered(noun: str, *, objected: bool = False, voided: bool = False, **related: Any) -> Any:
    """A matter with a view that was entered from paper."""
    found, row = (
        of(noun, Row(), **related),
        Row(objected_at=STARTS if objected else None, voided_at=STARTS if voided else None),
    )
    (found.signatures if noun == "panel_member" else found.related["view_signature"]).append(row)
    return found


CONTESTED = [(entered(noun, objected=True), STAFF) for noun in ("panel", "motion", "panel_member")]
CALM = [(entered(noun, **each), STAFF) for noun in ("panel", "motion", "panel_member")
        for each in ({}, {"objected": True, "voided": True})]  # fmt: skip
IN = ("given", "given", "given")
CASES: list[tuple[str, str, list[tuple[Any, Hand]], list[tuple[Any, Hand]]]] = [
    ("panel_composed", "A3.7",
     [(panel(*IN), STAFF), (panel("named", "called", "received", "excluded"), STAFF)],
     [(panel("given", "given"), STAFF), (panel(*IN, "given"), STAFF), (panel("given"), STAFF),
      (panel(*IN, chair=None), STAFF), (panel("excluded", *IN), STAFF), (panel("given", "given", "released"), STAFF)]),
    ("no_conflict", "A3.7",
     [(panel(*IN, expert=[expert()], concerned=[UNIT]), STAFF),
      (panel("excluded", *IN, expert=[expert(unit_id=UNIT.id)], concerned=[UNIT]), STAFF)],
     [(panel(*IN, expert=[expert(**each)], concerned=[UNIT]), STAFF)
      for each in ({"unit_id": UNIT.id}, {"employer": "市经信委"}, {"employer": "江澜市经信委"},
                   {"avoids": "甲、市经信委"})]),
    ("members_in_term", "A3.7",
     [(panel(*IN, expert=[expert()]), STAFF), (panel("released", *IN, expert=[expert(ends_on=DAY_BEFORE)]), STAFF)],
     [(panel(*IN, expert=[expert(ends_on=DAY_BEFORE)]), STAFF),
      (panel(*IN, expert=[expert(starts_on=date(2026, 3, 5))]), STAFF)]),
    ("motion_waits", "A3.7",
     [(panel(motion=[Row(state=state)]), STAFF) for state in ("admitted", "under_review", "ready")],
     [(panel(motion=[Row(state=state)]), STAFF) for state in ("draft", "reviewed", "listed", "decided")]
     + [(panel(), STAFF)]),
    ("session_day", "A3.7",
     [(waiting(), STAFF), (waiting(starts_at=datetime(2026, 3, 3, 1, tzinfo=UTC)), STAFF)],
     [(waiting(starts_at=datetime(2026, 3, 5, 1, tzinfo=UTC)), STAFF), (waiting(mode="in_writing"), STAFF),
      (waiting(starts_at=None), STAFF)]),
    ("no_joint_meeting", "B2.3",
     [(panel(), STAFF), (panel(joint_item=[Row(state="removed"), Row(state="decided")]), STAFF)],
     [(panel(joint_item=[Row(state="removed"), Row(state="listed")]), STAFF)]),
    ("panel_concludes", "A3.7", [(of("item", Row(kind="matter")), STAFF)], [(of("item", Row(kind="panel")), STAFF)]),
    ("is_panel_chair", "A3.7", [(panel(*IN), EXPERT)], [(panel(*IN, chair=OTHER), EXPERT)]),
    ("all_views_in", "A3.7",
     [(panel(*IN), EXPERT), (panel("given", "excluded", "released"), EXPERT)],
     [(panel("given", "called"), EXPERT), (panel("given", "received"), EXPERT)]),
    ("is_panelist", "A3.7",
     [(member(state), EXPERT) for state in ("called", "in_session", "collecting")],
     [(member("concluded"), EXPERT), (member("called"), Hand(OTHER, Role.EXPERT))]),
    ("panel_running", "A3.7",
     [(member("in_session"), EXPERT), (member("collecting"), EXPERT)],
     [(member("called"), EXPERT), (member("concluded"), EXPERT), (of("panel_member", Row()), EXPERT)]),
    ("view_outdated", "C16", [(of("panel_member", Row(stale=True)), STAFF)], [(member("collecting"), STAFF)]),
    ("panel_concluded", "A3.7",
     [(of("motion", Row(technical=False)), STAFF), (technical("concluded"), STAFF),
      (technical("fallen", "settled"), STAFF), (technical("cancelled", "concluded"), STAFF)],
     [(technical(), STAFF), (technical("fallen"), STAFF), (technical("collecting"), STAFF),
      (technical("concluded", "in_session"), STAFF), (technical("settled", "called"), STAFF)]),
    ("panel_stands", "A3.7",
     [(decided("passed", "settled"), STAFF), (decided("passed", "fallen", technical=False), STAFF),
      (decided("deferred", "fallen"), STAFF), (decided("", "fallen"), STAFF), (of("item", Row()), STAFF)],
     [(decided("passed", "fallen"), STAFF), (decided("passed"), STAFF),
      (decided("not_passed", "settled", "called"), STAFF)]),
    ("views_uncontested", "C20",
     [*CALM, *((entered("item", objected=True, decision_draft=drafts), STAFF)
               for drafts in ([], [Row(kind="deferred")]))],
     [*CONTESTED, (entered("item", objected=True, decision_draft=[Row(kind="passed")]), STAFF)]),
    ("view_contested", "C20", CONTESTED, CALM),
]  # fmt: skip

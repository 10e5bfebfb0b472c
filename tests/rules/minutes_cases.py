"""Each guard of minutes: what it lets pass and what it stops (B2.6, C17)."""

from types import SimpleNamespace as Row
from typing import Any
from uuid import UUID, uuid4

from app.queries.subjects import Subject
from app.rules.roles import Role
from app.services.hands import Hand

ME, UNIT, ITEM = uuid4(), uuid4(), uuid4()
STAFF = Hand(ME, Role.DEPARTMENT_STAFF)
OF_DEPARTMENT = Hand(ME, Role.DEPARTMENT_HEAD, departments=frozenset({UNIT}))
OF_UNIT = Hand(ME, Role.LIAISON, units=frozenset({UNIT}))
BODY = "2026年3月9日,会议召开。\n一、云平台\n会议审议通过，议定：同意建设。\n出席：甲"


def subject(noun: str, row: Row, **related: Any) -> Any:
    found = Subject(noun, row, Row(settings={"general_affairs": str(UNIT)}))
    for name, rows in related.items():
        found.related[name].extend(rows)
    return found


def meeting(form: str, organizer: UUID | None = None) -> Any:
    return subject("meeting", Row(form=form, organizer_id=organizer))


def minutes(circuit: str = "A3.5", body: str = BODY, confirmed: str = "") -> Any:
    row = Row(circuit=circuit, body=body, content_hash="now", claims_hash=confirmed)
    section = Row(item_id=ITEM, position=1, title="云平台")
    decision = Row(
        item_id=ITEM, kind="passed", text="同意建设。", conditions="", presider_reason="", amount_approved=None
    )
    return subject("document", row, section=[section], recorded=[decision])


def sent(**to: Any) -> Any:
    return subject("extract", Row(**{"unit_id": None, "person_id": None, **to}))


CLAIMS = BODY.replace("议定：", "决定成立专班。议定：")
CASES = [
    ("drafts_minutes", "B2.6",
     [(meeting("plenary"), STAFF), (meeting("special_topic", UNIT), OF_DEPARTMENT),
      (meeting("directors_meeting"), OF_DEPARTMENT)],
     [(meeting("special_topic", UNIT), STAFF), (meeting("special_topic", uuid4()), OF_DEPARTMENT),
      (meeting("directors_meeting"), STAFF)]),
    ("no_minutes_yet", "B2.6",
     [(subject("meeting", Row()), STAFF),
      (subject("meeting", Row(), document=[Row(circuit="", state="registered")]), STAFF),
      (subject("meeting", Row(), document=[Row(circuit="A3.5", state=state) for state in ("cancelled", "voided")]),
       STAFF)],
     [(subject("meeting", Row(), document=[Row(circuit=circuit, state="draft")]), STAFF)
      for circuit in ("A3.5", "director")]),
    ("decision_document", "B2.6",
     [(minutes(""), STAFF)], [(minutes("A3.5"), STAFF), (minutes("director"), STAFF)]),
    ("presider_checks", "B2.6",
     [(minutes("A3.5"), STAFF)], [(minutes("director"), STAFF), (minutes(""), STAFF)]),
    ("director_approves", "B2.6",
     [(minutes("director"), STAFF)], [(minutes("A3.5"), STAFF), (minutes(""), STAFF)]),
    ("items_in_order", "B2.6",
     [(minutes(), STAFF)], [(minutes(body=BODY.replace("一、云平台", "一、云")), STAFF)]),
    ("claims_settled", "C17",
     [(minutes(), STAFF), (minutes(body=CLAIMS, confirmed="now"), STAFF)],
     [(minutes(body=CLAIMS), STAFF), (minutes(body=CLAIMS, confirmed="before"), STAFF)]),
    ("claims_open", "C17",
     [(minutes(body=CLAIMS), STAFF), (minutes(body=CLAIMS, confirmed="before"), STAFF)],
     [(minutes(), STAFF), (minutes(body=CLAIMS, confirmed="now"), STAFF)]),
    ("is_recipient", "B2.6",
     [(sent(unit_id=UNIT), OF_UNIT), (sent(unit_id=UNIT), OF_DEPARTMENT), (sent(person_id=ME), STAFF)],
     [(sent(unit_id=uuid4()), OF_UNIT), (sent(person_id=uuid4()), STAFF), (sent(unit_id=UNIT), STAFF)]),
]  # fmt: skip

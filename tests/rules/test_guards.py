"""Each guard on the smallest subject that shows it: what it lets pass and what it stops."""

from datetime import UTC, date, datetime
from types import SimpleNamespace as Row
from typing import Any
from uuid import UUID, uuid4

import pytest

from app.queries.subjects import Subject
from app.rules.major import REQUIREMENTS
from app.rules.roles import Role
from app.services import text_hash
from app.services.guards import GUARDS
from app.services.hands import Hand
from tests.rules import minutes_cases, panel_cases

NOW = datetime(2026, 3, 4, 2, 0, tzinfo=UTC)  # a Wednesday, 10:00 in Shanghai
ME, OTHER, UNIT, STRANGE = (uuid4() for _ in range(4))
STAFF = Hand(ME, Role.DEPARTMENT_STAFF)
OF_UNIT = Hand(ME, Role.LIAISON, units=frozenset({UNIT}))
OF_DEPARTMENT = Hand(ME, Role.DEPARTMENT_HEAD, departments=frozenset({UNIT}))


def as_role(role: Role) -> Hand:
    return Hand(ME, role)


def subject(
    noun: str, row: Row, *, signatures: tuple[Row, ...] = (), seats: tuple[Row, ...] = (), **related: Any
) -> Any:
    found = Subject(noun, row, Row(settings={}), list(signatures), seats)
    for name, rows in related.items():
        found.related[name].extend(rows)
    return found


def signed(person: UUID, for_id: UUID | None = None, signs: bool = True) -> Row:
    return Row(person_id=person, for_id=for_id, action="endorse", signs=signs, content_hash="x")


def on_text(person: UUID, action: str = "admit", *, stale: bool, signs: bool = True) -> Row:
    return Row(person_id=person, for_id=None, role="leader", for_role="", action=action, signs=signs, stale=stale)


def contested(**changes: Any) -> Row:
    """A signature that was entered from paper, and to which its signer objects."""
    return Row(**dict(object_id=OTHER, objected_at=LATE, voided_at=None) | changes)


def motion(**changes: Any) -> Row:
    complete = dict(
        title="云平台", body="方案", proposing_unit_id=UNIT, category="A1.3(1)", project="P", year=2026, amount_asked=1,
        drafter_id=ME, state="submitted", technical=False,
    )  # fmt: skip
    return Row(**complete | changes)


def opinion(**changes: Any) -> Row:
    asked = dict(unit_id=UNIT, of_office=False, state="asked", due_on=date(2026, 3, 4), extended=False, mandatory=False,
                 position="", response="")  # fmt: skip
    return Row(**asked | changes)


def document(**changes: Any) -> Row:
    return Row(**dict(kind="通知", reports_results=False) | changes)


def directive(**changes: Any) -> Row:
    given = dict(result="建成政务云", lead_unit_id=UNIT, lead_is_office=False, issuer_id=ME, extension_to=None,
                 decision_id=None, reporter_id=OTHER, due_on=date(2026, 3, 4))  # fmt: skip
    return Row(**given | changes)


def waiting_group(row: Row, *documents: Row) -> Any:
    """In a group that issues directives only after the document of their decision."""
    found = subject("directive", row, document=list(documents))
    found.group.settings = {"directive_waits_for_document": True}
    return found


def item(**changes: Any) -> Row:
    return Row(
        **dict(
            state="listed",
            kind="matter",
            motion_id=OTHER,
            papers_waived=False,
            papers_delivered_at=datetime(2026, 3, 1, tzinfo=UTC),
        )
        | changes
    )


def meeting(form: str, organizer_id: UUID | None = None, **related: Any) -> Any:
    row = Row(form=form, organizer_id=organizer_id, group_id=OTHER, starts_at=NOW)
    return subject("meeting", row, **related)


def post(role: str, **changes: Any) -> Row:
    return Row(**dict(role=role, group_id=OTHER, starts_on=date(2026, 1, 1), ends_on=None) | changes)


SEATED = (post("office_deputy_director", person_id=OTHER),)


def called(**changes: Any) -> Row:
    return Row(**dict(unit_id=None, person_id=None, capacity="member") | changes)


def topic(**changes: Any) -> Row:
    return Row(**dict(department_id=UNIT, group_id=OTHER, subject="plans", state="submitted") | changes)


def department(*remit: str) -> Row:
    return Row(group_id=OTHER, kind="department", remit=list(remit))


def in_charge_of(unit: UUID) -> Row:
    return Row(person_id=ME, role="office_deputy_director", in_charge_of=[str(unit)])


PRESENT, ABSENT = Row(unit_id=UNIT, signed_in_at=NOW), Row(unit_id=STRANGE, signed_in_at=None)


def met(**changes: Any) -> list[Row]:
    done: dict[str, Any] = dict(lifted_at=None, met_on=date(2026, 3, 3), ends_on=None)
    return [Row(**done | {"kind": kind} | changes) for kind in REQUIREMENTS]


LIMIT: dict[str, Any] = {"papers_by": [datetime(2026, 3, 2, tzinfo=UTC)]}
LATE = datetime(2026, 3, 3, tzinfo=UTC)
PAST = date(2026, 3, 3)
PENDING = Row(confirmed_at=None, dropped_at=None, proposed_by=ME)
PASSED = Row(kind="passed", meeting_id=OTHER)

# guard, clause, what passes, what is stopped; each a (subject, hand)
CASES: list[tuple[str, str, list[tuple[Any, Hand]], list[tuple[Any, Hand]]]] = [
    *panel_cases.CASES,
    *minutes_cases.CASES,
    ("one_hand", "A3.2",
     [(subject("motion", motion(), signatures=(signed(OTHER),)), STAFF),
      (subject("motion", motion(), signatures=(signed(ME, signs=False),)), STAFF)],
     [(subject("motion", motion(), signatures=(signed(ME),)), STAFF),
      (subject("motion", motion(), signatures=(signed(OTHER, for_id=ME),)), STAFF),
      (subject("motion", motion(), signatures=(signed(OTHER),)), Hand(ME, Role.LEADER, for_id=OTHER))]),
    ("is_drafter", "A3.2",
     [(subject("motion", motion()), STAFF), (subject("motion", motion(drafter_id=OTHER)), STAFF)],
     [(subject("motion", motion(drafter_id=OTHER), seats=SEATED), STAFF)]),
    ("your_turn", "A3.2",
     [(subject("motion", motion()), as_role(Role.OFFICE_DIRECTOR)),
      (subject("motion", motion(state="reviewed")), as_role(Role.LEADER)),
      (subject("document", Row(state="checking"), meeting=[Row(presider_id=ME)]), as_role(Role.DEPUTY))],
     [(subject("motion", motion()), as_role(Role.LEADER)),
      (subject("motion", motion(state="reviewed")), as_role(Role.OFFICE_DIRECTOR)),
      (subject("document", Row(state="checking"), meeting=[Row(presider_id=OTHER)]), as_role(Role.LEADER))]),
    ("complete", "A1.3",
     [(subject("motion", motion()), STAFF),
      (subject("motion", motion(category="A1.2(1)", project="", year=None, amount_asked=None)), STAFF)],
     [(subject("motion", motion(title=" ")), STAFF), (subject("motion", motion(body="")), STAFF),
      (subject("motion", motion(proposing_unit_id=None)), STAFF), (subject("motion", motion(year=None)), STAFF),
      (subject("motion", motion(project="")), STAFF), (subject("motion", motion(amount_asked=None)), STAFF)]),
    ("opinions_in", "A3.3",
     [(subject("motion", motion(), opinion=[opinion(state="answered")]), STAFF),
      (subject("motion", motion(), opinion=[opinion(due_on=date(2026, 3, 3))]), STAFF)],
     [(subject("motion", motion(), opinion=[]), STAFF),
      (subject("motion", motion(), opinion=[opinion(), opinion(state="answered")]), STAFF),
      (subject("motion", motion(), opinion=[opinion(state="not_started"), opinion(state="answered")]), STAFF),
      (subject("motion", motion(), opinion=[opinion(state="stopped"), opinion(state="answered")]), STAFF)]),
    ("disagreements_answered", "A3.3",
     [(subject("motion", motion(), opinion=[opinion(position="disagree", response="已采纳")]), STAFF),
      (subject("motion", motion(), opinion=[opinion(position="agree")]), STAFF)],
     [(subject("motion", motion(), opinion=[opinion(position="disagree", response=" ")]), STAFF)]),
    ("of_asked_unit", "A3.3",
     [(subject("opinion", opinion()), OF_UNIT), (subject("opinion", opinion(of_office=True)), OF_DEPARTMENT)],
     [(subject("opinion", opinion(unit_id=STRANGE)), OF_UNIT), (subject("opinion", opinion()), OF_DEPARTMENT),
      (subject("opinion", opinion(of_office=True)), OF_UNIT)]),
    ("not_extended", "A3.3",
     [(subject("opinion", opinion()), OF_UNIT)], [(subject("opinion", opinion(extended=True)), OF_UNIT)]),
    ("before_due", "A3.3",
     [(subject("opinion", opinion()), OF_UNIT)],
     [(subject("opinion", opinion(due_on=date(2026, 3, 3))), OF_UNIT)]),
    ("not_major", "A3.3",
     [(subject("motion", motion(major=False)), STAFF)], [(subject("motion", motion(major=True)), STAFF)]),
    ("is_major", "A3.3",
     [(subject("motion", motion(major=True)), STAFF)], [(subject("motion", motion(major=False)), STAFF)]),
    ("major_requirements_met", "A3.3",
     [(subject("motion", motion(major=False)), STAFF),
      (subject("motion", motion(major=True), requirement=met()), STAFF)],
     [(subject("motion", motion(major=True)), STAFF),
      (subject("motion", motion(major=True), requirement=met()[1:]), STAFF),
      (subject("motion", motion(major=True), requirement=met(met_on=None)), STAFF),
      (subject("motion", motion(major=True), requirement=met(lifted_at=NOW)), STAFF),
      (subject("motion", motion(major=True), requirement=met(ends_on=date(2026, 3, 5))), STAFF)]),
    ("presider_last", "C17",
     [(subject("item", item(), motion=[motion(major=False)], attendance=[PRESENT]), STAFF),
      (subject("item", item(), attendance=[PRESENT]), STAFF),
      (subject("item", item(), motion=[motion(major=True)], attendance=[PRESENT, ABSENT],
               statement=[Row(unit_id=UNIT)]), STAFF)],
     [(subject("item", item(), motion=[motion(major=True)], attendance=[PRESENT]), STAFF)]),
    ("amendments_settled", "A3.3",
     [(subject("motion", motion(), amendment=[Row(outcome="not_taken")]), STAFF), (subject("motion", motion()), STAFF)],
     [(subject("motion", motion(), amendment=[Row(outcome="taken_over"), Row(outcome="")]), STAFF)]),
    ("more_time_asked", "A3.3",
     [(subject("opinion", opinion(extension_to=date(2026, 3, 9))), STAFF)],
     [(subject("opinion", opinion(extension_to=None)), STAFF)]),
    ("in_time", "A3.3",
     [(subject("opinion", opinion()), OF_UNIT)], [(subject("opinion", opinion(due_on=date(2026, 3, 3))), OF_UNIT)]),
    ("past_due", "A3.3",
     [(subject("opinion", opinion(due_on=date(2026, 3, 3))), OF_UNIT),
      (subject("opinion", opinion(state="closed")), OF_UNIT)],
     [(subject("opinion", opinion()), OF_UNIT)]),
    ("motion_admitted_again", "A3.3",
     [(subject("opinion", opinion(), motion=[motion(state=state)]), STAFF) for state in ("admitted", "under_review")],
     [(subject("opinion", opinion(), motion=[motion(state=state)]), STAFF) for state in ("returned", "reviewed")]),
    ("judged_earlier_text", "C16",
     [(subject("opinion", opinion(stale=True)), STAFF),
      (subject("opinion", opinion(stale=False), signatures=(contested(),)), STAFF)],
     [(subject("opinion", opinion(stale=False)), STAFF),
      (subject("opinion", opinion(stale=False), signatures=(contested(objected_at=None),)), STAFF)]),
    ("opinions_uncontested", "C20",
     [(subject("motion", motion(), opinion_signature=[contested(**row)]), STAFF)
      for row in ({"objected_at": None}, {"voided_at": LATE})],
     [(subject("motion", motion(), opinion_signature=[contested(objected_at=None), contested()]), STAFF)]),
    ("motion_in_review", "A3.3",
     [(subject("opinion", opinion(), motion=[motion(state="under_review")]), STAFF)],
     [(subject("opinion", opinion(), motion=[motion(state="ready")]), STAFF), (subject("opinion", opinion()), STAFF)]),
    ("signed_on_earlier_text", "C16",
     [(subject("motion", motion(), signatures=(on_text(OTHER, stale=True),)), STAFF)],
     [(subject("motion", motion(), signatures=(on_text(OTHER, stale=False),)), STAFF),
      (subject("motion", motion(), signatures=(on_text(OTHER, stale=True, signs=False),)), STAFF)]),
    ("own_signature_on_earlier_text", "C16",
     [(subject("motion", motion(), signatures=(on_text(ME, stale=True),)), as_role(Role.DEPUTY)),
      (subject("motion", motion(), signatures=(on_text(OTHER, stale=True),)), as_role(Role.LEADER))],
     [(subject("motion", motion(), signatures=(on_text(ME, stale=False),)), as_role(Role.LEADER)),
      (subject("motion", motion(), signatures=(on_text(OTHER, stale=True),)), as_role(Role.DEPUTY)),
      (subject("motion", motion(), signatures=(on_text(ME, stale=True), on_text(ME, "reaffirm", stale=False))),
       as_role(Role.LEADER))]),
    ("has_items", "A3.1",
     [(subject("meeting", Row(), item=[item()]), STAFF)],
     [(subject("meeting", Row()), STAFF), (subject("meeting", Row(), item=[item(state="removed")]), STAFF)]),
    ("presider_may", "A2.2",
     [(meeting("plenary", presider_post=[post(role)]), STAFF) for role in ("leader", "deputy", "deputy_in_charge")]
     + [(meeting("special_topic", presider_post=[post(role)]), STAFF)
        for role in ("office_director", "office_deputy_director")],
     [(meeting("plenary"), STAFF),
      (meeting("plenary", presider_post=[post("leader", ends_on=date(2026, 3, 3))]), STAFF),
      (meeting("plenary", presider_post=[post("leader", group_id=ME)]), STAFF),
      (meeting("plenary", presider_post=[post("office_director")]), STAFF),
      (meeting("special_topic", presider_post=[post("leader")]), STAFF)]),
    ("presides", "A2.2",
     [(subject("meeting", Row(presider_id=ME)), as_role(Role.DEPUTY))],
     [(subject("meeting", Row(presider_id=OTHER)), as_role(Role.LEADER)),
      (subject("meeting", Row(presider_id=OTHER)), Hand(ME, Role.LEADER, for_id=OTHER))]),
    ("is_presider", "A2.2",
     [(subject("attendance", Row(), meeting=[Row(presider_id=ME)]), as_role(Role.DEPUTY)),
      (subject("attendance", Row(), meeting=[Row(presider_id=OTHER)]), Hand(ME, Role.DEPUTY, for_id=OTHER))],
     [(subject("attendance", Row(), meeting=[Row(presider_id=OTHER)]), as_role(Role.LEADER)),
      (subject("attendance", Row()), as_role(Role.LEADER))]),
    ("asks_for_it", "A3.1", [(meeting("plenary"), STAFF)], [(meeting("plenary"), as_role(Role.LEADER))]),
    ("chooses", "B2.3",
     [(meeting("directors_meeting"), as_role(Role.OFFICE_DIRECTOR))],
     [(meeting("directors_meeting"), as_role(Role.OFFICE_DEPUTY_DIRECTOR)),
      (meeting("plenary"), as_role(Role.LEADER)), (meeting("plenary"), as_role(Role.OFFICE_DIRECTOR))]),
    ("consents", "A3.1",
     [(meeting("plenary"), as_role(Role.LEADER)), (meeting("office_plenary"), as_role(Role.OFFICE_DIRECTOR))],
     [(meeting("plenary"), as_role(Role.OFFICE_DIRECTOR)), (meeting("office_plenary"), as_role(Role.LEADER))]),
    ("organizes", "B2.5",
     [(meeting("plenary", organizer_id=None), STAFF), (meeting("office_plenary", organizer_id=UNIT), OF_DEPARTMENT),
      (meeting("office_plenary", organizer_id=UNIT), as_role(Role.OFFICE_DIRECTOR))],
     [(meeting("office_plenary", organizer_id=UNIT), STAFF)]),
    ("organizer_fits", "B2.5",
     [(meeting("special_topic", organizer_id=None), STAFF),
      (meeting("special_topic", UNIT, topic=[Row(id=ME, department_id=UNIT)], item=[item(topic_id=ME)]), STAFF)],
     [(meeting("special_topic", organizer_id=UNIT), STAFF),
      (meeting("special_topic", UNIT, topic=[Row(id=ME, department_id=OTHER)], item=[item(topic_id=ME)]), STAFF)]),
    ("heads_department", "B2.4",
     [(subject("topic", topic()), OF_DEPARTMENT)], [(subject("topic", topic(department_id=STRANGE)), OF_DEPARTMENT)]),
    ("within_remit", "B2.4",
     [(subject("topic", topic(), place=[department("plans")], department=[Row(name="x")]), STAFF),
      (subject("topic", topic(), place=[department()], department=[Row(name="规划项目部")]), STAFF),
      (subject("topic", topic(subject=""), decision=[Row()]), STAFF)],
     [(subject("topic", topic(), place=[department("funds")], department=[Row(name="规划项目部")]), STAFF),
      (subject("topic", topic(), place=[department()], department=[Row(name="综合部")]), STAFF),
      (subject("topic", topic(subject="")), STAFF)]),
    ("in_charge_of_department", "B2.4",
     [(subject("topic", topic(), seats=(in_charge_of(UNIT),)), as_role(Role.OFFICE_DEPUTY_DIRECTOR))],
     [(subject("topic", topic(), seats=(in_charge_of(STRANGE),)), as_role(Role.OFFICE_DEPUTY_DIRECTOR)),
      (subject("topic", topic(), seats=(in_charge_of(UNIT),)), Hand(OTHER, Role.OFFICE_DEPUTY_DIRECTOR))]),
    ("topic_turn", "B2.4",
     [(subject("topic", topic(), seats=(in_charge_of(UNIT),)), as_role(Role.OFFICE_DEPUTY_DIRECTOR)),
      (subject("topic", topic(state="reviewed")), as_role(Role.OFFICE_DIRECTOR))],
     [(subject("topic", topic(), seats=(in_charge_of(STRANGE),)), as_role(Role.OFFICE_DEPUTY_DIRECTOR)),
      (subject("topic", topic(), seats=(in_charge_of(UNIT),)), as_role(Role.OFFICE_DIRECTOR)),
      (subject("topic", topic(state="reviewed"), seats=(in_charge_of(UNIT),)), as_role(Role.OFFICE_DEPUTY_DIRECTOR))]),
    ("papers_in_time", "A3.4",
     [(meeting("plenary", item=[item()], **LIMIT), STAFF),
      (meeting("plenary", item=[item(id=ME, papers_delivered_at=LATE, papers_waived=True)], **LIMIT), STAFF),
      (meeting("plenary", item=[item(id=OTHER, papers_delivered_at=LATE, papers_waived=True)],
               item_signature=[contested(voided_at=LATE)], **LIMIT), STAFF),
      (meeting("plenary", item=[item(papers_delivered_at=None, state="removed")], **LIMIT), STAFF),
      (meeting("office_plenary", item=[item(papers_delivered_at=None)]), STAFF)],
     [(meeting("plenary", item=[item(), item(papers_delivered_at=LATE)], **LIMIT), STAFF),
      (meeting("leaders_meeting", item=[item(papers_delivered_at=None)], **LIMIT), STAFF),
      (meeting("plenary", item=[item(id=OTHER, papers_delivered_at=LATE, papers_waived=True)],
               item_signature=[contested()], **LIMIT), STAFF)]),
    ("all_items_settled", "A4.3",
     [(subject("meeting", Row(), item=[item(state="decided")]), STAFF)],
     [(subject("meeting", Row(), item=[item(state="decided"), item()]), STAFF)]),
    ("in_session", "A4.3",
     [(subject("item", item(), meeting=[Row(state="in_session")]), STAFF)],
     [(subject("item", item(), meeting=[Row(state="convened")]), STAFF), (subject("item", item()), STAFF)]),
    ("meeting_running", "A4.1",
     [(subject("attendance", Row(), meeting=[Row(state="in_session")]), STAFF)],
     [(subject("attendance", Row(), meeting=[Row(state="closed")]), STAFF)]),
    ("before_opening", "A4.1",
     [(subject("attendance", Row(), meeting=[Row(state="convened")]), OF_UNIT)],
     [(subject("attendance", Row(), meeting=[Row(state="in_session")]), OF_UNIT)]),
    ("of_called_unit", "A4.1",
     [(subject("attendance", called(unit_id=UNIT)), OF_UNIT),
      (subject("attendance", called(unit_id=UNIT, capacity="department")), OF_DEPARTMENT),
      (subject("attendance", called(person_id=ME, capacity="leadership")), as_role(Role.DEPUTY)),
      (subject("attendance", called(person_id=OTHER, capacity="invited")), STAFF)],
     [(subject("attendance", called(unit_id=STRANGE)), OF_UNIT),
      (subject("attendance", called(person_id=OTHER, capacity="leadership")), STAFF),
      (subject("attendance", called(person_id=OTHER, capacity="invited")), OF_UNIT)]),
    ("no_item_pending", "A3.1",
     [(subject("meeting", Row(), item=[item(), item(state="decided")]), STAFF)],
     [(subject("meeting", Row(), item=[item(), item(state="proposed")]), STAFF)]),
    ("item_consents", "A3.1",
     [(subject("item", item()), as_role(Role.LEADER)),
      (subject("item", item(motion_id=None)), as_role(Role.OFFICE_DIRECTOR))],
     [(subject("item", item()), as_role(Role.OFFICE_DIRECTOR)),
      (subject("item", item(motion_id=None)), as_role(Role.LEADER))]),
    ("before_session", "A2.1",
     [(subject("item", item(), meeting=[Row(state=state)]), STAFF) for state in ("draft", "convened")],
     [(subject("item", item(), meeting=[Row(state="in_session")]), STAFF), (subject("item", item()), STAFF)]),
    ("only_noted", "C17",
     [(subject("item", item(), decision_draft=[Row(kind="passed")]), STAFF),
      (subject("item", item(kind="raised"), decision_draft=[Row(kind="noted")]), STAFF),
      (subject("item", item(kind="raised"), decision_draft=[Row(kind="referred")]), STAFF)],
     [(subject("item", item(kind=kind), decision_draft=[Row(kind="passed")]), STAFF)
      for kind in ("raised", "directives")]),
    ("before_consent", "A3.1",
     [(subject("item", item(), meeting=[Row(state="draft")]), STAFF),
      (subject("item", item(state="proposed"), meeting=[Row(state="agreed")]), STAFF)],
     [(subject("item", item(), meeting=[Row(state="requested")]), STAFF)]),
    ("presider_reason", "C17",
     [(subject("item", item(), statement=[Row(position="disagree")],
               decision_draft=[Row(kind="passed", presider_reason="利大于弊")]), STAFF),
      (subject("item", item(), statement=[Row(position="disagree")],
               decision_draft=[Row(kind="deferred", presider_reason="")]), STAFF),
      (subject("item", item(), statement=[Row(position="agree")],
               decision_draft=[Row(kind="passed", presider_reason="")]), STAFF)],
     [(subject("item", item(), statement=[Row(position="agree"), Row(position="disagree")],
               decision_draft=[Row(kind="passed", presider_reason=" ")]), STAFF)]),
    ("kind_allowed", "A3.5",
     [(subject("document", Row(kind="通知", addressee="各单位、各区县")), STAFF),
      (subject("document", Row(kind="请示", addressee="市政府")), STAFF)],
     [(subject("document", Row(kind="命令", addressee="各单位")), STAFF),
      (subject("document", Row(kind="请示", addressee="市委、市政府")), STAFF)]),
    ("carries_decisions", "A3.5",
     [(subject("document", document(), decision=[PASSED, PASSED]), STAFF),
      (subject("document", document(kind="请示"), decision=[PASSED]), STAFF),
      (subject("document", document(kind="报告", reports_results=True)), STAFF)],
     [(subject("document", document()), STAFF), (subject("document", document(kind="报告")), STAFF),
      (subject("document", document(reports_results=True)), STAFF),
      (subject("document", document(kind="报告", reports_results=True), decision=[PASSED]), STAFF),
      (subject("document", document(kind="请示"), decision=[PASSED, PASSED]), STAFF),
      (subject("document", document(), decision=[Row(kind="deferred", meeting_id=OTHER)]), STAFF),
      (subject("document", document(), decision=[PASSED, Row(kind="passed", meeting_id=ME)]), STAFF)]),
    ("not_issuing_for_leader", "C4",
     [(subject("document", Row(), delegation=[Row(delegate_id=OTHER)]), as_role(Role.DEPUTY))],
     [(subject("document", Row(), delegation=[Row(delegate_id=ME)]), as_role(Role.DEPUTY))]),
    ("second_person", "C10",
     [(subject("publication", Row(drafter_id=OTHER)), STAFF)], [(subject("publication", Row(drafter_id=ME)), STAFF)]),
    ("on_the_day", "A3.1",
     [(subject("meeting", Row(starts_at=NOW.replace(hour=8))), STAFF)],
     [(subject("meeting", Row(starts_at=NOW.replace(day=NOW.day + 1))), STAFF),
      (subject("meeting", Row(starts_at=NOW.replace(day=NOW.day - 1))), STAFF)]),
    ("correction_pending", "A3.5",
     [(subject("document", Row(), correction=[PENDING]), STAFF)],
     [(subject("document", Row(), correction=[Row(confirmed_at=NOW, dropped_at=None)]), STAFF),
      (subject("document", Row(), correction=[Row(confirmed_at=None, dropped_at=NOW)]), STAFF)]),
    ("no_correction_pending", "A3.5",
     [(subject("document", Row()), STAFF)], [(subject("document", Row(), correction=[PENDING]), STAFF)]),
    ("second_reader", "A3.5",
     [(subject("document", Row(), correction=[Row(confirmed_at=None, dropped_at=None, proposed_by=OTHER)]), STAFF)],
     [(subject("document", Row(), correction=[PENDING]), STAFF)]),
    ("checkable", "C19",
     [(subject("directive", directive()), STAFF)],
     [(subject("directive", directive(result=text)), STAFF) for text in ("", "尽快推进。", "进一步加强管理")]),
    ("questions_answered", "C19",
     [(subject("directive", directive()), STAFF),
      (subject("directive", directive(), question=[Row(answered_at=NOW)]), STAFF)],
     [(subject("directive", directive(), question=[Row(answered_at=NOW), Row(answered_at=None)]), STAFF)]),
    ("question_open", "C19",
     [(subject("directive", directive(), question=[Row(answered_at=None)]), STAFF)],
     [(subject("directive", directive()), STAFF),
      (subject("directive", directive(), question=[Row(answered_at=NOW)]), STAFF)]),
    ("dated", "C19",
     [(subject("directive", directive()), STAFF)], [(subject("directive", directive(due_on=None)), STAFF)]),
    ("past_confirmed", "C19",
     [(subject("directive", directive()), STAFF), (subject("directive", directive(due_on=None)), STAFF),
      (subject("directive", directive(due_on=PAST), question=[Row(answered_at=NOW, about="2026-03-03", answer="x")]),
       STAFF),
      (subject("directive", directive(due_on=PAST), question=[Row(answered_at=NOW, about="", answer="2026-03-03")]),
       STAFF)],
     [(subject("directive", directive(due_on=PAST)), STAFF),
      (subject("directive", directive(due_on=PAST), question=[Row(answered_at=None, about="2026-03-03", answer="")]),
       STAFF),
      (subject("directive", directive(due_on=PAST), question=[Row(answered_at=NOW, about="2026-03-02", answer="")]),
       STAFF)]),
    ("periodic", "C3",
     [(subject("directive", directive(period="monthly")), OF_UNIT)],
     [(subject("directive", directive(period="")), OF_UNIT)]),
    ("something_new_due", "C3",
     [(subject("directive", directive(quiet_reports=count)), OF_UNIT) for count in (0, 1)],
     [(subject("directive", directive(quiet_reports=2)), OF_UNIT)]),
    ("may_split", "C19",
     [(subject("directive", directive()), OF_UNIT), (subject("directive", directive()), as_role(Role.OFFICE_DIRECTOR)),
      (subject("directive", directive(lead_is_office=True)), OF_DEPARTMENT)],
     [(subject("directive", directive(lead_unit_id=STRANGE)), OF_UNIT),
      (subject("directive", directive()), OF_DEPARTMENT)]),
    ("not_too_deep", "C19",
     [(subject("directive", directive(depth=depth)), OF_UNIT) for depth in (0, 1)],
     [(subject("directive", directive(depth=2)), OF_UNIT)]),
    ("parts_closed", "C19",
     [(subject("directive", directive()), OF_UNIT),
      (subject("directive", directive(), part=[Row(state="closed"), Row(state="withdrawn")]), OF_UNIT)],
     [(subject("directive", directive(), part=[Row(state="closed"), Row(state="verified")]), OF_UNIT)]),
    ("whole_open", "C19",
     [(subject("directive", directive()), STAFF),
      (subject("directive", directive(), parent=[Row(state="in_progress")]), STAFF)],
     [(subject("directive", directive(), parent=[Row(state="closed")]), STAFF)]),
    ("is_standing", "C19",
     [(subject("directive", directive(standing=True)), STAFF)],
     [(subject("directive", directive(standing=False)), STAFF)]),
    ("document_out", "A3.6",
     [(subject("directive", directive()), STAFF),
      (waiting_group(directive(decision_id=None)), STAFF),
      (waiting_group(directive(decision_id=OTHER), Row(state="registered")), STAFF)],
     [(waiting_group(directive(decision_id=OTHER)), STAFF),
      (waiting_group(directive(decision_id=OTHER), Row(state="issued")), STAFF)]),
    ("is_closer", "C3",
     [(subject("directive", directive()), as_role(Role.OFFICE_DIRECTOR)),
      (subject("directive", directive(lead_is_office=True)), as_role(Role.DEPUTY_IN_CHARGE))],
     [(subject("directive", directive()), as_role(Role.DEPUTY_IN_CHARGE))]),
    ("lead_is_clear", "A3.6",
     [(subject("directive", directive(), cooperating=[Row(unit_id=STRANGE)]), STAFF)],
     [(subject("directive", directive(), cooperating=[Row(unit_id=UNIT)]), STAFF)]),
    ("of_lead_unit", "C3",
     [(subject("directive", directive()), OF_UNIT),
      (subject("directive", directive(lead_is_office=True)), OF_DEPARTMENT)],
     [(subject("directive", directive()), OF_DEPARTMENT),
      (subject("directive", directive(lead_unit_id=STRANGE)), OF_UNIT)]),
    ("is_issuer", "C3",
     [(subject("directive", directive()), as_role(Role.OFFICE_DEPUTY_DIRECTOR)),
      (subject("directive", directive(issuer_id=OTHER)), as_role(Role.OFFICE_DEPUTY_DIRECTOR))],
     [(subject("directive", directive(issuer_id=OTHER), seats=SEATED), as_role(Role.OFFICE_DEPUTY_DIRECTOR)),
      (subject("directive", directive(issuer_id=OTHER)), as_role(Role.DEPARTMENT_HEAD))]),
    ("extension_pending", "C3",
     [(subject("directive", directive(extension_to=date(2026, 4, 1))), STAFF)],
     [(subject("directive", directive()), STAFF)]),
    ("no_extension_pending", "C3",
     [(subject("directive", directive()), OF_UNIT)],
     [(subject("directive", directive(extension_to=date(2026, 4, 1))), OF_UNIT)]),
    ("is_verifier", "C3",
     [(subject("directive", directive()), as_role(Role.DEPARTMENT_STAFF)),
      (subject("directive", directive(lead_is_office=True)), as_role(Role.DEPUTY_IN_CHARGE))],
     [(subject("directive", directive(lead_is_office=True)), as_role(Role.OFFICE_DIRECTOR)),
      (subject("directive", directive()), as_role(Role.DEPUTY_IN_CHARGE))]),
    ("not_reporter", "C19",
     [(subject("directive", directive()), STAFF)],
     [(subject("directive", directive(reporter_id=ME)), STAFF),
      (subject("directive", directive()), Hand(ME, Role.DEPARTMENT_STAFF, for_id=OTHER))]),
    ("loop_closed", "C18",
     [(subject("motion", motion(), decision=[PASSED], document=[Row(state="registered")],
               extract=[Row(state="received"), Row(state="taken_back")],
               directive=[Row(state="closed"), Row(state="withdrawn")]), STAFF),
      (subject("motion", motion(), decision=[Row(kind="noted")]), STAFF)],
     [(subject("motion", motion(), decision=[PASSED]), STAFF),
      (subject("motion", motion(), decision=[PASSED], document=[Row(state="issued")]), STAFF),
      (subject("motion", motion(), decision=[PASSED], document=[Row(state="registered"), Row(state="draft")]), STAFF),
      (subject("motion", motion(), decision=[PASSED], document=[Row(state="registered")],
               extract=[Row(state="received"), Row(state="sent")]), STAFF),
      (subject("motion", motion(), decision=[PASSED], document=[Row(state="registered")],
               directive=[Row(state="in_progress")]), STAFF)]),
    ("has_public_text", "C10",
     [(subject("publication", Row(text="全文")), STAFF)], [(subject("publication", Row(text=" ")), STAFF)]),
    ("not_restricted", "A4.4",
     [(subject("publication", Row(disclosure="internal")), STAFF)],
     [(subject("publication", Row(disclosure="restricted")), STAFF)]),
    ("document_issued", "C10",
     [(subject("publication", Row(), document=[Row(state="registered")]), STAFF)],
     [(subject("publication", Row(), document=[Row(state="issued")]), STAFF), (subject("publication", Row()), STAFF)]),
    ("not_public", "C10",
     [(subject("document", Row()), STAFF), (subject("document", Row(), publication=[Row(state="taken_back")]), STAFF)],
     [(subject("document", Row(), publication=[Row(state="published")]), STAFF)]),
    ("lawful_ground", "C10",
     [(subject("publication", Row(ground=article)), STAFF) for article in ("14", "15", "16")],
     [(subject("publication", Row(ground=article)), STAFF) for article in ("", "13", "26")]),
]  # fmt: skip


@pytest.mark.clause(
    "A1.3", "A2.1", "A2.2", "A3.1", "A3.2", "A3.3", "A3.4", "A3.5", "A3.6", "A3.7", "A4.1", "A4.3", "A4.4",
    "B2.3", "B2.4", "B2.5", "C3", "C4", "C10", "C16", "C17", "C18", "C19",
)  # fmt: skip
@pytest.mark.parametrize(("name", "clause", "passes", "stopped"), CASES, ids=[case[0] for case in CASES])
def test_a_guard_lets_pass_and_stops(name: str, clause: str, passes: list[Any], stopped: list[Any]) -> None:
    guard = GUARDS[name]
    assert guard.clause == clause
    assert [guard.check(it, hand, NOW) for it, hand in passes] == [True] * len(passes)
    assert [guard.check(it, hand, NOW) for it, hand in stopped] == [False] * len(stopped)


@pytest.mark.clause("A3.5")
def test_a_signature_holds_only_for_the_text_that_was_signed() -> None:
    text = dict(__tablename__="document", kind="通知", title="关于云平台的通知", addressee="各单位", body="一、建设",
                annexes="")  # fmt: skip
    row = Row(**text)
    signature = signed(OTHER)
    signature.content_hash = text_hash.of(row)
    guard = GUARDS["same_text"].check
    assert guard(subject("document", row, signatures=(signature,)), STAFF, NOW)
    assert not guard(subject("document", Row(**text | {"body": "二、暂缓"}), signatures=(signature,)), STAFF, NOW)


def test_no_guard_is_left_untried() -> None:
    assert set(GUARDS) == {case[0] for case in CASES} | {"same_text"}

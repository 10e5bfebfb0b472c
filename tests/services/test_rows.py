"""Every act written down a second time: from where it is possible, what it demands, which guards stand in its way.

The engine is asked, for each line, from every state and with each guard saying no in turn. What the tables lose, or
allow from one state more, is noticed here under its clause; that the guards themselves see what they should is told in
tests/rules/test_guards.py, and by the stories.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest

from app.rules.catalogue import TABLES
from app.rules.roles import Role
from app.rules.workflow import Step
from app.services.guards import GUARDS
from app.services.transitions import why_not
from tests.services.test_matrix import NOW, POLICY, actor, subject

# action | from | demands: a signature, a reason, that all sign; what it voids | guards
MOTION = """
submit         | draft returned                               | signs        | is_drafter complete one_hand
endorse        | submitted                                    | signs        | one_hand
review         | endorsed                                     | signs        | one_hand
admit          | reviewed                                     | signs        | one_hand
return         | submitted endorsed reviewed                  | reason voids | your_turn
refuse         | submitted endorsed reviewed                  | reason       | your_turn one_hand
withdraw       | draft returned submitted endorsed reviewed   | reason       | is_drafter
recall         | admitted under_review                        | reason voids |
ask_opinions   | admitted under_review                        |              |
amend          | admitted under_review ready                  | reason       | is_drafter
ask_signer_again | admitted under_review ready                |              | signed_on_earlier_text
reaffirm       | admitted under_review ready                  | signs        | own_signature_on_earlier_text
draft_sheet    | under_review                                 |              |
all_answered   | under_review                                 | by_service   |
await_answers  | under_review                                 | by_service   |
put_to_director | under_review                                | by_service   |
consolidate    | under_review     | signs | opinions_in opinions_uncontested disagreements_answered amendments_settled
flag_technical | draft returned submitted                     | reason       |
list           | ready   |      | panel_concluded views_uncontested opinions_uncontested major_requirements_met
mark_major     | BEFORE                                       | reason       | not_major
unmark_major   | BEFORE                                       | reason       | is_major
begin_requirement | BEFORE                                    |              | is_major
meet_requirement | BEFORE                                     |              | is_major
unlist         | listed                                       | by_service   |
undo_entry     | ready                                        | by_service   |
decide         | listed                                       | by_service   |
defer          | listed                                       | by_service   |
close          | decided                                      |              | loop_closed
amend            | admitted under_review ready | reason | is_drafter
ask_signer_again | admitted under_review ready |        | signed_on_earlier_text
reaffirm         | admitted under_review ready | signs  | own_signature_on_earlier_text
""".replace("BEFORE", "draft returned submitted endorsed reviewed admitted under_review ready")
OPINION = """
send           | not_started                                  | by_service   |
undo_entry     | answered answered_late                       | by_service   |
draft_answer   | asked closed                                 |              | of_asked_unit
answer         | asked                                        | signs        | of_asked_unit in_time
extend         | asked                                        | reason       | of_asked_unit not_extended before_due
grant_more_time | asked                                       |              | more_time_asked
refuse_more_time | asked                                      | reason       | more_time_asked
waive          | not_started asked stopped                    | reason       |
stop           | asked                                        | by_service   |
restart        | stopped                                      |              | motion_admitted_again
close          | asked                                        | by_service   |
answer_late    | asked closed                                 | signs        | of_asked_unit past_due
ask_again      | answered answered_late                       | voids        | motion_in_review judged_earlier_text
"""
MEETING = """
request        | draft                      | signs        | asks_for_it has_items organizer_fits presider_may
choose         | draft                      | signs        | chooses has_items organizer_fits presider_may
agree          | requested                  | signs        | consents one_hand
return         | requested                  | reason voids | consents
refuse         | requested                  | reason       | consents
convene        | agreed                     |              | organizes
change         | agreed convened postponed  | reason voids |
postpone       | agreed convened            | reason voids |
arrange        | draft requested agreed convened postponed |  |
invite         | draft requested agreed convened postponed in_session adjourned | |
add_late       | agreed convened            | reason       |
raise_matter   | in_session                 |              |
deliver_papers | convened                   |              | organizes
open           | convened                   |       | presides presider_may on_the_day no_item_pending papers_in_time
adjourn        | in_session                 | reason       | presides
resume         | adjourned                  |              | presides presider_may
close          | in_session                 |              | presides all_items_settled
draft_minutes  | closed                     |              | drafts_minutes no_minutes_yet
correct_record | closed                     | reason       |
cancel         | draft requested agreed convened postponed | reason |
"""
TOPIC = """
submit   | draft returned                    | signs        | heads_department within_remit one_hand
review   | submitted                         | signs        | in_charge_of_department one_hand
approve  | reviewed                          | signs        | one_hand
return   | submitted reviewed                | reason voids | topic_turn
refuse   | submitted reviewed                | reason       | topic_turn one_hand
withdraw | draft returned submitted reviewed | reason       | heads_department
list     | approved                          |              |
unlist   | listed                            | by_service   |
decide   | listed                            | by_service   |
defer    | listed                            | by_service   |
"""
ITEM = """
hold             | listed          | by_service   |
admit_late       | proposed        | signs        | item_consents
refuse_late      | proposed        | reason       | item_consents
arrange          | listed          |              | before_session
recuse           | listed          | reason       |
note             | listed          | by_service   |
waive_papers     | listed          | signs reason |
take_up          | listed          |              | in_session
record_statement | listed          |              | in_session
decide           | listed          |              | in_session panel_concludes only_noted presider_reason LAST
remove           | listed proposed | reason       | before_consent
""".replace("LAST", "presider_last panel_stands views_uncontested")
ATTENDANCE = """
accept       | called leave_asked excused leave_refused                     |            | of_called_unit before_opening
ask_leave    | called accepted                                              | reason     | of_called_unit before_opening
grant_leave  | leave_asked unanswered                                       |            | is_presider
refuse_leave | leave_asked unanswered                                       | reason     | is_presider
lapse        | leave_asked                                                  | by_service |
undo_entry   | accepted leave_asked excused leave_refused                   | by_service |
ask_again    | called accepted leave_asked excused leave_refused            | by_service |
sign_in      | called accepted leave_asked unanswered excused leave_refused |            | meeting_running
check_in     | called accepted leave_asked unanswered excused leave_refused |      | of_called_unit meeting_running
leave        | present                                                      |            | meeting_running
mark_absent  | called accepted leave_refused                                |            | meeting_running
set_present  | absent excused unanswered leave_refused                      | by_service |
set_absent   | present excused                                              | by_service |
set_excused  | present absent                                               | by_service |
"""
DOCUMENT = """
submit             | draft                   | signs | is_drafter decision_document kind_allowed carries_decisions
put_to_presider    | draft          | signs | is_drafter presider_checks kind_allowed items_in_order claims_settled
put_to_director    | draft          | signs | is_drafter director_approves kind_allowed items_in_order claims_settled
confirm_claims     | draft                            | reason       | is_drafter claims_open
check              | checking                         | signs beside | is_presider same_text
approve            | approving                        | signs        | one_hand same_text
vet                | submitted                        | signs all    | one_hand same_text
sign_off           | vetted                           | signs        | one_hand same_text
sign               | signed_off                       | signs        | one_hand same_text
countersign        | signed                           | signs all    | one_hand same_text not_issuing_for_leader
issue              | countersigned                    | signs        | one_hand same_text
register           | issued                           |              | same_text no_correction_pending
void               | registered                       | reason       | not_public
correct            | CIRCUIT issued                   | reason       | no_correction_pending
confirm_correction | CIRCUIT issued                   |              | correction_pending second_reader
drop_correction    | CIRCUIT issued                   | reason       | correction_pending
return             | CIRCUIT                          | reason voids | your_turn
revise             | draft CIRCUIT issued             | reason voids | is_drafter
cancel             | draft CIRCUIT                    | reason       | is_drafter
""".replace("CIRCUIT", "checking approving submitted vetted signed_off signed countersigned")
EXTRACT = """
receive   | sent          |            | is_recipient
take_back | sent received | by_service |
undo_entry | received     | by_service |
"""
DIRECTIVE = """
edit               | draft | |
answer_question    | draft | | question_open
leave_open         | draft | by_service |
settle_questions   | draft | by_service |
issue              | draft | | questions_answered checkable dated past_confirmed lead_is_clear document_out
acknowledge        | issued | | of_lead_unit
report             | in_progress | | of_lead_unit
report_nothing_new | in_progress | | of_lead_unit periodic something_new_due
split              | in_progress | | may_split not_too_deep
ask_extension      | in_progress  | reason | of_lead_unit no_extension_pending before_due
grant_extension    | in_progress | | is_issuer extension_pending
refuse_extension   | in_progress  | reason | is_issuer extension_pending
report_completion  | in_progress | | of_lead_unit parts_closed
verify             | reported | | is_verifier not_reporter
undo_entry         | verified     | by_service |
return_report      | reported     | reason | is_verifier not_reporter
close              | verified | | is_closer not_reporter parts_closed
renew              | verified | | is_standing not_reporter
reopen             | closed       | reason | is_issuer whole_open
suspend            | issued in_progress reported | reason |
resume             | suspended    | reason |
withdraw           | draft issued in_progress reported suspended | reason | is_issuer
"""
PUBLICATION = """
submit     | draft                  | signs        | has_public_text not_restricted
clear      | checking               | signs        | one_hand second_person same_text
return     | checking               | reason voids |
publish    | cleared                |              | same_text document_issued
withhold   | draft checking cleared | reason       | lawful_ground
keep_withheld | withheld            | reason       |
reconsider | withheld               | reason       |
take_back  | published              | reason       |
"""
PANEL = """
edit          | draft                       |            |
name_member   | draft LATER                 | reason     |
fix           | draft                       |            |
unfix         | fixed                       | reason     |
draw          | fixed                       |            |
name_chair    | draft LATER                 |            |
call          | draft fixed                 |            | panel_composed no_conflict members_in_term motion_waits
open          | called                      |            | session_day no_joint_meeting
convene       | called                      |            | no_joint_meeting
collect       | called                      | by_service |
conclude      | in_session collecting | signs | is_panel_chair all_views_in no_conflict panel_composed views_uncontested
set_aside     | concluded settled           | reason     | view_contested
answer_advice | concluded                   |            |
settle        | concluded                   | by_service |
fall          | concluded settled           | by_service |
cancel        | draft LATER                 | reason     |
""".replace("LATER", "fixed called in_session collecting")
PANEL_MEMBER = """
call             | named                       | by_service |
receive          | called                      | signs      | is_panelist
give_view        | called received             | signs      | is_panelist panel_running
ask_again        | given                       | voids      | panel_running view_outdated
void_view        | given                       | reason voids | panel_running view_contested
declare_conflict | called received given       | reason     | is_panelist
exclude          | named called received given | reason     |
release          | named called received       | reason     |
"""


@dataclass(frozen=True)
class Row:
    noun: str
    action: str
    origins: set[str]
    demands: set[str]
    guards: list[str]


def rows(noun: str, table: str) -> list[object]:
    cells = ([cell.strip() for cell in line.split("|")] for line in table.strip().splitlines())
    found = [Row(noun, row[0], set(row[1].split()), set(row[2].split()), row[3].split()) for row in cells]
    return [pytest.param(row, id=row.action) for row in found]


@pytest.mark.clause("A1.3", "A2.1", "A3.1", "A3.2", "A3.3", "A3.7", "A4.3", "C16", "C17", "C18", "C20")
@pytest.mark.parametrize("row", rows("motion", MOTION))
def test_motions(row: Row, monkeypatch: pytest.MonkeyPatch) -> None:
    as_written(row, monkeypatch)


@pytest.mark.clause("A1.3", "A3.3", "C16", "C20")
@pytest.mark.parametrize("row", rows("opinion", OPINION))
def test_opinions(row: Row, monkeypatch: pytest.MonkeyPatch) -> None:
    as_written(row, monkeypatch)


@pytest.mark.clause("A2.2", "A3.1", "A3.4", "A4.3", "B2.3", "B2.5", "B2.6")
@pytest.mark.parametrize("row", [*rows("meeting", MEETING), *rows("item", ITEM)])
def test_meetings_and_their_items(row: Row, monkeypatch: pytest.MonkeyPatch) -> None:
    as_written(row, monkeypatch)


@pytest.mark.clause("A3.2", "B2.4", "C17")
@pytest.mark.parametrize("row", rows("topic", TOPIC))
def test_topics(row: Row, monkeypatch: pytest.MonkeyPatch) -> None:
    as_written(row, monkeypatch)


@pytest.mark.clause("A2.2", "A3.1", "A4.1", "C20")
@pytest.mark.parametrize("row", rows("attendance", ATTENDANCE))
def test_attendance(row: Row, monkeypatch: pytest.MonkeyPatch) -> None:
    as_written(row, monkeypatch)


@pytest.mark.clause("A3.5", "B2.6", "C4", "C10", "C17", "C20")
@pytest.mark.parametrize("row", [*rows("document", DOCUMENT), *rows("extract", EXTRACT)])
def test_documents(row: Row, monkeypatch: pytest.MonkeyPatch) -> None:
    as_written(row, monkeypatch)


@pytest.mark.clause("A3.6", "C3", "C19", "C20")
@pytest.mark.parametrize("row", rows("directive", DIRECTIVE))
def test_directives(row: Row, monkeypatch: pytest.MonkeyPatch) -> None:
    as_written(row, monkeypatch)


@pytest.mark.clause("A4.4", "B1.6", "C10")
@pytest.mark.parametrize("row", rows("publication", PUBLICATION))
def test_publications(row: Row, monkeypatch: pytest.MonkeyPatch) -> None:
    as_written(row, monkeypatch)


@pytest.mark.clause("A3.7", "C20")
@pytest.mark.parametrize("row", rows("panel", PANEL))
def test_panels(row: Row, monkeypatch: pytest.MonkeyPatch) -> None:
    as_written(row, monkeypatch)


@pytest.mark.clause("A3.7", "A4.2", "C16", "C20")
@pytest.mark.parametrize("row", rows("panel_member", PANEL_MEMBER))
def test_panel_members(row: Row, monkeypatch: pytest.MonkeyPatch) -> None:
    as_written(row, monkeypatch)


def as_written(row: Row, monkeypatch: pytest.MonkeyPatch) -> None:
    table = TABLES[row.noun]
    steps = [step for step in table.steps if step.action == row.action]
    assert {state for step in steps for state in step.from_} == row.origins
    for step in steps:
        assert set(_demands(step)) == row.demands
        for state in step.from_:
            _asks_its_guards(row, step, state, monkeypatch)


def _demands(step: Step) -> Iterator[str]:
    for name in ("signs", "beside", "reason", "voids", "by_service"):
        if getattr(step, name):
            yield name
    if step.all_of:
        yield "all"


def _asks_its_guards(row: Row, step: Step, state: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """With every guard content the act is open to whom the policy names; each guard of the line alone can stop it."""
    if step.by_service:
        assert not row.guards
        return
    for name, guard in GUARDS.items():
        monkeypatch.setitem(GUARDS, name, replace(guard, check=lambda subject, hand, now: True))
    role = Role(sorted(POLICY.allowed_roles(row.noun, row.action))[0])
    matter, who = subject(row.noun, state, role), actor(role)
    assert why_not(POLICY, matter, row.action, who, NOW) is None
    for name in row.guards:
        content = GUARDS[name]
        monkeypatch.setitem(GUARDS, name, replace(content, check=lambda subject, hand, now: False))
        answer = why_not(POLICY, matter, row.action, who, NOW)
        assert answer is not None and (answer.code, answer.clause) == (name, content.clause)
        monkeypatch.setitem(GUARDS, name, content)

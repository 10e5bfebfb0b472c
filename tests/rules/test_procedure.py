"""The paths through the tables, read aloud: what leads where, what must hold, and what cannot be skipped."""

import pytest

from app.core.labels import TASK_KINDS
from app.rules.catalogue import TABLES
from app.rules.workflow import Step, Table
from app.services.task_kinds import KIND_NAMES

Path = tuple[tuple[str, str, str], ...]  # action, from, to

MOTION: Path = (
    ("submit", "draft", "submitted"),
    ("endorse", "submitted", "endorsed"),
    ("review", "endorsed", "reviewed"),
    ("admit", "reviewed", "admitted"),
)
REVIEW: Path = (("ask_opinions", "admitted", "under_review"), ("consolidate", "under_review", "ready"))
TO_DECISION: Path = (("list", "ready", "listed"), ("decide", "listed", "decided"), ("close", "decided", "closed"))
MEETING: Path = (
    ("request", "draft", "requested"),
    ("agree", "requested", "agreed"),
    ("convene", "agreed", "convened"),
    ("open", "convened", "in_session"),
    ("close", "in_session", "closed"),
)
DOCUMENT: Path = (
    ("submit", "draft", "submitted"),
    ("vet", "submitted", "vetted"),
    ("sign_off", "vetted", "signed_off"),
    ("sign", "signed_off", "signed"),
    ("countersign", "signed", "countersigned"),
    ("issue", "countersigned", "issued"),
    ("register", "issued", "registered"),
)
# Minutes come into the circuit of documents by the presider, or past it by the director (B2.6).
OF_GROUP: Path = (("put_to_presider", "draft", "checking"), ("check", "checking", "submitted"))
OF_OFFICE: Path = (("put_to_director", "draft", "approving"), ("approve", "approving", "issued"))
DIRECTIVE: Path = (
    ("issue", "draft", "issued"),
    ("acknowledge", "issued", "in_progress"),
    ("report_completion", "in_progress", "reported"),
    ("verify", "reported", "verified"),
    ("close", "verified", "closed"),
)
PUBLICATION: Path = (
    ("submit", "draft", "checking"),
    ("clear", "checking", "cleared"),
    ("publish", "cleared", "published"),
)


def only_way(table: Table, path: Path) -> None:
    """Each step of the path is there, and none of them is possible from any other state of the path."""
    states = [origin for _, origin, _ in path]
    for action, origin, to in path:
        assert [state for state in states if table.step(action, state)] == [origin], action
        assert row(table.noun, action, origin).to == to, action


def row(noun: str, action: str, state: str) -> Step:
    step = TABLES[noun].step(action, state)
    assert step is not None, f"{noun}:{action} from {state}"
    return step


@pytest.mark.clause("A3.2")
def test_a_motion_takes_every_step_in_order() -> None:
    only_way(TABLES["motion"], MOTION)
    for action, origin, to in MOTION:
        arrivals = [step.action for step in TABLES["motion"].steps if step.to == to]
        assert arrivals == [action], to
        assert {"one_hand"} <= set(row("motion", action, origin).guards) and row("motion", action, origin).signs


@pytest.mark.clause("A3.2")
@pytest.mark.parametrize("state", ["submitted", "endorsed", "reviewed"])
def test_whoever_has_the_turn_can_return_or_refuse_with_a_reason(state: str) -> None:
    back, end = row("motion", "return", state), row("motion", "refuse", state)
    assert (back.to, back.reason, back.voids) == ("returned", True, True)
    assert (end.to, end.reason) == ("refused", True)
    assert "your_turn" in back.guards and "your_turn" in end.guards
    assert row("motion", "submit", "returned").to == "submitted"


@pytest.mark.clause("A3.3")
def test_an_admitted_motion_goes_through_review_before_it_is_ready() -> None:
    for action, origin, to in REVIEW:
        assert row("motion", action, origin).to == to, action
    assert [step.action for step in TABLES["motion"].steps if step.to == "ready" and not step.by_service] == [
        "consolidate"
    ]
    assert set(row("motion", "consolidate", "under_review").guards) == {
        "opinions_in",
        "opinions_uncontested",
        "disagreements_answered",
        "amendments_settled",
    }


@pytest.mark.clause("A3.3")
def test_more_time_is_asked_once_and_a_late_reply_is_still_taken() -> None:
    assert {"not_extended", "before_due"} <= set(row("opinion", "extend", "asked").guards)
    assert row("opinion", "answer_late", "closed").to == "answered_late"


@pytest.mark.clause("A3.7")
def test_a_motion_is_listed_only_after_the_panel_and_the_flag_is_moved_with_a_reason() -> None:
    assert "panel_concluded" in row("motion", "list", "ready").guards
    assert row("motion", "flag_technical", "submitted").reason
    assert TABLES["motion"].step("flag_technical", "endorsed") is None


@pytest.mark.clause("A4.3", "C17", "C18")
def test_a_motion_is_decided_on_an_agenda_and_closed_when_the_loop_is() -> None:
    only_way(TABLES["motion"], TO_DECISION)
    assert row("motion", "decide", "listed").by_service
    assert row("motion", "defer", "listed").to == "ready"
    assert row("motion", "close", "decided").guards == ("loop_closed",)
    assert all(TABLES["motion"].step(action, "closed") is None for action in TABLES["motion"].actions)


@pytest.mark.clause("A3.1")
def test_no_meeting_is_convened_before_the_leader_has_agreed() -> None:
    only_way(TABLES["meeting"], MEETING)
    for state in ("agreed", "convened"):
        change = row("meeting", "change", state)
        assert (change.to, change.reason, change.voids) == ("draft", True, True)
    assert row("meeting", "return", "requested").reason and row("meeting", "refuse", "requested").reason


@pytest.mark.clause("A2.2", "A3.4")
def test_a_meeting_opens_under_its_presider_with_papers_delivered() -> None:
    guards = {"presides", "presider_may", "on_the_day", "no_item_pending", "papers_in_time"}
    assert set(row("meeting", "open", "convened").guards) == guards
    assert "presider_may" in row("meeting", "request", "draft").guards
    assert row("item", "waive_papers", "listed").reason


@pytest.mark.clause("A4.1")
def test_leave_is_asked_of_the_presider_with_a_reason() -> None:
    ask = row("attendance", "ask_leave", "called")
    assert ask.reason and ask.tells == ("presider",)
    assert row("attendance", "grant_leave", "leave_asked").guards == ("is_presider",)
    assert row("attendance", "refuse_leave", "leave_asked").guards == ("is_presider",)
    assert row("attendance", "mark_absent", "leave_refused").to == "absent"
    assert TABLES["attendance"].step("mark_absent", "excused") is None


@pytest.mark.clause("A2.3")
def test_an_item_is_taken_up_in_session() -> None:
    assert row("item", "take_up", "listed").guards == ("in_session",) and not row("item", "take_up", "listed").to


@pytest.mark.clause("A4.3", "C17")
def test_statements_and_decisions_are_recorded_in_session() -> None:
    assert row("item", "record_statement", "listed").guards == ("in_session",)
    assert set(row("item", "decide", "listed").guards) == {
        "in_session",
        "panel_concludes",
        "only_noted",
        "presider_last",
        "presider_reason",
        "panel_stands",
        "views_uncontested",
    }


@pytest.mark.clause("A3.5")
def test_a_document_runs_its_whole_circuit() -> None:
    only_way(TABLES["document"], DOCUMENT)
    for action, origin, _ in DOCUMENT[1:-1]:
        step = row("document", action, origin)
        assert step.signs and {"one_hand", "same_text"} <= set(step.guards), action
    assert row("document", "countersign", "signed").all_of == "other_deputies"


@pytest.mark.clause("B2.6")
def test_minutes_pass_the_presider_or_the_director() -> None:
    for path in (OF_GROUP, OF_OFFICE):
        only_way(TABLES["document"], path)
    assert row("document", "check", "checking").beside, "whoever presided signs or issues too"
    assert [step.action for step in TABLES["document"].steps if step.beside] == ["check"]


@pytest.mark.clause("A3.5")
def test_a_change_of_substance_voids_the_signatures_and_nothing_changes_after_registration() -> None:
    for state in ("checking", "approving", "submitted", "vetted", "signed_off", "signed", "countersigned", "issued"):
        revise = row("document", "revise", state)
        assert (revise.to, revise.voids, revise.reason) == ("draft", True, True)
    later = [action for action in TABLES["document"].actions if TABLES["document"].step(action, "registered")]
    assert later == ["void"], "its number can be voided; text and signatures stand"
    assert row("document", "void", "registered").reason and not row("document", "void", "registered").voids


@pytest.mark.clause("C3", "A3.6")
def test_a_directive_runs_from_issue_to_closing() -> None:
    only_way(TABLES["directive"], DIRECTIVE)
    assert {"checkable", "lead_is_clear"} <= set(row("directive", "issue", "draft").guards)
    assert row("directive", "issue", "draft").parts == ("lead_unit", "cooperating_units")
    assert row("directive", "return_report", "reported").to == "in_progress"


@pytest.mark.clause("C19", "C3")
def test_who_reports_is_never_who_verifies_and_who_issued_grants_time() -> None:
    for action, state in (("verify", "reported"), ("return_report", "reported"), ("close", "verified")):
        assert "not_reporter" in row("directive", action, state).guards, action
    for action in ("grant_extension", "refuse_extension"):
        assert "is_issuer" in row("directive", action, "in_progress").guards


@pytest.mark.clause("C10", "B1.6")
def test_nothing_is_published_without_a_second_persons_check() -> None:
    only_way(TABLES["publication"], PUBLICATION)
    assert {"one_hand", "same_text"} <= set(row("publication", "clear", "checking").guards)
    assert "document_issued" in row("publication", "publish", "cleared").guards
    assert row("publication", "withhold", "draft").guards == ("lawful_ground",)
    assert row("publication", "reconsider", "withheld").to == "draft"
    assert row("publication", "take_back", "published").to == "taken_back"


@pytest.mark.clause("A4.4")
def test_part_is_given_when_the_rulebook_gives_it() -> None:
    given = {
        ("motion", "endorse", "submitted"): "deputy_in_charge",
        ("motion", "review", "endorsed"): "leader",
        ("motion", "admit", "reviewed"): "deputies",
        ("directive", "issue", "draft"): "lead_unit",
        ("meeting", "request", "draft"): "consenter",
        ("meeting", "agree", "requested"): "leadership",
        ("meeting", "convene", "agreed"): "called",
    }
    for (noun, action, state), audience in given.items():
        assert audience in row(noun, action, state).parts, action
        elsewhere = [step.action for step in TABLES[noun].steps if audience in step.parts and step.action != action]
        assert elsewhere == [], audience


@pytest.mark.clause("B2.6", "C1")
@pytest.mark.parametrize(
    ("noun", "state", "kind", "audience"),
    [
        ("motion", "submitted", "signature", "office_director"),
        ("motion", "endorsed", "signature", "deputy_in_charge"),
        ("motion", "reviewed", "signature", "leader"),
        ("motion", "admitted", "review", "general_affairs"),
        ("motion", "returned", "revision", "drafter"),
        ("opinion", "asked", "opinion", "asked_unit"),
        ("meeting", "requested", "consent", "consenter"),
        ("meeting", "agreed", "convene", "organizer"),
        ("topic", "submitted", "signature", "deputy_director_in_charge"),
        ("topic", "reviewed", "signature", "office_director"),
        ("attendance", "called", "invitation", "called_unit"),
        ("attendance", "leave_asked", "leave", "presider"),
        ("meeting", "closed", "minutes", "minutes_drafters"),
        ("meeting", "closed", "minutes_issue", "minutes_drafters"),
        ("document", "draft", "drafting", "drafter"),
        ("document", "checking", "signature", "presider"),
        ("document", "approving", "signature", "office_director"),
        ("extract", "sent", "receipt", "recipient"),
        ("document", "submitted", "signature", "answering_deputy_directors"),
        ("document", "vetted", "signature", "office_director"),
        ("document", "signed_off", "signature", "deputy_in_charge"),
        ("document", "signed", "signature", "other_deputies"),
        ("document", "countersigned", "signature", "leader"),
        ("document", "issued", "registration", "general_affairs"),
        ("directive", "issued", "acknowledgement", "lead_unit"),
        ("directive", "in_progress", "completion", "lead_unit"),
        ("directive", "reported", "verification", "verifier"),
        ("directive", "verified", "closing", "office_director"),
        ("directive", "in_progress", "progress", "lead_unit"),
        ("attendance", "unanswered", "leave", "presider"),
        ("topic", "returned", "revision", "drafter"),
        ("panel", "draft", "panel", "general_affairs"),
        ("panel", "fixed", "panel", "general_affairs"),
        ("panel", "called", "panel_session", "general_affairs"),
        ("panel", "in_session", "conclusion", "panel_chair"),
        ("panel", "collecting", "conclusion", "panel_chair"),
        ("panel", "concluded", "advice", "general_affairs"),
        ("panel_member", "called", "papers", "panelist"),
        ("panel_member", "called", "expert_view", "panelist"),
        ("panel_member", "received", "expert_view", "panelist"),
        ("publication", "draft", "publication", "general_affairs"),
        ("publication", "checking", "secrecy_check", "office_director"),
        ("publication", "cleared", "publication", "general_affairs"),
        ("publication", "withheld", "reconsideration", "office_director"),
    ],
)
def test_every_awaited_reply_is_a_task(noun: str, state: str, kind: str, audience: str) -> None:
    assert (kind, audience) in [(ask.kind, ask.audience) for ask in TABLES[noun].states[state].awaits]


@pytest.mark.clause("C1")
def test_every_kind_of_task_has_its_name() -> None:
    kinds = {ask.kind for table in TABLES.values() for state in table.states.values() for ask in state.awaits}
    kinds |= {ask.kind for table in TABLES.values() for step in table.steps for ask in step.asks}
    assert kinds <= set(KIND_NAMES) and kinds <= set(TASK_KINDS)

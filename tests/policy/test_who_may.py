"""Who may do what, written down a second time: one role more, or one fewer, and the line of its clause is red."""

import pytest

from app.policy import compile_policy, seed_lines
from app.rules.catalogue import TABLES
from app.rules.roles import Role

DRAFTERS = "department_staff department_head office_deputy_director"
OFFICE = f"{DRAFTERS} office_director"
UNITS = "unit_head liaison responsible"
DIRECTORS = "office_director office_deputy_director"
LEADERSHIP = "leader deputy_in_charge deputy"


def test_every_role_named_here_is_one() -> None:
    named = f"{OFFICE} {UNITS} {DIRECTORS} {LEADERSHIP}".split()
    assert set(named) <= {role.value for role in Role}


@pytest.mark.clause("A3.2", "A3.3", "A3.7", "A2.1", "B1.3", "C16", "C18")
@pytest.mark.parametrize(
    ("roles", "actions"),
    [
        (DRAFTERS, "draft submit withdraw edit"),
        ("office_director", "endorse flag_technical close"),
        ("deputy_in_charge", "review"),
        ("leader", "admit"),
        ("office_director deputy_in_charge leader", "return refuse recall reaffirm"),
        (DRAFTERS, "amend"),
        (OFFICE, "ask_opinions draft_sheet list ask_signer_again"),
        ("office_director", "consolidate mark_major unmark_major"),
        (OFFICE, "begin_requirement meet_requirement"),
    ],
)
def test_the_office_drafts_a_motion_and_each_of_three_takes_his_own_step(roles: str, actions: str) -> None:
    only(roles, "motion", actions)


@pytest.mark.clause("A3.3", "C16")
@pytest.mark.parametrize(
    ("roles", "actions"),
    [
        (f"{UNITS} department_head department_staff", "draft_answer extend"),
        ("unit_head responsible department_head", "answer answer_late"),
        (OFFICE, "respond"),
        ("office_director", "waive grant_more_time refuse_more_time"),
        (OFFICE, "restart ask_again"),
    ],
)
def test_a_unit_gives_its_own_opinion_and_only_the_director_does_without_one(roles: str, actions: str) -> None:
    only(roles, "opinion", actions)


@pytest.mark.clause("A3.3")
def test_the_office_keeps_the_rules_of_whom_to_ask() -> None:
    only("department_head office_deputy_director office_director", "asking_rule", "edit")
    policy = compile_policy(seed_lines())
    readers = {role.value for role in Role if policy.read_scopes([role.value], "asking_rule")}
    assert readers == {*LEADERSHIP.split(), *OFFICE.split()}


@pytest.mark.clause("A2.1", "A2.2", "A2.3", "A3.1", "A3.4", "A4.3", "B1.2", "B2.3", "B2.6", "C17")
@pytest.mark.parametrize(
    ("roles", "actions"),
    [
        (OFFICE, "draft request convene change postpone cancel deliver_papers arrange invite add_late raise_matter"),
        ("leader office_director", "agree return refuse"),
        ("office_director", "choose"),
        (f"{LEADERSHIP} {DIRECTORS}", "open adjourn resume close"),
        (DRAFTERS, "draft_minutes"),
        (OFFICE, "correct_record"),
    ],
)
def test_the_office_prepares_a_meeting_the_leader_agrees_and_the_leadership_presides(roles: str, actions: str) -> None:
    only(roles, "meeting", actions)


@pytest.mark.clause("A2.3", "A2.1", "A3.1", "A3.4", "A4.3", "A4.4")
@pytest.mark.parametrize(
    ("roles", "actions"),
    [
        (OFFICE, "take_up record_statement decide remove arrange recuse"),
        ("leader", "waive_papers"),
        ("leader office_director", "admit_late refuse_late"),
    ],
)
def test_the_office_keeps_the_record_and_the_leader_alone_waives_papers(roles: str, actions: str) -> None:
    only(roles, "item", actions)


@pytest.mark.clause("A4.1")
@pytest.mark.parametrize(
    ("roles", "actions"),
    [
        (f"{UNITS} {OFFICE} deputy_in_charge deputy expert", "accept ask_leave"),
        (f"{LEADERSHIP} {DIRECTORS}", "grant_leave refuse_leave"),
        (f"{OFFICE} {UNITS} deputy_in_charge deputy expert", "check_in"),
        (OFFICE, "sign_in mark_absent leave"),
    ],
)
def test_a_unit_answers_for_itself_and_whoever_presides_decides_on_leave(roles: str, actions: str) -> None:
    only(roles, "attendance", actions)


@pytest.mark.clause("B1.1", "B2.1", "B2.3", "B2.4")
@pytest.mark.parametrize(
    ("noun", "roles", "actions"),
    [
        ("topic", "department_staff department_head", "draft edit"),
        ("topic", "department_head", "submit withdraw"),
        ("topic", "office_deputy_director", "review"),
        ("topic", "office_director", "approve"),
        ("topic", DIRECTORS, "return refuse"),
        ("topic", OFFICE, "list"),
        ("meeting_form", "office_director", "add retire"),
        ("department", "office_director", "set_remit"),
    ],
)
def test_the_office_runs_its_own_meetings(noun: str, roles: str, actions: str) -> None:
    only(roles, noun, actions)


@pytest.mark.clause("A3.5", "B1.4", "B2.6", "C17")
@pytest.mark.parametrize(
    ("roles", "actions"),
    [
        (DRAFTERS, "draft submit revise cancel correct confirm_correction drop_correction"),
        ("office_deputy_director", "vet"),
        ("office_director", "sign_off void"),
        ("deputy_in_charge", "sign"),
        ("deputy", "countersign"),
        ("leader", "issue"),
        (f"{DIRECTORS} {LEADERSHIP}", "return"),
        (OFFICE, "register"),
        (DRAFTERS, "put_to_presider put_to_director confirm_claims"),
        (LEADERSHIP, "check"),
        ("office_director", "approve"),
    ],
)
def test_each_signature_on_a_document_is_one_offices(roles: str, actions: str) -> None:
    only(roles, "document", actions)


@pytest.mark.clause("B2.6")
def test_whoever_attended_receives_the_minutes() -> None:
    only(f"{UNITS} {OFFICE} {LEADERSHIP}", "extract", "receive")


@pytest.mark.clause("B1.5", "B1.7", "B2.7", "C3", "C19", "A3.6")
@pytest.mark.parametrize(
    ("roles", "actions"),
    [
        (OFFICE, "draft edit answer_question"),
        (DIRECTORS, "issue grant_extension refuse_extension withdraw suspend resume reopen"),
        (
            f"{UNITS} department_head {DIRECTORS}",
            "acknowledge report report_nothing_new report_completion ask_extension",
        ),
        (f"unit_head responsible department_head {DIRECTORS}", "split"),
        (f"{OFFICE} deputy_in_charge", "verify return_report"),
        ("office_director deputy_in_charge", "close"),
        ("office_director", "renew"),
    ],
)
def test_the_directors_lay_on_a_directive_and_its_unit_carries_it_out(roles: str, actions: str) -> None:
    only(roles, "directive", actions)


@pytest.mark.clause("A3.7", "A4.2", "B2.3", "C16", "C20")
@pytest.mark.parametrize(
    ("roles", "noun", "actions"),
    [
        (OFFICE, "expert", "edit"),
        (OFFICE, "panel", "draft edit convene name_member fix unfix draw name_chair call open answer_advice cancel"),
        ("expert", "panel", "conclude"),
        (OFFICE, "panel_member", "ask_again exclude release"),
        ("office_director", "panel", "set_aside"),
        ("office_director", "panel_member", "void_view"),
        ("expert", "panel_member", "receive give_view declare_conflict"),
    ],
)
def test_the_office_convenes_a_panel_and_only_its_experts_judge(roles: str, noun: str, actions: str) -> None:
    only(roles, noun, actions)


@pytest.mark.clause("B1.6", "C10")
@pytest.mark.parametrize(
    ("roles", "actions"),
    [
        (DRAFTERS, "draft submit publish withhold"),
        ("office_director", "clear return reconsider keep_withheld take_back"),
    ],
)
def test_the_office_writes_the_public_text_and_the_director_checks_it(roles: str, actions: str) -> None:
    only(roles, "publication", actions)


@pytest.mark.clause("A3.3", "A3.5", "A3.7", "A4.2", "A4.4", "B2.4", "C3", "C8")
@pytest.mark.parametrize(
    ("roles", "noun", "actions"),
    [
        (DRAFTERS, "attachment", "file_paper file_annex"),
        ("department_head", "attachment", "file_topic"),
        (f"{UNITS} department_head department_staff", "attachment", "file_opinion"),
        ("expert", "attachment", "file_view"),
        (f"{UNITS} department_head {DIRECTORS}", "attachment", "file_evidence"),
        (OFFICE, "register_card", "enter"),
    ],
)
def test_whoever_answers_for_a_text_puts_in_its_files(roles: str, noun: str, actions: str) -> None:
    only(roles, noun, actions)


@pytest.mark.clause("A4.2", "A4.4", "C8")
def test_files_and_papers_are_read_by_part_and_receipts_by_their_holders_and_the_office() -> None:
    policy = compile_policy(seed_lines())
    office = {*LEADERSHIP.split(), *OFFICE.split()}
    for role in (each.value for each in Role):
        assert policy.read_scopes([role], "attachment") == {"filed"}, role
        assert policy.read_scopes([role], "register_card") == {"part"}, role
        assert policy.read_scopes([role], "item_paper") == {"part_since"}, role
        assert policy.read_scopes([role], "paper_receipt") == ({"held", "part"} if role in office else {"held"}), role
    for noun in ("attachment", "register_card", "item_paper", "paper_receipt"):
        assert not policy.read_scopes(["anonymous"], noun)


@pytest.mark.clause("C4")
def test_whoever_holds_an_office_lends_of_its_powers() -> None:
    holders = f"{LEADERSHIP} {DIRECTORS} department_head unit_head responsible"
    only(holders, "delegation", "grant withdraw")


@pytest.mark.clause("C20")
@pytest.mark.parametrize(
    ("roles", "actions"),
    [
        (f"{LEADERSHIP} {OFFICE} {UNITS} expert", "authorise object"),
        ("office_director", "void"),
        (DRAFTERS.rsplit(" ", 1)[0], "enter"),
    ],
)
def test_who_signs_on_paper_authorises_and_the_departments_enter(roles: str, actions: str) -> None:
    only(roles, "paper", actions)


@pytest.mark.clause("C5", "C9", "C13")
@pytest.mark.parametrize(
    ("role", "noun"),
    [
        ("system_admin", "person"),
        ("system_admin", "unit"),
        ("system_admin", "appointment"),
        ("system_admin", "group"),
        ("system_admin", "webhook"),
        ("security_admin", "policy"),
    ],
)
def test_the_administrators_keep_apart_what_they_administer(role: str, noun: str) -> None:
    only(role, noun, "edit")


@pytest.mark.clause("C2", "B2.7")
def test_the_office_reminds_by_hand_and_whoever_owes_reads_the_reminders() -> None:
    only(OFFICE, "task", "chase")
    policy = compile_policy(seed_lines())
    office = {*LEADERSHIP.split(), *OFFICE.split()}
    for role in (each.value for each in Role):
        assert policy.read_scopes([role], "reminder") == ({"held", "part"} if role in office else {"held"}), role


@pytest.mark.clause("A4.4", "C1", "C4", "C9", "C10", "C13", "C16", "C20")
def test_how_far_each_role_reads() -> None:
    policy = compile_policy(seed_lines())
    matters = [*TABLES.keys() - {"publication"}, "statement", "decision", "report"]
    everybody = [role.value for role in Role]
    for role in [*everybody, "signed_in"]:
        assert {noun: policy.read_scopes([role], noun) for noun in matters} == {noun: {"part"} for noun in matters}, (
            role
        )
        assert policy.read_scopes([role], "publication") == {"part", "public"}, role
        assert policy.read_scopes([role], "signature") == {"part", "own"}, role
        assert policy.read_scopes([role], "text_version") == {"part_since"}, role
        assert policy.read_scopes([role], "opinion_draft") == {"held"}, role
        assert policy.read_scopes([role], "review_sheet") == {"part"}, role
        for noun in ("notification", "delegation", "paper"):
            assert policy.read_scopes([role], noun) == {"own"}, (role, noun)
    assert policy.read_scopes(["anonymous"], "publication") == {"public"}
    assert not any(
        policy.read_scopes(["anonymous"], noun) for noun in [*matters, "signature", "task", "notification", "trail"]
    )
    alone = {"trail": "auditor", "outbox": "system_admin", "job_run": "system_admin",
             "webhook": "system_admin", "policy": "security_admin"}  # fmt: skip
    for noun, reader in alone.items():
        assert [role for role in everybody if policy.read_scopes([role], noun)] == [reader], noun
    tasks = {role: policy.read_scopes([role], "task") for role in everybody}
    assert tasks.pop("system_admin") == {"own", "installation"}
    office = {*LEADERSHIP.split(), *OFFICE.split()}
    assert tasks == {role: {"own", "part"} if role in office else {"own"} for role in tasks}


@pytest.mark.clause("A3.7", "A4.4")
def test_only_office_and_leadership_read_draws_and_the_pool() -> None:
    """Of draws what they have part in; of the pool all; an expert his own entry."""
    policy = compile_policy(seed_lines())
    office = {*LEADERSHIP.split(), *OFFICE.split()}
    for role in (each.value for each in Role):
        inside = role in office
        assert policy.read_scopes([role], "panel_draw") == ({"part"} if inside else set()), role
        assert policy.read_scopes([role], "expert") == ({"own", "directory"} if inside else {"own"}), role


def only(roles: str, noun: str, actions: str) -> None:
    """Exactly these roles may take each of these actions."""
    policy = compile_policy(seed_lines())
    for action in actions.split():
        assert policy.allowed_roles(noun, action) == set(roles.split()), f"{noun}:{action}"

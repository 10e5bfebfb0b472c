"""Who may do what in preliminary review and with questions on directives"""

from typing import Any

from app.models.migrations.policy_lines import allow, withdraw

revision = "0020"
down_revision: str | None = "0019"
branch_labels: Any = None
depends_on: Any = None

GRANTED = (
    "department_head, asking_rule, edit, group, A3.3",
    "department_head, directive, answer_question, group, C19",
    "department_head, motion, amend, group, C16",
    "department_head, motion, ask_signer_again, group, C16",
    "department_head, motion, begin_requirement, group, A3.3",
    "department_head, motion, draft_sheet, group, A3.3",
    "department_head, motion, meet_requirement, group, A3.3",
    "department_head, opinion, ask_again, group, C16",
    "department_head, opinion, respond, group, A3.3",
    "department_head, opinion, restart, group, A3.3",
    "department_staff, asking_rule, read, directory, A3.3",
    "department_staff, directive, answer_question, group, C19",
    "department_staff, motion, amend, group, C16",
    "department_staff, motion, ask_signer_again, group, C16",
    "department_staff, motion, begin_requirement, group, A3.3",
    "department_staff, motion, draft_sheet, group, A3.3",
    "department_staff, motion, meet_requirement, group, A3.3",
    "department_staff, opinion, ask_again, group, C16",
    "department_staff, opinion, respond, group, A3.3",
    "department_staff, opinion, restart, group, A3.3",
    "deputy_in_charge, motion, reaffirm, group, C16",
    "deputy_in_charge, motion, recall, group, A3.3",
    "leader, motion, reaffirm, group, C16",
    "leader, motion, recall, group, A3.3",
    "liaison, opinion, draft_answer, own_unit, A3.3",
    "office_deputy_director, asking_rule, edit, group, A3.3",
    "office_deputy_director, directive, answer_question, group, C19",
    "office_deputy_director, motion, amend, group, C16",
    "office_deputy_director, motion, ask_signer_again, group, C16",
    "office_deputy_director, motion, begin_requirement, group, A3.3",
    "office_deputy_director, motion, draft_sheet, group, A3.3",
    "office_deputy_director, motion, meet_requirement, group, A3.3",
    "office_deputy_director, opinion, ask_again, group, C16",
    "office_deputy_director, opinion, respond, group, A3.3",
    "office_deputy_director, opinion, restart, group, A3.3",
    "office_director, asking_rule, edit, group, A3.3",
    "office_director, directive, answer_question, group, C19",
    "office_director, motion, ask_signer_again, group, C16",
    "office_director, motion, begin_requirement, group, A3.3",
    "office_director, motion, draft_sheet, group, A3.3",
    "office_director, motion, mark_major, group, A3.3",
    "office_director, motion, meet_requirement, group, A3.3",
    "office_director, motion, reaffirm, group, C16",
    "office_director, motion, recall, group, A3.3",
    "office_director, motion, unmark_major, group, A3.3",
    "office_director, opinion, ask_again, group, C16",
    "office_director, opinion, grant_more_time, group, A3.3",
    "office_director, opinion, refuse_more_time, group, A3.3",
    "office_director, opinion, respond, group, A3.3",
    "office_director, opinion, restart, group, A3.3",
    "responsible, opinion, draft_answer, own_unit, A3.3",
    "signed_in, opinion_draft, read, held, A3.3",
    "signed_in, review_sheet, read, part, A3.3",
    "signed_in, text_version, read, part_since, C16",
    "unit_head, opinion, draft_answer, own_unit, A3.3",
)
# What the first release allowed too widely: a unit's answer is released by its head, the sheet by the director, and a
# unit signs in with the meeting's number.
TAKEN_BACK = (
    "department_head, motion, consolidate, group, B1.3",
    "department_staff, motion, consolidate, group, B1.3",
    "liaison, attendance, sign_in, group, A4.1",
    "liaison, opinion, answer, own_unit, A3.3",
    "liaison, opinion, answer_late, own_unit, A3.3",
    "office_deputy_director, motion, consolidate, group, B1.3",
    "responsible, attendance, sign_in, group, A4.1",
    "unit_head, attendance, sign_in, group, A4.1",
)


def upgrade() -> None:
    allow(GRANTED)
    withdraw(TAKEN_BACK)


def downgrade() -> None:
    """The lines stay as they are: they may be the security administrator's own by now."""

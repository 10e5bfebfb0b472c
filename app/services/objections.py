"""What an objection of the signer suspends, and what ends the suspension (C20)."""

from app.core.enforces import enforces
from app.core.refusals import Refusal
from app.queries.subjects import Subject
from app.rules.paper import BESIDE

# The matter goes back to where it can be signed anew, or the signer is out: what was entered is void then. Where a
# procedure has no such way, the entry is voided by itself (`app.services.entries`).
ENDS_IT = frozenset(
    {
        "return", "recall", "withdraw", "cancel", "revise", "change", "postpone", "ask_again",
        "void_view", "exclude", "declare_conflict",
    }
)  # fmt: skip
# What was asked on the contested paper is refused: that ends the objection to it, and to nothing else.
REFUSES = {"refuse_more_time": "extend", "refuse_extension": "ask_extension", "return_report": "report_completion"}
# What is recorded because it happened is not held up.
FACTS = frozenset({"sign_in", "check_in", "leave", "mark_absent"})


def _contested(subject: Subject) -> set[str]:
    """The acts of which the signer objects to what was entered."""
    objected = {row.action for row in subject.signatures if row.objected_at}
    return {action for action in objected if (subject.noun, action) not in BESIDE}


def ends_objections(subject: Subject, action: str) -> bool:
    """Whether this act takes back what is contested here."""
    return action in ENDS_IT or (action in REFUSES and _contested(subject) <= {REFUSES[action]})


@enforces("C20")
def objection(subject: Subject, action: str) -> Refusal | None:
    """An objection of the signer to what was entered from paper suspends the matter."""
    if action in FACTS or not _contested(subject) or ends_objections(subject, action):
        return None
    return Refusal(
        "objected",
        "签署人对代录的纸面签署提出异议,事项暂停办理。",
        "The signer objects to what was entered from paper; the matter is suspended.",
        "C20",
        "签署人撤回异议,或者退回重办、作废代录",
        "the signer, or a return, or the office director by voiding the entry",
    )

"""What an objection of the signer suspends, and what ends the suspension (C20)."""

from app.core.enforces import enforces
from app.core.refusals import Refusal
from app.queries.subjects import Subject

# The matter goes back to where it can be signed anew, or the signer is out.
ENDS_IT = frozenset({"return", "recall", "withdraw", "cancel", "revise", "void_view", "exclude", "declare_conflict"})


@enforces("C20")
def objection(subject: Subject, action: str) -> Refusal | None:
    """An objection of the signer to what was entered from paper suspends the matter."""
    if action in ENDS_IT:
        return None
    if any(row.objected_at for row in subject.signatures):
        return Refusal(
            "objected",
            "签署人对代录的纸面签署提出异议,事项暂停办理。",
            "The signer objects to what was entered from paper; the matter is suspended.",
            "C20",
            "签署人撤回异议,或者退回重办",
            "the signer, or a return",
        )
    return None

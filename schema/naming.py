"""Names: of mutations, made from the tables of procedure, and of enum values."""

import re

from app.rules.catalogue import TABLES
from app.rules.paper import BESIDE

# Where the verb alone says it better than verb and noun, or several rows are one act to the caller.
SPOKEN: dict[tuple[str, str], str] = {
    ("motion", "ask_opinions"): "askOpinions",
    ("motion", "consolidate"): "consolidateOpinions",
    ("motion", "flag_technical"): "setTechnical",
    ("motion", "list"): "addAgendaItem",
    ("topic", "list"): "addTopic",
    ("opinion", "answer_late"): "answerOpinion",
    ("panel", "name_member"): "namePanelMember",
    ("panel", "name_chair"): "namePanelChair",
    ("panel", "draw"): "drawPanelMembers",
    ("panel", "answer_advice"): "answerPanelAdvice",
    ("panel_member", "receive"): "receivePanelPapers",
    ("panel_member", "give_view"): "giveExpertView",
    ("panel_member", "ask_again"): "askExpertAgain",
    ("panel_member", "void_view"): "voidExpertView",
    ("panel_member", "declare_conflict"): "declareConflict",
    ("meeting", "arrange"): "orderAgenda",
    ("meeting", "invite"): "inviteObservers",
    ("meeting", "add_late"): "addLateItem",
    ("meeting", "raise_matter"): "raiseMatter",
    ("item", "arrange"): "arrangeItem",
    ("item", "admit_late"): "admitLateItem",
    ("item", "refuse_late"): "refuseLateItem",
    ("meeting", "deliver_papers"): "deliverPapers",
    ("item", "waive_papers"): "waivePapers",
    ("item", "record_statement"): "recordStatement",
    ("item", "decide"): "recordDecision",
    ("item", "remove"): "removeAgendaItem",
    ("attendance", "accept"): "acceptInvitation",
    ("attendance", "ask_leave"): "askLeave",
    ("attendance", "grant_leave"): "grantLeave",
    ("attendance", "refuse_leave"): "refuseLeave",
    ("attendance", "sign_in"): "signInUnit",
    ("attendance", "check_in"): "checkIn",
    ("attendance", "leave"): "recordLeaving",
    ("item", "recuse"): "recordRecusal",
    ("attendance", "mark_absent"): "markAbsent",
    ("meeting", "draft_minutes"): "draftMinutes",
    ("meeting", "correct_record"): "correctRecord",
    ("document", "put_to_presider"): "putMinutesToPresider",
    ("document", "put_to_director"): "putMinutesToDirector",
    ("document", "confirm_claims"): "confirmClaims",
    ("document", "check"): "checkMinutes",
    ("document", "approve"): "approveMinutes",
    ("extract", "receive"): "receiveDocument",
    ("document", "confirm_correction"): "confirmDocumentCorrection",
    ("document", "drop_correction"): "dropDocumentCorrection",
    ("directive", "answer_question"): "answerDirectiveQuestion",
    ("directive", "report"): "reportProgress",
    ("directive", "report_nothing_new"): "reportNothingNew",
    ("directive", "report_completion"): "reportCompletion",
    ("directive", "return_report"): "returnReport",
    ("directive", "ask_extension"): "askExtension",
    ("directive", "grant_extension"): "grantExtension",
    ("directive", "refuse_extension"): "refuseExtension",
}


def pascal(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("_"))


def camel(name: str) -> str:
    whole = pascal(name)
    return whole[:1].lower() + whole[1:]


def mutation_name(noun: str, action: str) -> str:
    """The mutation that takes this step: endorse + motion = endorseMotion."""
    return SPOKEN.get((noun, action)) or camel(action) + pascal(noun)


def _step_of() -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for noun in TABLES:
        for action in steps_of(noun):
            found.setdefault(mutation_name(noun, action), (noun, action))
    return found | {camel(action): (noun, action) for noun, action in BESIDE}


def constant(value: str) -> str:
    """An enum value's name: A1.3(1) becomes A1_3_1, and a bare number that of an article."""
    if value.isdigit():
        return f"ARTICLE_{value}"
    return re.sub(r"\W+", "_", value).strip("_").upper() or "NONE"


def steps_of(noun: str) -> list[str]:
    """The actions of a noun that somebody can take; what follows from another act is left out."""
    table = TABLES[noun]
    return [action for action in table.actions if not table.rows(action)[0].by_service]


# The step that a mutation takes; of a mutation that takes one of two rows, the first.
STEP_OF: dict[str, tuple[str, str]] = _step_of()

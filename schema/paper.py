"""What a clerk says of an act that was done on paper (C20), which mutations take it, and which do not and why.

A mutation that takes a step of a table takes paper by that alone: `with_paper` adds the field to its input, and
`schema.acting` has the act done by the signer. The steps that do not are named in `app.rules.paper`; the mutations that
are no step of a table stand in `WITHOUT_PAPER`, each with its reason.
"""

from datetime import date
from typing import Any

import strawberry

from app.rules.paper import takes_paper
from app.services.paper import PaperEntry
from schema.ids import need
from schema.naming import STEP_OF


@strawberry.input(description="An act that was done on paper and is entered by an authorised clerk (C20).")
class PaperInput:
    principal_id: strawberry.ID = strawberry.field(description="Who signed on paper.")
    signed_on: date = strawberry.field(description="On which day.")
    note: str = strawberry.field(description="Where the paper lies, or the number of the scan.")
    scan: str = strawberry.field(
        default="", description="The number of the scan; of an expert's act it does instead of his authority."
    )


def paper_of(given: PaperInput | None) -> PaperEntry | None:
    if given is None:
        return None
    return PaperEntry(need("Person", given.principal_id), given.signed_on, given.note, given.scan)


SAYS = "Set when a clerk enters what was done on paper, in the name of whoever signed it (C20)."


def step_on_paper(name: str) -> tuple[str, str] | None:
    """The step that this mutation takes, if it can be entered from paper."""
    step = STEP_OF.get(name)
    return step if step and takes_paper(*step) else None


def with_paper(given: type) -> type:
    """The same input with the field for paper."""
    body: dict[str, Any] = {
        "__annotations__": {"paper": PaperInput | None},
        "paper": strawberry.field(default=None, description=SAYS),
    }
    said = given.__strawberry_definition__.description  # type: ignore[attr-defined]
    return strawberry.input(type(given.__name__, (given,), body), description=said)


IN_PERSON = "It lends, withdraws or contests a power, also that of the paper route itself: that is done in person."
ACCOUNT = "It concerns the asker's own account, mail, calendar or list of news."
DATA = "It keeps data or settings: nobody's step in a matter."
DRAFT = "It writes a text, a file or a card that binds nobody before it is signed; the step that signs it takes paper."
DESK = "The office's own handling: whoever handles it does so in his own name."

WITHOUT_PAPER: dict[str, str] = {
    **dict.fromkeys(
        ("grantDelegation", "withdrawDelegation", "authoriseClerk", "withdrawClerk", "objectToSignature",
         "withdrawObjection", "voidEntry"), IN_PERSON),
    **dict.fromkeys(("revokeCalendar", "setNoticePreference", "readNotification"), ACCOUNT),
    **dict.fromkeys(
        ("addAskingRule", "endAskingRule", "editWebhook", "endWebhook", "sendAgain", "enrolExpert", "changeExpert",
         "addExpertAbsence", "removeExpertAbsence", "editGroup", "setLadder", "addMeetingForm", "retireMeetingForm",
         "setRemit", "addUnit", "addPerson", "deactivatePerson", "appoint", "endAppointment"), DATA),
    **dict.fromkeys(
        ("draftMotion", "editMotion", "draftTopic", "editTopic", "draftPanel", "draftMeeting", "proposeMeeting",
         "draftDirective", "draftDirectives", "draftDocument", "draftResultsReport", "draftPublication",
         "editPublication", "releaseOpinion", "withdrawAttachment", "registerCard"), DRAFT),
    **dict.fromkeys(("listUnits", "settleAmendment", "respondToOpinion", "chaseTask"), DESK),
}  # fmt: skip

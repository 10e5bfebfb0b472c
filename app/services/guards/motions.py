"""Guards of motions, and those that every signature step shares."""

from datetime import datetime

from app.queries.subjects import Subject
from app.rules.categories import CATEGORIES
from app.rules.roles import Role
from app.services.guards.registry import guard
from app.services.hands import Hand


@guard("A3.2")
def one_hand(subject: Subject, hand: Hand, now: datetime) -> bool:
    """您已在本轮办理过另一环节,同一人不得办理两个环节。
    You have already taken a step on this matter; nobody takes two.
    由其他有权人员办理 / another person entitled to act"""
    return not any(subject.hand_of(person) for person in hand.people)


@guard("A3.2")
def is_drafter(subject: Subject, hand: Hand, now: datetime) -> bool:
    """只有拟稿人可以办理;拟稿人离任后由办公室接办。
    Only the drafter may do this; once he has left, the office in his place.
    拟稿人 / the drafter"""
    drafter = subject.row.drafter_id
    left = not any(row.person_id == drafter for row in subject.appointments)
    return bool(drafter == hand.principal) or left


@guard("A3.2")
def your_turn(subject: Subject, hand: Hand, now: datetime) -> bool:
    """现在不轮到您办理。
    It is not your turn on this matter.
    当前环节的办理人 / whoever's step it is"""
    audiences = {ask.audience for ask in subject.state.awaits}
    if "presider" in audiences:
        meeting = subject.one("meeting")
        return meeting is not None and meeting.presider_id == hand.principal
    parallel = {"answering_deputy_directors": Role.OFFICE_DEPUTY_DIRECTOR, "other_deputies": Role.DEPUTY}
    roles = {parallel[name].value if name in parallel else name for name in audiences}
    return hand.role.value in roles


@guard("A1.3")
def complete(subject: Subject, hand: Hand, now: datetime) -> bool:
    """议题不完整:须有标题、正文、提请单位;计划和资金类议题还须有项目、年度和申请金额。
    Incomplete: title, text and proposing unit are needed; plans and money also want project, year and amount asked.
    拟稿人 / the drafter"""
    row = subject.row
    if not (row.title.strip() and row.body.strip() and row.proposing_unit_id):
        return False
    money = CATEGORIES[row.category].money
    return not money or bool(row.project and row.year and row.amount_asked is not None)


@guard("C18")
def loop_closed(subject: Subject, hand: Hand, now: datetime) -> bool:
    """议定事项尚未落实:文件未印发,有单位未签收,或者督办事项未办结。
    Not carried through yet: a document is not registered or not received by a unit, or a directive is not closed.
    办公室、收文单位和牵头单位 / the office, the units it was sent to, the lead units"""
    documents, directives = subject.related["document"], subject.related["directive"]
    if any(row.state == "sent" for row in subject.related["extract"]):
        return False
    needs_document = any(row.kind in ("passed", "passed_with_amendments") for row in subject.related["decision"])
    done = all(row.state in ("registered", "cancelled", "voided") for row in documents) and all(
        row.state in ("closed", "withdrawn") for row in directives
    )
    return done and (not needs_document or any(row.state == "registered" for row in documents))

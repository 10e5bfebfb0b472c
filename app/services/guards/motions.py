"""Guards of motions and opinions, and those that every signature step shares."""

from datetime import datetime

from app.core.clock import SHANGHAI
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
    """只有拟稿人可以办理。
    Only the drafter may do this.
    拟稿人 / the drafter"""
    return bool(subject.row.drafter_id == hand.principal)


@guard("A3.2")
def your_turn(subject: Subject, hand: Hand, now: datetime) -> bool:
    """现在不轮到您办理。
    It is not your turn on this matter.
    当前环节的办理人 / whoever's step it is"""
    audiences = {ask.audience for ask in subject.state.awaits}
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


@guard("A3.3")
def opinions_in(subject: Subject, hand: Hand, now: datetime) -> bool:
    """尚有单位未答复且未到期,不能汇总。
    Some units have not answered and their time has not run out.
    被征求意见的单位 / the units asked"""
    opinions = subject.related["opinion"]
    day = now.astimezone(SHANGHAI).date()
    return bool(opinions) and all(row.state != "asked" or row.due_on < day for row in opinions)


@guard("A3.3")
def disagreements_answered(subject: Subject, hand: Hand, now: datetime) -> bool:
    """有单位不同意,汇总意见中尚未逐条回应。
    A unit disagrees and the consolidated opinion does not answer it.
    办公室 / the office"""
    return all(row.response.strip() for row in subject.related["opinion"] if row.position == "disagree")


@guard("A3.3")
def of_asked_unit(subject: Subject, hand: Hand, now: datetime) -> bool:
    """只有被征求意见的单位可以答复。
    Only the unit that was asked may answer.
    被征求意见的单位 / the unit asked"""
    return subject.row.unit_id in hand.units


@guard("A3.3")
def not_extended(subject: Subject, hand: Hand, now: datetime) -> bool:
    """已申请过一次延期,只能延期一次。
    More time was asked for once already.
    办公室 / the office"""
    return not subject.row.extended


@guard("A3.3")
def before_due(subject: Subject, hand: Hand, now: datetime) -> bool:
    """期限已过,须在到期前提出。
    The due date has passed; more time is asked for before it.
    办公室 / the office"""
    return bool(now.astimezone(SHANGHAI).date() <= subject.row.due_on)


@guard("A1.3")
def not_mandatory(subject: Subject, hand: Hand, now: datetime) -> bool:
    """该单位的意见是必须征求的。
    This unit's opinion is mandatory for the category.
    被征求意见的单位 / the unit asked"""
    return not subject.row.mandatory


@guard("C18")
def loop_closed(subject: Subject, hand: Hand, now: datetime) -> bool:
    """议定事项尚未落实:文件未印发,或者督办事项未办结。
    Not carried through yet: a document is not registered, or a directive is not closed.
    办公室和牵头单位 / the office and the lead units"""
    documents, directives = subject.related["document"], subject.related["directive"]
    needs_document = any(row.kind in ("passed", "passed_with_amendments") for row in subject.related["decision"])
    done = all(row.state in ("registered", "cancelled", "voided") for row in documents) and all(
        row.state in ("closed", "withdrawn") for row in directives
    )
    return done and (not needs_document or any(row.state == "registered" for row in documents))

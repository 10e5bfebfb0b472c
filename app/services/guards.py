"""Guards: is all at hand for this act? Each answers yes or no; its docstring is what a person reads when it is no:
first line Chinese, second English, third who can remove the obstacle (Chinese / English)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.core.clock import SHANGHAI
from app.core.refusals import Refusal
from app.queries.subjects import Subject
from app.rules.categories import CATEGORIES
from app.rules.roles import DEPUTIES, Role
from app.services import text_hash
from app.services.hands import Hand

Check = Callable[[Subject, Hand, datetime], bool]


@dataclass(frozen=True, slots=True)
class Guard:
    name: str
    clause: str
    check: Check
    zh: str
    en: str
    who_zh: str
    who_en: str

    def refusal(self) -> Refusal:
        return Refusal(self.name, self.zh, self.en, self.clause, self.who_zh, self.who_en)


GUARDS: dict[str, Guard] = {}


def guard(clause: str) -> Callable[[Check], Check]:
    """Register a guard under its function's name, with the clause it enforces."""

    def register(check: Check) -> Check:
        lines = [line.strip() for line in (check.__doc__ or "").strip().splitlines()]
        who_zh, _, who_en = lines[2].partition(" / ")
        GUARDS[check.__name__] = Guard(check.__name__, clause, check, lines[0], lines[1], who_zh, who_en)
        return check

    return register


def _holds(subject: Subject, person_id: UUID, roles: frozenset[Role]) -> bool:
    names = {role.value for role in roles}
    return any(row.person_id == person_id and row.role in names for row in subject.appointments)


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


@guard("A3.7")
def panel_concluded(subject: Subject, hand: Hand, now: datetime) -> bool:
    """本议题专业性较强,专家小组尚未形成结论。
    This motion is technical and the expert panel has not concluded.
    办公室组织专家论证 / the office convenes the panel"""
    return not subject.row.technical


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


@guard("A3.1")
def has_items(subject: Subject, hand: Hand, now: datetime) -> bool:
    """议程为空,请先列入议题。
    The agenda is empty; put a motion on it first.
    办公室 / the office"""
    return any(row.state == "listed" for row in subject.related["item"])


@guard("A2.2")
def presider_may(subject: Subject, hand: Hand, now: datetime) -> bool:
    """主持人必须是组长,或者组长委托的副组长。
    Only the leader, or a deputy he delegates, may preside.
    办公室更换主持人 / the office names another presider"""
    return _holds(subject, subject.row.presider_id, DEPUTIES | {Role.LEADER})


@guard("A2.2")
def is_presider(subject: Subject, hand: Hand, now: datetime) -> bool:
    """只有本次会议的主持人可以办理。
    Only the presider of this meeting may do this.
    主持人 / the presider"""
    meeting = subject.row if subject.noun == "meeting" else subject.one("meeting")
    return meeting is not None and meeting.presider_id == hand.principal


@guard("A3.4")
def papers_in_time(subject: Subject, hand: Hand, now: datetime) -> bool:
    """有议程的材料没有按时送达组长、副组长。
    The papers of an item did not reach the leader and the deputies in time.
    组长可以对该议程准予免提前送达 / the leader may waive it for the item"""
    limits: list[datetime] = subject.related["papers_by"]
    listed = [row for row in subject.related["item"] if row.state == "listed"]
    return all(
        row.papers_waived or (row.papers_delivered_at is not None and bool(limits) and row.papers_delivered_at < limits[0])
        for row in listed
    )


@guard("A4.3")
def all_items_settled(subject: Subject, hand: Hand, now: datetime) -> bool:
    """尚有议程没有记录议定事项。
    An agenda item has no recorded decision yet.
    办公室 / the office"""
    return all(row.state != "listed" for row in subject.related["item"])


@guard("A4.3")
def in_session(subject: Subject, hand: Hand, now: datetime) -> bool:
    """会议没有在进行中。
    The meeting is not in session.
    主持人 / the presider"""
    meeting = subject.one("meeting")
    return meeting is not None and meeting.state == "in_session"


@guard("A4.1")
def meeting_running(subject: Subject, hand: Hand, now: datetime) -> bool:
    """会议尚未开始或者已经结束。
    The meeting has not begun, or is over.
    主持人 / the presider"""
    return in_session(subject, hand, now)


@guard("A4.1")
def before_opening(subject: Subject, hand: Hand, now: datetime) -> bool:
    """会议已经开始,请直接向主持人说明。
    The meeting has begun; speak to the presider.
    主持人 / the presider"""
    meeting = subject.one("meeting")
    return meeting is not None and meeting.state in ("convened", "agreed")


@guard("A4.1")
def of_called_unit(subject: Subject, hand: Hand, now: datetime) -> bool:
    """只有被通知参会的单位可以回复。
    Only the unit that was called may answer.
    被通知的单位 / the unit called"""
    return subject.row.unit_id in hand.units


@guard("A3.1")
def before_consent(subject: Subject, hand: Hand, now: datetime) -> bool:
    """会议已请示组长,议程变更须先变更会议。
    The leader was already asked; change the meeting first.
    办公室 / the office"""
    meeting = subject.one("meeting")
    return meeting is not None and meeting.state == "draft"


@guard("C17")
def presider_reason(subject: Subject, hand: Hand, now: datetime) -> bool:
    """各方意见与议定结果不一致,须记录主持人的理由。
    The positions and the decision differ: the presider's reason must be recorded.
    主持人 / the presider"""
    draft = subject.one("decision_draft")
    if draft is None or draft.kind not in ("passed", "passed_with_amendments"):
        return True
    dissent = any(row.position == "disagree" for row in subject.related["statement"])
    return not dissent or bool(draft.presider_reason.strip())


@guard("A3.5")
def kind_allowed(subject: Subject, hand: Hand, now: datetime) -> bool:
    """本领导小组不能制发这一文种;请示只能有一个主送机关。
    This group may not issue documents of this kind; a request has exactly one addressee.
    拟稿人 / the drafter"""
    default = ["决定", "意见", "通知", "通报", "报告", "请示", "批复", "函", "纪要"]
    allowed = subject.group.settings.get("document_kinds", default)
    single = subject.row.kind != "请示" or not any(mark in subject.row.addressee for mark in "、,,;;")
    return subject.row.kind in allowed and single


@guard("A3.5")
def carries_decisions(subject: Subject, hand: Hand, now: datetime) -> bool:
    """文件须载有同一次会议通过的议定事项;暂缓、未通过或仅记录的事项不另行发文。
    A document carries decisions of one meeting that were passed; what was deferred or noted needs none.
    拟稿人 / the drafter"""
    decisions = subject.related["decision"]
    passed = all(row.kind in ("passed", "passed_with_amendments", "referred") for row in decisions)
    single = subject.row.kind != "请示" or len(decisions) == 1
    return bool(decisions) and passed and single and len({row.meeting_id for row in decisions}) == 1


@guard("A3.5")
def same_text(subject: Subject, hand: Hand, now: datetime) -> bool:
    """正文在签署后有改动,须重新走签署程序。
    The text has changed since it was signed; the circuit must begin again.
    拟稿人 / the drafter"""
    current = text_hash.of(subject.row)
    return all(row.content_hash == current for row in subject.signatures if row.signs)


@guard("C4")
def not_issuing_for_leader(subject: Subject, hand: Hand, now: datetime) -> bool:
    """您受组长委托签发本文件,不再会签。
    You issue this document for the leader and are left out of countersigning it.
    由您签发 / you, by issuing it"""
    return all(row.delegate_id != hand.person_id for row in subject.related["delegation"])


@guard("C19")
def checkable(subject: Subject, hand: Hand, now: datetime) -> bool:
    """须写明可以检查的成果,不能只有“尽快”“适时”“加强”一类的要求。
    The result must be one that can be checked; words such as 尽快, 适时, 加强 alone are none.
    拟办人 / the author"""
    text = subject.row.result.strip()
    for word in ("尽快", "适时", "加强", "进一步", "切实", "认真", "抓好", "落实", "推进", "工作", "管理", "完成", "编制"):
        text = text.replace(word, "")
    return len(text.strip("。,,;; ")) >= 2


@guard("A3.6")
def lead_is_clear(subject: Subject, hand: Hand, now: datetime) -> bool:
    """牵头单位只能有一个,且不能同时是配合单位。
    There is exactly one lead unit, and it is not a cooperating unit as well.
    拟办人 / the author"""
    return all(row.unit_id != subject.row.lead_unit_id for row in subject.related["cooperating"])


@guard("C3")
def of_lead_unit(subject: Subject, hand: Hand, now: datetime) -> bool:
    """只有牵头单位可以办理。
    Only the lead unit may do this.
    牵头单位 / the lead unit"""
    units = hand.departments if subject.row.lead_is_office else hand.units
    return subject.row.lead_unit_id in units


@guard("C3")
def is_issuer(subject: Subject, hand: Hand, now: datetime) -> bool:
    """只有下达人可以办理。
    Only whoever issued the directive may do this.
    下达人 / the issuer"""
    return bool(subject.row.issuer_id == hand.principal) or hand.role == Role.OFFICE_DIRECTOR


@guard("C3")
def extension_pending(subject: Subject, hand: Hand, now: datetime) -> bool:
    """没有待批准的延期申请。
    No request for more time is pending.
    牵头单位 / the lead unit"""
    return subject.row.extension_to is not None


@guard("C3")
def no_extension_pending(subject: Subject, hand: Hand, now: datetime) -> bool:
    """已有一份延期申请待批准。
    A request for more time is already pending.
    下达人 / the issuer"""
    return subject.row.extension_to is None


@guard("C3")
def is_verifier(subject: Subject, hand: Hand, now: datetime) -> bool:
    """办公室牵头的事项由分管副组长核验,其他事项由办公室核验。
    What the office leads is verified by the deputy in charge; everything else by the office.
    核验人 / the verifier"""
    return (hand.role == Role.DEPUTY_IN_CHARGE) == bool(subject.row.lead_is_office)


@guard("C19")
def not_reporter(subject: Subject, hand: Hand, now: datetime) -> bool:
    """报告人不能核验自己报告的事项。
    Who reports is never who verifies.
    另一名核验人 / another verifier"""
    return subject.row.reporter_id not in hand.people


@guard("C18")
def loop_closed(subject: Subject, hand: Hand, now: datetime) -> bool:
    """议定事项尚未落实:文件未印发,或者督办事项未办结。
    Not carried through yet: a document is not registered, or a directive is not closed.
    办公室和牵头单位 / the office and the lead units"""
    documents, directives = subject.related["document"], subject.related["directive"]
    needs_document = any(row.kind in ("passed", "passed_with_amendments") for row in subject.related["decision"])
    done = all(row.state in ("registered", "cancelled") for row in documents) and all(
        row.state in ("closed", "withdrawn") for row in directives
    )
    return done and (not needs_document or any(row.state == "registered" for row in documents))


@guard("C10")
def has_public_text(subject: Subject, hand: Hand, now: datetime) -> bool:
    """尚未拟写公开文本。
    The public text has not been written.
    拟稿人 / the drafter"""
    return bool(subject.row.text.strip())


@guard("A4.4")
def not_restricted(subject: Subject, hand: Hand, now: datetime) -> bool:
    """工作秘密事项不得公开。
    A restricted matter is not made public.
    办公室 / the office"""
    return bool(subject.row.disclosure != "restricted")


@guard("C10")
def document_issued(subject: Subject, hand: Hand, now: datetime) -> bool:
    """文件尚未印发,不能公开。
    The document has not been registered yet.
    办公室 / the office"""
    document = subject.one("document")
    return document is not None and document.state == "registered"


@guard("C10")
def lawful_ground(subject: Subject, hand: Hand, now: datetime) -> bool:
    """不予公开须引用政府信息公开条例第十四条、第十五条或第十六条。
    Withholding needs a ground of articles 14, 15 or 16 of the regulation on government information.
    拟稿人 / the drafter"""
    return subject.row.ground in ("14", "15", "16")

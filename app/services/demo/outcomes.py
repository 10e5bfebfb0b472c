"""What follows decisions: a document in each state of the circuit, directives with every light, publications."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from app.models.minutes import Extract
from app.models.outcome import Directive, Document, DocumentDecision
from app.rules.roles import Actor
from app.services import directives, documents, publications
from app.services.demo.stage import DEPUTIES, DIRECTOR, HEAD, IN_CHARGE, LEADER, STAFF, VICE, Decided, Stage
from app.services.demo.timeline import Story
from app.services.directives import DirectiveDraft
from app.services.documents import DocumentDraft
from app.services.work import Work

CIRCUIT = (
    (STAFF, "submit", "submitted"), (VICE, "vet", "vetted"), (DIRECTOR, "sign_off", "signed_off"),
    (IN_CHARGE, "sign", "signed"), (DEPUTIES[0], "countersign", ""), (DEPUTIES[1], "countersign", "countersigned"),
    (LEADER, "issue", "issued"),
)  # fmt: skip
# The documents on the decisions in their order; what comes after the last begins again, as supplements.
STATES = ("registered",) * 6 + ("issued", "countersigned", "signed", "signed_off", "vetted", "submitted")


def stories(stage: Stage) -> list[Story]:
    return [
        *(_left_in(stage, number, state) for number, state in enumerate(STATES)),
        _voided(stage), _drafted_and_cancelled(stage), _finished(stage), _red(stage), _under_way(stage), _new(stage),
        _publications(stage), _first_matter_closes(stage),
    ]  # fmt: skip


async def _left_in(stage: Stage, number: int, state: str) -> Story:
    """The document on one of the decisions, brought to its state of the circuit."""
    yield stage.ago(46 - number if state == "registered" else 14 - number)
    row = await _document(stage, stage.decided[number % len(stage.decided)], state)
    if state == "registered":
        stage.registered.append(row)


async def _document(stage: Stage, each: Decided, state: str) -> Document:
    text = DocumentDraft(
        "通知", f"关于印发《{each.motion.title}》的通知",
        f"《{each.motion.title}》已经会议审议通过,现印发给你们,请遵照执行。",
        [each.decision.id], "各成员单位,各县区、园区",
    )  # fmt: skip
    row = await stage.do(STAFF, documents.draft_document, stage.group.id, text)
    for who, action, reached in CIRCUIT if state != "draft" else ():
        await stage.act(who, "document", row, action)
        if reached == state:
            return row
    if state == "registered":
        await stage.do(HEAD, documents.register_document, row.id)
    return row


async def _voided(stage: Stage) -> Story:
    """Registered twice by mistake: the second number stays in the register with its reason (A3.5)."""
    yield stage.ago(12)
    row = await _document(stage, stage.decided[0], "registered")
    await stage.do(DIRECTOR, documents.void_number, row.id, "与前一文件重复登记。")


async def _drafted_and_cancelled(stage: Stage) -> Story:
    yield stage.ago(3)
    await _document(stage, stage.decided[-1], "draft")
    row = await _document(stage, stage.decided[-1], "submitted")
    await stage.act(STAFF, "document", row, "cancel", "与前一文件合并印发。")


async def _issue(
    stage: Stage, title: str, result: str, lead: str, due: int, number: int | None, *,
    helpers: tuple[str, ...] = (), period: str = "",
) -> Directive:  # fmt: skip
    """Issue a directive that is due so many working days from today (negative: overdue)."""
    text = DirectiveDraft(
        title, result, stage.units[lead], stage.day(due), [stage.units[name] for name in helpers], period,
        measure="以办公室现场核验和验收报告为准",
        decision_id=None if number is None else stage.decided[number].decision.id,
    )  # fmt: skip
    row = await stage.do(VICE, directives.draft_directive, stage.group.id, text)
    return await stage.do(VICE, directives.issue_directive, row.id)


async def _finished(stage: Stage) -> Story:
    """Completion reported in time: one closed, one verified, one that waits to be verified."""
    yield stage.ago(30)
    closed = await _issue(
        stage, "分解下达资金计划", "计划分解到12个单位并完成下达", "市财政局", -12, 0, helpers=("市发改委",)
    )
    verified = await _issue(stage, "完成智慧社区试点选点", "选定20个社区并公布名单", "市民政局", -4, 1)
    reported = await _issue(stage, "交易系统接口改造", "与3个平台完成接口联调", "市公管局", -3, 2)
    for each in (closed, verified, reported):
        await stage.act(_head(stage, each), "directive", each, "acknowledge")
    yield stage.ago(15)
    for each in (closed, verified, reported):
        await stage.do(_head(stage, each), directives.report_completion, each.id, "已全部完成,证明材料已报办公室。")
        if each is not reported:
            await stage.act(HEAD, "directive", each, "verify")
    await stage.act(DIRECTOR, "directive", closed, "close")


async def _red(stage: Stage) -> Story:
    """Overdue, with a request for more time that nobody has decided."""
    yield stage.ago(30)
    row = await _issue(stage, "政务云扩容采购", "完成200台服务器采购并验收", "市经信委", -6, 3,
                       helpers=("市财政局", "市公管局"), period="monthly")  # fmt: skip
    await stage.act(_head(stage, row), "directive", row, "acknowledge")
    yield stage.ago(7)
    await stage.do(_head(stage, row), directives.ask_extension, row.id, stage.day(10), "供货周期延长。")


async def _under_way(stage: Stage) -> Story:
    """Yellow, green, suspended, withdrawn."""
    yield stage.ago(20)
    yellow = await _issue(stage, "综治系统县区联网", "2个县区全部乡镇接入", "临江区政府", 2, 3, helpers=("南屏县政府",))
    green = await _issue(stage, "电子病历共享推广", "6家市级医院实现互认", "市卫健委", 40, 3, period="monthly")
    suspended = await _issue(stage, "供电数据接入", "接入10类供电数据", "江澜供电公司", 25, 5)
    withdrawn = await _issue(stage, "开展数据回流摸底", "提交42个系统的摸底清单", "市信息办", 20, None)
    for each in (yellow, green, suspended):
        await stage.act(_head(stage, each), "directive", each, "acknowledge")
    yield stage.ago(14)
    await stage.do(_head(stage, green), directives.report_progress, green.id, "已完成2家医院互认,其余正在对接。")
    part = directives.PartDraft("乡镇终端接入", "60个乡镇终端接入", stage.units["南屏县政府"])
    await stage.do(_head(stage, yellow), directives.split_directive, yellow.id, [part])
    await stage.act(VICE, "directive", suspended, "suspend", "等待省级标准发布。")
    await stage.act(VICE, "directive", withdrawn, "withdraw", "并入另一督办事项。")


async def _new(stage: Stage) -> Story:
    """Issued and not acknowledged, which is late by now; and one still in draft."""
    yield stage.ago(6)
    await _issue(stage, "规划任务分工方案", "分工方案印发到18个单位", "市发改委", 15, 4)
    yield stage.ago(2)
    text = DirectiveDraft("数据共享目录更新", "目录更新到300项", stage.units["市信息办"], stage.day(30))
    await stage.do(VICE, directives.draft_directive, stage.group.id, text)
    text = DirectiveDraft("数据安全检查", "加强管理", stage.units["市信息办"], stage.day(60), evidence_required=True,
                          project="城市数据平台", standing=True)  # fmt: skip
    row = await stage.do(VICE, directives.draft_directive, stage.group.id, text)
    await stage.do(VICE, _leave_open, row.id)


async def _leave_open(work: Work, actor: Actor, directive_id: UUID) -> None:
    await directives.ask(work, directive_id, [("result", "加强管理"), ("units", "市直有关部门")])


def _head(stage: Stage, row: Directive) -> str:
    unit = next(name for name, key in stage.units.items() if key == row.lead_unit_id)
    return stage.heads[unit]


async def _publications(stage: Stage) -> Story:
    """Published, withheld, taken back, cleared, in the check, and one that nobody has submitted yet."""
    yield stage.ago(10)
    made = [
        await stage.do(STAFF, publications.draft_publication, row.id, row.title, "经会议审议通过,现予公开。")
        for row in stage.registered
    ]
    published, withheld, taken_back, cleared, checking, _draft = made
    for row in (published, taken_back, cleared, checking):
        await stage.act(STAFF, "publication", row, "submit")
    for row in (published, taken_back, cleared):
        await stage.act(DIRECTOR, "publication", row, "clear")
    for row in (published, taken_back):
        await stage.do(STAFF, publications.publish, row.id)
    await stage.do(HEAD, publications.withhold, withheld.id, "16", "属内部事务信息。")
    await stage.act(DIRECTOR, "publication", taken_back, "take_back", "附件有误,更正后重新公开。")


async def _sent_of(stage: Stage, decided: Decided) -> Sequence[Extract]:
    """What units have not received yet of the documents on this decision."""
    carrying = select(col(DocumentDecision.document_id)).where(col(DocumentDecision.decision_id) == decided.decision.id)
    query = select(Extract).where(col(Extract.document_id).in_(carrying), col(Extract.state) == "sent")
    return (await stage.session.scalars(query)).all()


async def _first_matter_closes(stage: Stage) -> Story:
    """Its document is issued and received by every unit, its directive closed: the loop has closed (C18)."""
    yield stage.ago(9)
    for row in await _sent_of(stage, stage.decided[0]):
        unit = next(name for name, key in stage.units.items() if key == row.unit_id)
        await stage.act(stage.liaisons.get(unit) or stage.heads[unit], "extract", row, "receive")
    yield stage.ago(8)
    await stage.act(DIRECTOR, "motion", stage.decided[0].motion, "close")

"""What the lead unit reports: progress, twice at most that nothing is new, completion with its evidence (C3, C19)."""

from typing import Any
from uuid import UUID

from app.core.enforces import enforces
from app.core.refusals import Refusal, Refused, invalid
from app.models.outcome import Report
from app.queries.subjects import Subject
from app.rules.roles import Actor
from app.services import attachments, transitions
from app.services.directives import periods
from app.services.secrets import refuse_secrets
from app.services.work import Work

NOTHING_NEW = "无新进展。"


def _check(text: str, evidence: str) -> None:
    if not text.strip():
        raise invalid("text", "请填写报告内容。", "Write the report.", "C3")
    refuse_secrets(text, evidence)


async def _keep(work: Work, actor: Actor, subject: Subject, kind: str, **content: Any) -> Report:
    moment = actor.moment(work.now)
    report = Report(directive_id=subject.row.id, kind=kind, reporter_id=actor.me, reported_at=moment, **content)
    work.session.add(report)
    await work.session.flush()
    await attachments.hand_in(work, subject.row.id, report.id)
    return report


async def report_progress(work: Work, actor: Actor, directive_id: UUID, text: str, evidence: str = "") -> Report:
    _check(text, evidence)
    subject = await work.subject("directive", directive_id, actor)
    await transitions.perform(work, subject, "report", actor, changes={"quiet_reports": 0})
    due_on = await periods.answered(work, subject, actor.person_id)
    return await _keep(work, actor, subject, "progress", text=text.strip(), evidence=evidence.strip(), due_on=due_on)


@enforces("C3")
async def report_nothing_new(work: Work, actor: Actor, directive_id: UUID) -> Report:
    """A periodic report that says no more than that nothing is new; the third in a row is refused by a guard."""
    subject = await work.subject("directive", directive_id, actor)
    quiet = {"quiet_reports": subject.row.quiet_reports + 1}
    await transitions.perform(work, subject, "report_nothing_new", actor, changes=quiet)
    due_on = await periods.answered(work, subject, actor.person_id)
    return await _keep(work, actor, subject, "progress", text=NOTHING_NEW, nothing_new=True, due_on=due_on)


@enforces("C19")
async def report_completion(work: Work, actor: Actor, directive_id: UUID, text: str, evidence: str = "") -> Report:
    """Completion; where the directive asks for evidence, not without a note of it or a file."""
    _check(text, evidence)
    subject = await work.subject("directive", directive_id, actor)
    proved = evidence.strip() or await attachments.held_back(work, directive_id)
    if subject.row.evidence_required and not proved:
        blocked = transitions.why_not(work.policy, subject, "report_completion", actor, work.now)
        raise Refused(blocked or _evidence_missing())
    await transitions.perform(work, subject, "report_completion", actor, changes={"reporter_id": actor.person_id})
    return await _keep(work, actor, subject, "completion", text=text.strip(), evidence=evidence.strip())


def _evidence_missing() -> Refusal:
    return Refusal(
        "evidence_missing",
        "该事项要求附佐证材料,请上传材料,或者写明材料名称、文号、存放处。",
        "This directive asks for evidence: put in files, or name the papers, their number, or where they lie.",
        "C19",
        "牵头单位",
        "the lead unit",
    )

"""What a panel says (A3.7, C16): each member's signed view, the chair's conclusion, the office's answers; and conflicts
that are found late."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from app.core.enforces import enforces
from app.core.refusals import invalid
from app.models.panels import Panel, PanelAdvice, PanelMember
from app.queries.subjects import Subject, load_subject
from app.rules.panel import ANSWERS, CONCLUSIONS, CONFLICTS, STANDING, VIEWS
from app.rules.roles import Actor, Role
from app.services import attachments, texts, transitions
from app.services.guards.panels import panel_composed
from app.services.hands import Hand
from app.services.joint import note_conclusion, owe_no_answer
from app.services.panels import let_go
from app.services.secrets import refuse_secrets
from app.services.work import Work


async def _bound(work: Work, subject: Subject, actor: Actor) -> dict[str, Any]:
    """The columns that bind a view or a conclusion to the motion's text that was judged (C16)."""
    version, stale = await texts.judged(work, subject.one("motion"), actor)
    return {"text_hash": version.content_hash, "text_version_id": version.id, "stale": stale}


@enforces("C16")
async def give_view(work: Work, actor: Actor, member_id: UUID, position: str, score: int, text: str) -> PanelMember:
    """An expert's own signed view, bound to the text he judged (C16)."""
    if position not in VIEWS:
        raise invalid("position", "请选择同意、修改后同意或不同意。", f"One of: {', '.join(VIEWS)}.", "A3.7")
    if not 0 <= score <= 100:
        raise invalid("score", "评分须在0至100之间。", "A score lies between 0 and 100.", "A3.7")
    if not text.strip():
        raise invalid("text", "请写明理由。", "Give the reasons.", "A3.7")
    refuse_secrets(text)
    subject = await work.subject("panel_member", member_id, actor)
    changes = {
        "position": position, "score": score, "view": text.strip(), "given_at": actor.moment(work.now),
        **await _bound(work, subject, actor),
    }  # fmt: skip
    words = f"{VIEWS[position][0]}({score}分):{text.strip()}"
    await transitions.perform(work, subject, "give_view", actor, opinion=words, changes=changes)
    await attachments.hand_in(work, member_id)
    member: PanelMember = subject.row
    return member


@enforces("A3.7", "A4.4")
async def conclude(
    work: Work, actor: Actor, panel_id: UUID, conclusion: str, text: str, advice: Sequence[str] = ()
) -> Panel:
    """The chair concludes, dissent stays on record. The experts see nothing more of the matter afterwards."""
    if conclusion not in CONCLUSIONS:
        raise invalid("conclusion", "请选择通过、修改后通过或不通过。", f"One of: {', '.join(CONCLUSIONS)}.", "A3.7")
    if not text.strip():
        raise invalid("text", "请写明结论的依据。", "Say on what the conclusion rests.", "A3.7")
    wanted = [each.strip() for each in advice if each.strip()]
    refuse_secrets(text, *wanted)
    subject = await work.subject("panel", panel_id, actor)
    changes = {
        "conclusion": conclusion, "conclusion_text": text.strip(), "concluded_at": actor.moment(work.now),
        **await _bound(work, subject, actor),
    }  # fmt: skip
    words = f"{CONCLUSIONS[conclusion][0]}:{text.strip()}"
    await transitions.perform(work, subject, "conclude", actor, opinion=words, changes=changes)
    work.session.add_all(
        PanelAdvice(panel_id=panel_id, number=number, text=each) for number, each in enumerate(wanted, start=1)
    )
    await let_go(work, subject, subject.related["panel_member"])
    await note_conclusion(work, subject, words, actor)
    if not wanted:
        await transitions.advance(work, subject, "settle", actor)
    panel: Panel = subject.row
    return panel


@enforces("A3.7")
async def answer_advice(work: Work, actor: Actor, advice_id: UUID, answer: str, text: str = "") -> Panel:
    """The office says of each recommendation whether it was taken over, in part or not, and why."""
    advice: PanelAdvice = await work.must_see(PanelAdvice, advice_id, actor)
    if answer not in ANSWERS:
        raise invalid("answer", "请选择采纳、部分采纳或不采纳。", f"One of: {', '.join(ANSWERS)}.", "A3.7")
    if answer != "taken_over" and not text.strip():
        raise invalid("text", "部分采纳或不采纳须写明理由。", "Say why it was not taken over in full.", "A3.7")
    subject = await work.subject("panel", advice.panel_id, actor)
    await transitions.perform(work, subject, "answer_advice", actor)
    advice.answer, advice.answer_text = answer, text.strip()
    advice.answered_by, advice.answered_at = actor.person_id, work.now
    await work.session.flush()
    query = select(PanelAdvice).where(col(PanelAdvice.panel_id) == advice.panel_id, col(PanelAdvice.answer) == "")
    if await work.session.scalar(query.limit(1)) is None:
        await transitions.advance(work, subject, "settle", actor)
    panel: Panel = subject.row
    return panel


async def exclude(
    work: Work, actor: Actor, member_id: UUID, conflict: str, reason: str, also: Sequence[UUID] = ()
) -> PanelMember:
    """Keep an expert out for a conflict, also when it is found after the conclusion (A3.7). Where several of a panel
    are found at once, `also` names the others: the count is checked again when all of them are out."""
    if conflict not in CONFLICTS:
        raise invalid("conflict", "请选择回避的情形。", f"One of: {', '.join(CONFLICTS)}.", "A3.7")
    return await _leave(work, actor, (member_id, *also), "exclude", reason, conflict)


async def declare_conflict(work: Work, actor: Actor, member_id: UUID, reason: str) -> PanelMember:
    """An expert says himself that he has a conflict."""
    return await _leave(work, actor, (member_id,), "declare_conflict", reason, "declared")


async def release(work: Work, actor: Actor, member_id: UUID, reason: str) -> PanelMember:
    """Let an expert go who has not given a view: ill, not to be reached."""
    return await _leave(work, actor, (member_id,), "release", reason, "")


async def _leave(
    work: Work, actor: Actor, member_ids: Sequence[UUID], action: str, reason: str, conflict: str
) -> PanelMember:
    subjects = [await work.subject("panel_member", key, actor) for key in dict.fromkeys(member_ids)]
    if len({subject.row.panel_id for subject in subjects}) > 1:
        raise invalid("also", "须是同一专家小组的成员。", "They belong to one panel.", "A3.7")
    changes = {"conflict": conflict, "conflict_note": reason.strip()[:500], "excluded_at": work.now} if conflict else {}
    for subject in subjects:
        await transitions.perform(work, subject, action, actor, reason=reason, changes=changes)
    panel = await load_subject(work.session, "panel", subjects[0].one("panel"))
    await let_go(work, panel, [subject.row for subject in subjects])
    await owe_no_answer(work, panel, [subject.row.person_id for subject in subjects])
    await _check_again(work, panel, actor)
    member: PanelMember = subjects[0].row
    return member


@enforces("A3.7")
async def _check_again(work: Work, panel: Subject, actor: Actor) -> None:
    """A conclusion stands only on a panel that is still odd, of three at least, and under its chair."""
    hand = Hand(actor.me, Role.DEPARTMENT_STAFF)
    if panel.row.state in STANDING and not panel_composed(panel, hand, work.now):
        await transitions.advance(work, panel, "fall", actor)

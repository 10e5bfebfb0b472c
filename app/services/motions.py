"""Motions: drafting and correcting (A1, A3.2); the steps themselves are rows of the table."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from app.core import lists
from app.core.enforces import enforces
from app.core.refusals import Invalid, Problem, Refusal, Refused, invalid
from app.models.matters import Motion
from app.models.people import Unit
from app.queries.subjects import Subject
from app.rules.categories import CATEGORIES
from app.rules.roles import Actor, of_person, of_unit
from app.services import parts, texts, trail, transitions
from app.services.permits import require, require_group
from app.services.secrets import refuse_secrets
from app.services.work import Work

DISCLOSURES = ("public", "internal", "restricted")


@dataclass(frozen=True, slots=True)
class MotionDraft:
    """What the drafter writes. Amounts in yuan."""

    title: str
    body: str
    category: str
    proposing_unit_id: UUID | None
    project: str = ""
    year: int | None = None
    amount_asked: Decimal | None = None
    disclosure: str = "internal"
    follows_id: UUID | None = None
    tags: Sequence[str] = ()


def is_amount(amount: Decimal) -> bool:
    """A sum of money as the tables hold it."""
    return amount.is_finite() and 0 <= amount < Decimal("1e14")


@enforces("A1.2", "A1.3")
def _check(draft: MotionDraft) -> None:
    problems = []
    if not draft.title.strip():
        problems.append(Problem("title", "请填写标题。", "Give the motion a title."))
    if len(draft.title) > 200:
        problems.append(Problem("title", "标题不得超过200字。", "A title has at most 200 characters."))
    if draft.category not in CATEGORIES:
        known = "、".join(CATEGORIES)
        problems.append(Problem("category", f"类别须是以下之一:{known}。", f"The category is one of: {known}."))
    if draft.disclosure not in DISCLOSURES:
        problems.append(
            Problem("disclosure", "公开属性须是公开、内部或工作秘密。", f"One of: {', '.join(DISCLOSURES)}.")
        )
    if draft.amount_asked is not None and not is_amount(draft.amount_asked):
        problems.append(Problem("amountAsked", "申请金额须是正数。", "The amount must be positive."))
    if draft.year is not None and not 2000 <= draft.year <= 2100:
        problems.append(Problem("year", "年度须在2000至2100之间。", "The year lies between 2000 and 2100."))
    if len(lists.join(draft.tags)) > 200:
        problems.append(Problem("tags", "标签合计不得超过200字。", "All tags together have at most 200 characters."))
    if problems:
        raise Invalid(problems, "A1.3")
    refuse_secrets(draft.title, draft.body, draft.project)


def _columns(draft: MotionDraft) -> dict[str, Any]:
    return {
        "title": draft.title.strip(),
        "body": draft.body.strip(),
        "category": draft.category,
        "proposing_unit_id": draft.proposing_unit_id,
        "project": draft.project.strip(),
        "year": draft.year,
        "amount_asked": draft.amount_asked,
        "disclosure": draft.disclosure,
        "follows_id": draft.follows_id,
        "tags": lists.join(draft.tags),
    }


async def draft_motion(work: Work, actor: Actor, group_id: UUID, draft: MotionDraft) -> Motion:
    """Draft a motion. The technical flag starts as the category says (A1.3)."""
    await require_group(work, group_id)
    require(work, actor, "motion", "draft", group_id, "A3.2")
    _check(draft)
    await _check_names(work, actor, draft)
    motion = Motion(
        group_id=group_id,
        state="draft",
        drafter_id=actor.person_id,
        technical=CATEGORIES[draft.category].technical,
        **_columns(draft),
    )
    await transitions.begin(work, "motion", motion, actor, "A3.2")
    return motion


async def _check_names(work: Work, actor: Actor, draft: MotionDraft) -> None:
    """What the draft names exists, and its author may see it."""
    if draft.proposing_unit_id and await work.session.get(Unit, draft.proposing_unit_id) is None:
        raise invalid("proposingUnit", "没有这个提请单位。", "There is no such proposing unit.")
    if draft.follows_id:
        await _earlier(work, actor, draft.follows_id)


def _flag_after(motion: Motion, category: str) -> bool:
    """A new category brings its own flag (A1.3); one that the director set beyond the category stays (A3.7)."""
    beyond = motion.technical and not CATEGORIES[motion.category].technical
    same = motion.category == category
    return motion.technical if same else beyond or CATEGORIES[category].technical


async def _earlier(work: Work, actor: Actor, motion_id: UUID) -> None:
    """A decided matter is taken up again only by a new motion that refers to it (A4.3)."""
    earlier = await work.must_see(Motion, motion_id, actor)
    if earlier.state not in ("decided", "closed"):
        raise invalid("follows", "只能援引已议定的议题。", "Only a decided motion can be referred to.", "A4.3")


async def edit_motion(work: Work, actor: Actor, motion_id: UUID, draft: MotionDraft) -> Motion:
    """Correct a draft or a returned motion; later only a return opens it again."""
    subject = await work.subject("motion", motion_id, actor)
    require(work, actor, "motion", "edit", subject.row.group_id, "A3.2")
    if subject.row.state not in ("draft", "returned") or subject.row.drafter_id != actor.person_id:
        raise Refused(
            Refusal(
                "not_editable",
                "只有拟稿人可以修改起草中或已退回的议题。",
                "Only the drafter changes a draft or a returned motion.",
                "A3.2",
                "拟稿人",
                "the drafter",
            )
        )
    _check(draft)
    await _check_names(work, actor, draft)
    await texts.keep(work, subject.row)
    subject.row.technical = _flag_after(subject.row, draft.category)
    for name, value in _columns(draft).items():
        setattr(subject.row, name, value)
    await work.session.flush()
    await texts.keep(work, subject.row)
    await _on_trail(work, subject, actor, "edit", "A3.2")
    motion: Motion = subject.row
    return motion


async def _on_trail(work: Work, subject: Subject, actor: Actor, action: str, clause: str) -> None:
    await trail.append(
        work.session,
        trail.entry(
            work.now,
            subject.noun,
            action,
            clause,
            object_id=subject.row.id,
            group_id=subject.row.group_id,
            actor_id=actor.person_id,
            version=subject.row.version,
            from_state=subject.row.state,
            to_state=subject.row.state,
            origin=actor.origin,
        ),
    )


async def set_technical(work: Work, actor: Actor, motion_id: UUID, technical: bool, reason: str) -> Motion:
    """The director's judgement, until he endorses (A1.3, A3.7)."""
    subject = await work.subject("motion", motion_id, actor)
    await transitions.perform(work, subject, "flag_technical", actor, reason=reason, changes={"technical": technical})
    motion: Motion = subject.row
    return motion


async def list_units(
    work: Work, actor: Actor, motion_id: UUID, unit_ids: Sequence[UUID], person_ids: Sequence[UUID] = ()
) -> Motion:
    """Put units and persons on the need-to-know list of a restricted motion (A4.4)."""
    subject = await work.subject("motion", motion_id, actor)
    require(work, actor, "motion", "edit", subject.row.group_id, "A4.4")
    holders = [of_unit(subject.row.group_id, unit_id) for unit_id in unit_ids] + [of_person(p) for p in person_ids]
    await parts.put_on_list(work, subject.row.id, holders)
    await _on_trail(work, subject, actor, "put_on_list", "A4.4")
    motion: Motion = subject.row
    return motion

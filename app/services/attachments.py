"""Files of matters (C8): put in version by version, handed in with what they belong to, withdrawn on record."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlmodel import col

from app.core.enforces import enforces
from app.core.ids import new_id
from app.core.refusals import NotFound, Refusal, Refused, invalid
from app.models.matters import Item
from app.models.papers import Attachment, RegisterCard
from app.models.records import Signature
from app.policy import Policy
from app.queries.subjects import Subject
from app.rules.attachments import MOST_FILES, PURPOSES, SCAN, Purpose, purpose_of
from app.rules.file_types import FILE_TYPES
from app.rules.roles import ROLE_NAMES, Actor, Role
from app.services import text_hash, texts, trail
from app.services.audiences import resolve
from app.services.guards import GUARDS
from app.services.hands import Hand, own_hands
from app.services.secrets import refuse_secrets
from app.services.work import Work


@dataclass(frozen=True, slots=True)
class Target:
    """To which matter a file goes; for a scan, to which signature. `replaces`: of which file it is a new version."""

    noun: str
    object_id: UUID
    signature_id: UUID | None = None
    replaces: UUID | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """What has been received, examined and stored."""

    name: str
    ending: str
    size: int
    digest: str


async def admit(work: Work, actor: Actor, target: Target) -> Subject:
    """The matter, where this actor may put a file in now. Asked before a file is received, and when it is kept."""
    subject = await work.subject(target.noun, target.object_id, actor)
    refuse_secrets(target.reason)
    if target.signature_id:
        await _check_scan(work, actor, subject, target.signature_id)
        return subject
    purpose = purpose_of(target.noun)
    if purpose is None:
        raise invalid("noun", "该事项不收附件。", "This matter takes no files.", "C8")
    if refusal := why_not(work.policy, subject, purpose, actor, work.now):
        raise Refused(refusal)
    return subject


@enforces("C16")
def _check_reason(subject: Subject, purpose: Purpose, reason: str) -> None:
    """What others have judged or signed changes only with a reason."""
    if subject.row.state in purpose.amending and not reason.strip():
        raise invalid(
            "reason", "议题已审定,增减材料须写明理由。", "It was admitted; say why its papers change.", purpose.clause
        )


def why_not(policy: Policy, subject: Subject, purpose: Purpose, actor: Actor, now: datetime) -> Refusal | None:
    """None where the actor may put in or withdraw files of this purpose now."""
    allowed = policy.allowed_roles("attachment", purpose.action)
    hands = own_hands(actor, allowed, subject.row.group_id)
    if not hands:
        return _not_your_role(allowed, purpose)
    if purpose.states and subject.row.state not in purpose.states:
        return _wrong_state(subject, purpose)
    blocked = [_blocked(subject, purpose, hand, now) for hand in hands]
    return None if None in blocked else next(each for each in blocked if each)


def _blocked(subject: Subject, purpose: Purpose, hand: Hand, now: datetime) -> Refusal | None:
    guards = (GUARDS[name] for name in purpose.guards)
    return next((each.refusal() for each in guards if not each.check(subject, hand, now)), None)


def require_open(subject: Subject) -> None:
    """A card stands in the place of a paper, so it comes and goes when papers may."""
    purpose = purpose_of(subject.noun)
    if purpose is not None and subject.row.state not in purpose.states:
        raise Refused(_wrong_state(subject, purpose))


def _not_your_role(allowed: frozenset[str], purpose: Purpose) -> Refusal:
    names = [ROLE_NAMES[Role(role)] for role in sorted(allowed)]
    zh, en = "、".join(name[0] for name in names), ", ".join(name[1] for name in names)
    return Refusal("not_your_role", f"{purpose.zh}由{zh}上传。", f"{purpose.en}: by {en}.", purpose.clause, zh, en)


def _wrong_state(subject: Subject, purpose: Purpose) -> Refusal:
    return Refusal(
        "wrong_state",
        f"现在是“{subject.state.zh}”,不能增减{purpose.zh}。",
        f"The state is “{subject.state.en}”; its files cannot change now.",
        purpose.clause,
    )


@enforces("C20")
async def _check_scan(work: Work, actor: Actor, subject: Subject, signature_id: UUID) -> None:
    """The clerk who entered a signature from paper adds its scan."""
    row: Signature = await work.must_see(Signature, signature_id, actor)
    if row.object_id != subject.row.id:
        raise NotFound()
    if row.entered_by is None or row.entered_by != actor.person_id:
        raise Refused(
            Refusal("not_the_clerk", "扫描件由代录该签署的人员上传。", "The clerk who entered it adds the scan.",
                    "C20", "代录人员", "the clerk who entered it")
        )  # fmt: skip


@enforces("C8")
async def put(work: Work, actor: Actor, target: Target, content: Content) -> Attachment:
    """Keep a row for a file that the store holds. A file of the same name, or the one named, gets a new version."""
    subject = await admit(work, actor, target)
    purpose = SCAN if target.signature_id else purpose_of(target.noun)
    assert purpose is not None  # admit has found it
    _check_reason(subject, purpose, target.reason)
    present = await _present(work, subject, purpose, target)
    before = _earlier(present, target, content)
    if before and before.digest == content.digest and before.name == content.name:
        return before
    if before is None and len(present) >= MOST_FILES:
        raise invalid("file", f"附件最多{MOST_FILES}个。", f"At most {MOST_FILES} files.", "C8")
    row = _row(work, actor, subject, purpose, target, content, before)
    work.session.add(row)
    await work.session.flush()
    await _follow(work, actor, subject, purpose, "attach", content.digest)
    return row


async def _present(work: Work, subject: Subject, purpose: Purpose, target: Target) -> Sequence[Attachment]:
    query = select(Attachment).where(
        col(Attachment.object_id) == subject.row.id, col(Attachment.purpose) == purpose.name,
        col(Attachment.until).is_(None), col(Attachment.about_id) == target.signature_id,
    )  # fmt: skip
    return (await work.session.scalars(query.order_by(col(Attachment.id)))).all()


def _earlier(present: Sequence[Attachment], target: Target, content: Content) -> Attachment | None:
    """The version before, if this is a new one."""
    same = next((row for row in present if row.name == content.name), None)
    if target.replaces is None:
        return same
    named = next((row for row in present if row.id == target.replaces), None)
    if named is None:
        raise NotFound()
    if same not in (None, named):
        raise invalid("file", "已有同名的另一附件,请先改名。", "Another file has this name; rename it first.", "C8")
    return named


def _row(
    work: Work, actor: Actor, subject: Subject, purpose: Purpose, target: Target, content: Content,
    before: Attachment | None,
) -> Attachment:  # fmt: skip
    key = new_id()
    if before:
        before.until = work.now
    return Attachment(
        id=key, group_id=subject.row.group_id, noun=subject.noun, object_id=subject.row.id, purpose=purpose.name,
        about_id=target.signature_id, holder=resolve(subject, purpose.held_by)[0] if purpose.held_by else "",
        series_id=before.series_id if before else key, number=before.number + 1 if before else 1, name=content.name,
        media_type=FILE_TYPES[content.ending].media, size=content.size, digest=content.digest, put_by=actor.me,
        put_at=work.now, reason=target.reason.strip()[:500],
    )  # fmt: skip


async def withdraw(work: Work, actor: Actor, attachment_id: UUID, reason: str) -> Attachment:
    """Take a file out of what is in force; it stays on record."""
    row: Attachment = await work.must_see(Attachment, attachment_id, actor)
    if not reason.strip():
        raise invalid("reason", "请写明撤回的理由。", "Say why it is withdrawn.", "C8")
    refuse_secrets(reason)
    target = Target(row.noun, row.object_id, row.about_id if row.purpose == SCAN.name else None, reason=reason)
    subject = await admit(work, actor, target)
    if row.until is not None:
        raise Refused(Refusal("not_present", "该版本已不是现行版本。", "It is not the present version any more.", "C8"))
    row.until, row.withdrawn = work.now, reason.strip()[:500]
    await work.session.flush()
    await _follow(work, actor, subject, SCAN if target.signature_id else PURPOSES[row.purpose], "detach", row.digest)
    return row


@enforces("C6", "C16", "A3.4")
async def _follow(work: Work, actor: Actor, subject: Subject, purpose: Purpose, action: str, digest: str) -> None:
    """The matter's text has changed where its files are part of it; papers that were delivered are so no longer."""
    if purpose.of_text:
        await take_in(work, subject)
    entry = trail.entry(
        work.now, subject.noun, action, purpose.clause, object_id=subject.row.id, group_id=subject.row.group_id,
        actor_id=actor.person_id, version=subject.row.version, from_state=subject.row.state,
        to_state=subject.row.state, origin=actor.origin, content_hash=digest,
    )  # fmt: skip
    await trail.append(work.session, entry)


@enforces("C16")
async def take_in(work: Work, subject: Subject) -> None:
    """Write files and cards into the matter's text, so that what was signed or judged on another one shows as stale."""
    await texts.keep(work, subject.row)
    subject.row.annexes = await _listing(work, subject.row.id)
    await work.session.flush()
    await texts.keep(work, subject.row)
    if hasattr(subject.row, "content_hash"):
        subject.row.content_hash = text_hash.of(subject.row)
    column = {"motion": Item.motion_id, "topic": Item.topic_id}.get(subject.noun)
    if column is not None:
        listed = (col(column) == subject.row.id) & (col(Item.state) == "listed")
        await work.session.execute(update(Item).where(listed).values(papers_delivered_at=None))


async def _listing(work: Work, object_id: UUID) -> str:
    files = select(Attachment).where(
        col(Attachment.object_id) == object_id, col(Attachment.until).is_(None), col(Attachment.purpose) != SCAN.name
    )
    cards = select(RegisterCard).where(col(RegisterCard.object_id) == object_id)
    rows = (await work.session.scalars(files.order_by(col(Attachment.series_id)))).all()
    held = (await work.session.scalars(cards.order_by(col(RegisterCard.id)))).all()
    lines = [f"{row.name}(第{row.number}版,{row.digest[:16]})" for row in rows]
    return "\n".join([*lines, *(f"登记卡{row.number}" for row in held)])


@enforces("A3.3", "A3.7", "C3")
async def hand_in(work: Work, object_id: UUID, about_id: UUID | None = None) -> None:
    """What was held back for an answer, a view or a report is seen from now on by all who have part in the matter."""
    held = (col(Attachment.object_id) == object_id) & (col(Attachment.holder) != "")
    values = {"holder": "", **({"about_id": about_id} if about_id else {})}
    await work.session.execute(update(Attachment).where(held).values(**values))


async def held_back(work: Work, object_id: UUID) -> bool:
    """Whether a file waits to be handed in with the next answer or report."""
    held = (col(Attachment.object_id) == object_id) & (col(Attachment.holder) != "") & col(Attachment.until).is_(None)
    return await work.session.scalar(select(col(Attachment.id)).where(held).limit(1)) is not None

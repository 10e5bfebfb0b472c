"""The paper route (C20): an authorised clerk enters what was signed on paper, as the signer's step, and he is told."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select, update
from sqlmodel import col

from app.core.clock import at, day_end, local_day
from app.core.enforces import enforces
from app.core.refusals import Refusal, Refused, invalid
from app.models.people import PaperAuthority
from app.models.records import Signature
from app.queries.actors import load_actor
from app.queries.subjects import Subject
from app.rules.roles import RANKS, Actor, Entry, Role
from app.rules.workflow import Step
from app.services import tells
from app.services.hands import Hand
from app.services.signatures import sign
from app.services.work import Work


@dataclass(frozen=True, slots=True)
class PaperEntry:
    """What a clerk enters: who signed, on which day, where the paper lies, and the number of its scan."""

    principal_id: UUID
    signed_on: date
    note: str
    scan: str = ""

    @property
    def said(self) -> str:
        return f"{self.note.strip()};扫描件 {self.scan.strip()}" if self.scan.strip() else self.note


async def _has_authority(work: Work, clerk: Actor, subject: Subject, paper: PaperEntry) -> bool:
    query = select(PaperAuthority).where(
        col(PaperAuthority.group_id) == subject.row.group_id,
        col(PaperAuthority.principal_id) == paper.principal_id,
        col(PaperAuthority.clerk_id) == clerk.person_id,
        col(PaperAuthority.withdrawn_at).is_(None),
    )
    return await work.session.scalar(query) is not None


@enforces("C20")
async def _require_authority(work: Work, clerk: Actor, subject: Subject, paper: PaperEntry, as_expert: bool) -> None:
    scanned = as_expert and bool(paper.scan.strip())
    if not scanned and not await _has_authority(work, clerk, subject, paper):
        raise _not_authorised(as_expert)


def _not_authorised(as_expert: bool) -> Refused:
    zh, en = "签署人没有授权您代录。", "The signer has not authorised you to enter for him."
    if as_expert:
        zh, en = f"{zh[:-1]};没有授权的,须附扫描件编号。", f"{en} Without that, name the scan."
    return Refused(Refusal("not_authorised", zh, en, "C20", "签署人授权", "the signer"))


def _only_as_expert(work: Work, signer: Actor, subject: Subject, action: str) -> bool:
    """Whether the step is his as an expert alone: he belongs to no office that could authorise anybody."""
    roles = {role.value for role in signer.roles_in(subject.row.group_id)}
    return work.policy.allowed_roles(subject.noun, action) & roles == {Role.EXPERT.value}


def _require_clerk(work: Work, clerk: Actor, subject: Subject) -> UUID:
    """Who enters: somebody of the office's departments."""
    roles = {role.value for role in clerk.roles_in(subject.row.group_id)}
    if clerk.person_id is None or not work.policy.allowed_roles("paper", "enter") & roles:
        zh = "代录纸面签署由办公室部门人员办理。"
        en = "Entering signatures from paper is for the office's departments."
        raise Refused(Refusal("not_your_role", zh, en, "C20"))
    return clerk.person_id


def _last_moment(work: Work, day: date) -> datetime:
    """The last one of that day, or now."""
    return min(day_end(day) - timedelta(microseconds=1), work.now)


@enforces("C5", "C20")
async def signer_of(work: Work, clerk: Actor, subject: Subject, action: str, paper: PaperEntry) -> Actor:
    """The signer as actor, in the seats that he held on the day of the paper (C5), if he has authorised this clerk and
    the entry is honest about date and paper. Of an expert, who is no member of any office, a scan of the paper does
    instead of an authority."""
    clerk_id = _require_clerk(work, clerk, subject)
    signer = await load_actor(work.session, paper.principal_id, clerk.origin, _last_moment(work, paper.signed_on))
    await _require_authority(work, clerk, subject, paper, _only_as_expert(work, signer, subject, action))
    if paper.signed_on > work.day or paper.signed_on < local_day(subject.row.created_at):
        raise invalid(
            "signedOn", "签署日期须在拟稿之后、今天之前。", "The date lies between the draft and today.", "C20"
        )
    if not paper.note.strip():
        raise invalid(
            "note", "请写明纸质件存放处或附扫描件编号。", "Say where the paper lies, or name the scan.", "C20"
        )
    return replace(signer, entry=Entry(clerk_id, clerk.name, at(paper.signed_on, 12), paper.said))


@enforces("C20")
async def tell_signer(work: Work, subject: Subject, action: str, signer: Actor) -> None:
    """He is told what was entered for him, so that he can object."""
    if signer.entry is None or signer.person_id is None:
        return
    key = f"paper:{action}:{subject.row.id}:{subject.row.version}"
    payload = {"action": action, "signed_on": local_day(signer.entry.signed_at).isoformat()}
    await tells.tell_people(work, subject, "paper.entered", [signer.person_id], key, payload)


@enforces("C20")
async def keep_beside(work: Work, subject: Subject, step: Step, actor: Actor) -> None:
    """What a clerk enters of an act that no table holds is kept and told like any other entry."""
    if actor.entry is None:
        return
    role = min(actor.roles_in(subject.row.group_id), key=RANKS.__getitem__)
    sign(work, subject, step, Hand(actor.me, role), actor, "")
    await work.session.flush()
    await tell_signer(work, subject, step.action, actor)


@enforces("C20")
def void_objected(work: Work, subject: Subject) -> None:
    """What its signer objects to falls with the act that takes the matter back; it stays on record."""
    for row in subject.signatures:
        if row.objected_at:
            row.voided_at = work.now
    subject.signatures = [row for row in subject.signatures if not row.objected_at]


@enforces("C20")
async def void_contested(work: Work, object_ids: Collection[UUID]) -> None:
    """Of what was entered from paper for these matters that falls to which the signer objects: nothing waits for it
    any more, and it stays on record."""
    contested = col(Signature.objected_at).is_not(None) & col(Signature.voided_at).is_(None)
    query = update(Signature).where(col(Signature.object_id).in_(object_ids), contested).values(voided_at=work.now)
    await work.session.execute(query)

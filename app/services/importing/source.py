"""Where the tasks of a breakdown come from: a decision that was passed, or a director who assigns (C17, B2.7)."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.core.clock import today
from app.core.enforces import enforces
from app.core.faults import Fault, file_fault
from app.core.refusals import Refusal
from app.core.text import clean, compact
from app.models.matters import Decision
from app.models.outcome import Document, DocumentDecision
from app.models.people import Group, Person
from app.queries.actors import holders_of_role, load_actor
from app.rules.roles import Actor, Role
from app.services.decisions import KINDS
from app.services.directives import DECIDED, why_no_source

ORIGIN = "import"


@dataclass(frozen=True, slots=True)
class Source:
    """`issuer_id` is who is to issue the drafts: whoever assigned, or the office director (B2.2)."""

    group: Group
    actor: Actor
    issuer_id: UUID
    decision: Decision | None = None

    @property
    def key(self) -> str:
        return str(self.decision.id) if self.decision else f"assigned/{self.actor.person_id}"


class NoSource(Exception):
    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.en)
        self.fault = fault


@enforces("C17", "B2.7")
async def find_source(session: AsyncSession, group_code: str | None, number: str, person: str) -> Source:
    """Raises NoSource with what is wrong and how to mend it."""
    if bool(number) == bool(person):
        raise NoSource(_either())
    if person:
        group = await _group(session, group_code)
        actor = await _assigner(session, group, person)
        return Source(group, actor, actor.me)
    decision = await _decision(session, group_code, number)
    found = await session.get(Group, decision.group_id)
    assert found is not None  # a foreign key
    return Source(found, Actor(origin=ORIGIN), await _director(session, found), decision)


async def _group(session: AsyncSession, code: str | None) -> Group:
    groups = list(await session.scalars(select(Group).order_by(col(Group.code))))
    found = [group for group in groups if code in (None, group.code)]
    if len(found) == 1:
        return found[0]
    raise NoSource(_which_group(groups))


async def _assigner(session: AsyncSession, group: Group, written: str) -> Actor:
    """The person by name, telephone number, mail address or id; he must be director or deputy director today."""
    words = compact(written)
    named: list[Person] = list(
        await session.scalars(
            select(Person).where(
                or_(col(Person.name) == words, col(Person.phone) == words, col(Person.mail) == clean(written).lower())
            )
        )
    )
    if not named and (key := _uuid(words)):
        named = [row for row in [await session.get(Person, key)] if row]
    if not named:
        raise NoSource(_nobody(written))
    actors = [await load_actor(session, row.id, ORIGIN) for row in named]
    able = [actor for actor in actors if why_no_source(actor, group.id, None) is None]
    if len(able) == 1:
        return able[0]
    if able:
        raise NoSource(_namesakes(written))
    refusal = why_no_source(actors[0], group.id, None)
    assert refusal is not None
    zh = f"{written}不是本领导小组的办公室主任、副主任(B2.7)。"
    en = f"{written} is neither director nor deputy director of this group's office (B2.7)."
    raise NoSource(_refused(refusal, zh, en))


async def _decision(session: AsyncSession, group_code: str | None, number: str) -> Decision:
    """By the number of the document that carries it (number#2: the second of several), or by its own id."""
    written, _, place = compact(number).partition("#")
    found = await _carried_by(session, group_code, written)
    if not found and (key := _uuid(written)):
        found = [row for row in [await session.get(Decision, key)] if row]
    if not found:
        raise NoSource(_no_decision(number))
    passed = [row for row in found if why_no_source(Actor(), row.group_id, row) is None]
    if not passed:
        refusal = why_no_source(Actor(), found[0].group_id, found[0])
        assert refusal is not None
        raise NoSource(_refused(refusal, f"“{number}”的议定事项没有通过。", f"What “{number}” names was not passed."))
    if place.isdecimal() and 0 < int(place) <= len(passed):
        return passed[int(place) - 1]
    if len(passed) == 1 and not place:
        return passed[0]
    raise NoSource(_several(written, passed))


async def _carried_by(session: AsyncSession, group_code: str | None, number: str) -> list[Decision]:
    query = (
        select(Decision)
        .join(DocumentDecision, col(DocumentDecision.decision_id) == col(Decision.id))
        .join(Document, col(Document.id) == col(DocumentDecision.document_id))
        .join(Group, col(Group.id) == col(Decision.group_id))
        .where(col(Document.number) == number, col(Document.number) != "")
        .order_by(col(Decision.id))
    )
    if group_code is not None:
        query = query.where(col(Group.code) == group_code)
    return list(await session.scalars(query))


async def _director(session: AsyncSession, group: Group) -> UUID:
    for role in (Role.OFFICE_DIRECTOR, Role.OFFICE_DEPUTY_DIRECTOR):
        for row in await holders_of_role(session, group.id, [role], today()):
            return row.person_id
    raise NoSource(
        file_fault(
            "办公室主任、副主任均空缺,没有人下达。", "Director and deputy directors are vacant; nobody could issue.",
            "请先任命(导入名单或在管理页面办理)。", "appoint one first, by the roster or on the pages.",
        )
    )  # fmt: skip


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _refused(refusal: Refusal, zh: str, en: str) -> Fault:
    passed = "、".join(KINDS[kind][0] for kind in DECIDED)
    return file_fault(
        f"{zh}{refusal.zh}({refusal.clause})", f"{en} {refusal.en} ({refusal.clause})",
        f"请用 --decision 指明已通过的议定事项({passed}),或用 --assigned-by 指明办公室主任、副主任。",
        "name a decision that was passed with --decision, or the director or a deputy director with --assigned-by.",
    )  # fmt: skip


def _either() -> Fault:
    return file_fault(
        "须指明任务的来源。", "It must be said where the tasks come from (C17, B2.7).",
        "请用 --decision 文号,或者 --assigned-by 姓名,二者选一。",
        "give either --decision NUMBER or --assigned-by PERSON.",
    )  # fmt: skip


def _which_group(groups: Sequence[Group]) -> Fault:
    codes = "、".join(f"{group.code}({group.name})" for group in groups) or "(无)"
    return file_fault(
        "看不出是哪个领导小组。", "It does not show which leading group is meant.",
        f"请用 --group 指明:{codes}。", f"name it with --group: {codes}.",
    )  # fmt: skip


def _nobody(written: str) -> Fault:
    return file_fault(
        f"系统里没有“{written}”。", f"Nobody is called “{written}” here.",
        "请写姓名、手机号或邮箱。", "give the name, telephone number or mail address.",
    )  # fmt: skip


def _namesakes(written: str) -> Fault:
    return file_fault(
        f"有几位“{written}”都可以交办。", f"Several people called “{written}” may assign.",
        "请改写手机号或邮箱。", "give the telephone number or mail address instead.",
    )  # fmt: skip


def _no_decision(number: str) -> Fault:
    return file_fault(
        f"没有文号或编号为“{number}”的议定事项。", f"No decision is carried by a document “{number}”, or has this id.",
        "请写载有该议定事项的文件的发文字号,如 铜智组〔2026〕1号,或者议定事项的编号。",
        "give the number of the document that carries it, such as 铜智组〔2026〕1号, or the decision's id.",
    )  # fmt: skip


def _several(number: str, passed: Sequence[Decision]) -> Fault:
    listed = ";".join(f"{number}#{place} {row.text[:20]}" for place, row in enumerate(passed, start=1))
    return file_fault(
        f"文件“{number}”载有{len(passed)}项议定事项。", f"The document “{number}” carries {len(passed)} decisions.",
        f"请指明其中一项:{listed}。", f"name one of them: {listed}.",
    )  # fmt: skip

"""The installation itself: what a fresh database gets, its first administrators, and where it may be served.

A database is made as a demonstration or as a real installation, once and for good. Demonstration accounts have a
published password and the movable clock falsifies dates, so both stay on loopback and out of real installations.
"""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.enforces import enforces
from app.core.refusals import Refusal, Refused, invalid
from app.core.settings import Settings
from app.models.engine import Database
from app.models.people import Administrator, Group, Installation, Person
from app.policy import seed_policy
from app.rules.roles import ADMINISTRATORS, ROLE_NAMES, Role
from app.services import trail
from app.services.accounts import make_invite
from app.services.work import Work


class NotHere(RuntimeError):
    """This database must not be served with these settings. Says what to change, in both languages."""


async def found(session: AsyncSession) -> Installation | None:
    return await session.get(Installation, 1)


async def is_empty(session: AsyncSession) -> bool:
    """Nobody and no group stands in it yet."""
    for model in (Person, Group):
        if await session.scalar(select(func.count()).select_from(model)):
            return False
    return True


async def make(session: AsyncSession, demo: bool) -> Installation:
    """Say, once, what this database is; one that holds people already cannot become a demonstration."""
    row = await found(session)
    if row is None:
        row = Installation(id=1, demo=demo and await is_empty(session))
        session.add(row)
    await seed_policy(session)
    await session.flush()
    return row


@enforces("C13")
def check_place(settings: Settings, demo: bool) -> None:
    """Raise NotHere unless these settings fit a database that is a demonstration, or is not."""
    if not demo and settings.demo:
        raise NotHere(
            "这个数据库不是作为演示建立的,不能以演示方式运行。请取消 YISHI_DEMO,"
            "或另设 YISHI_VAR 或 YISHI_DATABASE_URL。\n"
            "This database was not made as a demonstration: unset YISHI_DEMO (make run: YISHI_DEMO=0), "
            "or name another with YISHI_VAR or YISHI_DATABASE_URL."
        )
    if not demo and settings.clock_file is not None:
        raise NotHere(
            "可移动的时钟只能用于演示数据库。请取消 YISHI_CLOCK_FILE。\n"
            "The movable clock is for demonstrations only: unset YISHI_CLOCK_FILE."
        )
    if (demo or settings.demo or settings.clock_file is not None) and not settings.on_loopback:
        raise NotHere(
            f"演示账号的密码是公开的,演示只能在本机地址上运行,而不是 {settings.host}。\n"
            f"A demonstration's passwords are published, so it is served on loopback only, not on {settings.host}: "
            "set YISHI_HOST=127.0.0.1."
        )


async def check(db: Database, settings: Settings) -> None:
    """The same for a database that has been prepared."""
    async with db.read() as session:
        row = await found(session)
    check_place(settings, row is not None and row.demo)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Who is to become an administrator."""

    name: str
    phone: str = ""
    mail: str = ""

    @property
    def contacts(self) -> set[str]:
        return {self.phone, self.mail} - {""}


@enforces("C13")
async def first_administrators(work: Work, candidates: dict[Role, Candidate]) -> dict[Role, tuple[Person, str]]:
    """Make the three administrators of a new installation; role -> person and one-time token.

    Three people, not three accounts of one: nobody may look over his own shoulder.
    """
    if await work.session.scalar(select(func.count()).select_from(Administrator)):
        raise Refused(
            Refusal("administrators_exist", "管理员已经建立,请由系统管理员办理人员变动。",
                    "There are administrators already; the system administrator sees to changes.", "C13")
        )  # fmt: skip
    _check(candidates)
    made: dict[Role, tuple[Person, str]] = {}
    for role, candidate in candidates.items():
        person = Person(name=candidate.name, phone=candidate.phone, mail=candidate.mail)
        work.session.add(person)
        await work.session.flush()
        work.session.add(Administrator(person_id=person.id, role=role.value, since=work.now))
        await _record(work, role, person.id)
        made[role] = person, await make_invite(work, person.id)
    return made


def _check(candidates: dict[Role, Candidate]) -> None:
    if set(candidates) != ADMINISTRATORS:
        raise invalid("role", "三类管理员各须一人。", "One person for each of the three administrator roles.", "C13")
    seen: set[str] = set()
    for role, candidate in candidates.items():
        zh, en = ROLE_NAMES[role]
        if not candidate.name or not candidate.contacts:
            raise invalid(role.value, f"{zh}须有姓名和手机或邮箱。", f"{en}: give a name and a phone or mail.", "C13")
        if seen & (candidate.contacts | {candidate.name}):
            raise invalid(
                role.value, f"{zh}须是另一个人:三类管理员不得由同一人担任。",
                f"{en}: must be somebody else; no one person holds two of the three roles.", "C13",
            )  # fmt: skip
        seen |= candidate.contacts | {candidate.name}


async def _record(work: Work, role: Role, person_id: UUID) -> None:
    await trail.append(
        work.session,
        trail.entry(work.now, "administrator", role.value, "C13", object_id=person_id, origin="command line"),
    )

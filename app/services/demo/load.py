"""Loading the demonstration into an empty database."""

from pathlib import Path

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.adapters.expert_sheet import read_experts
from app.adapters.files import FileStore
from app.adapters.roster import read_roster
from app.core import clock
from app.models.engine import Database
from app.models.people import Group, Person
from app.policy import PolicyStore
from app.queries.calendar import load_calendar
from app.services.accounts import hash_password
from app.services.demo import gateway, meetings, minutes, motions, office, outcomes, panels
from app.services.demo.stage import Stage
from app.services.demo.timeline import tell
from app.services.importing import experts, roster
from app.services.importing.plan import apply

PASSWORD = "Yishi-demo-2026"  # noqa: S105 (published on purpose; refused off loopback)
ROSTER = Path(__file__).resolve().parents[2] / "demo" / "roster.xlsx"
EXPERTS = ROSTER.with_name("experts.xlsx")
BODY_CODE = "江智领"

# Who can be signed in as, by role; the telephone number is the account.
ACCOUNTS = (
    ("组长 leader", "陆衡", "14011110001"),
    ("分管副组长 deputy in charge", "秦立言", "14011110003"),
    ("副组长 deputy", "温若兰", "14011110004"),
    ("办公室主任 office director", "顾清和", "14011110005"),
    ("办公室副主任 deputy director", "方宁", "14011110006"),
    ("综合部部长 head of General Affairs", "姚文静", "14011110008"),
    ("综合部工作人员 staff", "钱小满", "14011110009"),
    ("财政局负责人 head of the finance bureau", "蒋国栋", "14011110021"),
    ("财政局联络员 its liaison officer", "戴敏", "14011110022"),
    ("临江区责任人 district", "汤伟", "14011110041"),
    ("系统管理员 system administrator", "管平", "14011110049"),
    ("安全管理员 security administrator", "安琪", "14011110050"),
    ("审计员 auditor", "申鉴", "14011110051"),
)


def accounts() -> list[str]:
    """What is printed at the start: one line an account."""
    lines = [f"  {phone}  {name}  {role}" for role, name, phone in ACCOUNTS]
    return [f"  演示账号 demonstration accounts (密码 password: {PASSWORD})", *lines]


async def load(db: Database, files: FileStore | None = None) -> None:
    """The whole demonstration in one transaction; without a store for files, without files."""
    async with db.write() as session:
        with clock.frozen(clock.now()):
            await _people(session)
            await _matters(session, files)


async def _people(session: AsyncSession) -> None:
    made = await roster.plan(session, None, read_roster(ROSTER))
    await apply(session, made, clock.now())
    (await session.scalars(select(Group))).one().body_code = BODY_CODE
    await session.flush()
    await apply(session, await experts.plan(session, None, read_experts(EXPERTS)), clock.now())
    await session.execute(update(Person).values(password_hash=hash_password(PASSWORD)))


async def _matters(session: AsyncSession, files: FileStore | None) -> None:
    group = (await session.scalars(select(Group).where(col(Group.body_code) == BODY_CODE))).one()
    policy, calendar = await PolicyStore().current(session), await load_calendar(session)
    stage = Stage(session, policy, calendar, clock.today(), group)
    stage.files = files
    await stage.assemble()
    await tell(
        stage.ago(90),
        [
            *meetings.stories(stage),
            *minutes.stories(stage),
            *outcomes.stories(stage),
            *motions.stories(stage),
            *panels.stories(stage),
            *office.stories(stage),
            *gateway.stories(stage),
        ],
    )

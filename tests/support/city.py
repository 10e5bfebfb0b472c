"""A small made-up city: one group with everybody a matter needs, and short ways to act as one of them."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, select

from app.core.clock import freeze, now
from app.models.engine import Database
from app.models.minutes import Extract
from app.models.people import Administrator, Appointment, Group, GroupUnit, Person, Unit
from app.models.records import Outbox, PolicyRule, PolicyVersion, Signature, Task, Trail
from app.policy import seed_policy
from app.queries.actors import load_actor
from app.services import acts, decisions, documents, meetings, motions, opinions, topics
from app.services.decisions import DecisionDraft
from app.services.documents import DocumentDraft
from app.services.meetings import MeetingDraft
from app.services.motions import MotionDraft
from app.services.topics import TopicDraft
from app.services.work import Works
from tests.support.replay import Past, prepared

UNITS = {
    "综合部": "department",
    "规划项目部": "department",
    "技术保障部": "department",
    "市财政局": "member_unit",
    "市经信委": "member_unit",
    "市民政局": "member_unit",
    "市公安局": "member_unit",
    "东湖区政府": "district",
}
# nickname: (name, role, unit)
PEOPLE = {
    "leader": ("组长甲", "leader", None),
    "in_charge": ("分管乙", "deputy_in_charge", None),
    "deputy": ("副组长丙", "deputy", None),
    "deputy2": ("副组长丁", "deputy", None),
    "director": ("主任戊", "office_director", None),
    "vice": ("副主任己", "office_deputy_director", None),
    "vice2": ("副主任庚", "office_deputy_director", None),
    "head": ("部长辛", "department_head", "综合部"),
    "staff": ("科员壬", "department_staff", "综合部"),
    "planner": ("科员癸", "department_staff", "规划项目部"),
    "planning_head": ("规划部长", "department_head", "规划项目部"),
    "tech_head": ("技术部长", "department_head", "技术保障部"),
    "finance": ("财政局长", "unit_head", "市财政局"),
    "finance_liaison": ("财政联络员", "liaison", "市财政局"),
    "industry": ("经信主任", "unit_head", "市经信委"),
    "industry_liaison": ("经信联络员", "liaison", "市经信委"),
    "civil": ("民政局长", "unit_head", "市民政局"),
    "police": ("公安局长", "unit_head", "市公安局"),
    "district": ("区负责人", "responsible", "东湖区政府"),
    "outsider": ("无任职者", "", None),
}
ADMINISTRATORS = {"sysadmin": "system_admin", "secadmin": "security_admin", "auditor": "auditor"}
HEADS = ("unit_head", "responsible", "department_head")
OBSERVERS = ("市财政局", "市经信委", "市民政局")


@dataclass
class City:
    db: Database
    works: Works
    group: UUID = field(default_factory=lambda: UUID(int=0))
    units: dict[str, UUID] = field(default_factory=dict)
    people: dict[str, UUID] = field(default_factory=dict)
    past: Past = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.built(None)

    def built(self, at: datetime | None) -> None:
        """Its preparations may be repeated from here, if it was built at an instant at which other cities are."""
        self.past = Past(self, at)

    async def do(self, who: str, service: Any, *args: Any, **kwargs: Any) -> Any:
        """Call a service as this person, in a unit of work of its own."""
        async with self.works.begin() as work:
            actor = await load_actor(work.session, self.people.get(who), "test")
            return await service(work, actor, *args, **kwargs)

    async def act(self, who: str, noun: str, row: Any, action: str, **words: Any) -> Any:
        if (noun, action) == ("meeting", "open"):
            self.go_to(row.starts_at)
        return await self.do(who, acts.act, noun, row.id, action, **words)

    @staticmethod
    def go_to(instant: datetime) -> None:
        """Let time pass until then, where a test holds the clock."""
        if now() < instant:
            freeze(instant)

    async def fresh(self, row: Any) -> Any:
        async with self.db.read() as session:
            return await session.get(type(row), row.id)

    async def counts(self) -> tuple[int, ...]:
        """How many rows the engine has written: unchanged after a refusal."""
        async with self.db.read() as session:
            return tuple(
                [
                    await session.scalar(select(func.count()).select_from(model)) or 0
                    for model in (Trail, Outbox, Task, Signature)
                ]
            )

    def draft(self, category: str = "A1.3(1)", **changes: Any) -> MotionDraft:
        values: dict[str, Any] = {
            "title": "2027年度信息化资金安排计划",
            "body": "拟安排资金用于城市数据平台等项目。",
            "category": category,
            "proposing_unit_id": self.units["市经信委"],
            "project": "城市数据平台",
            "year": 2027,
            "amount_asked": Decimal("12000000"),
        }
        return MotionDraft(**{**values, **changes})

    @prepared
    async def motion(self, state: str = "draft", category: str = "A1.3(1)", **changes: Any) -> Any:
        """A motion brought to a state by the people whose steps lead there."""
        row = await self.do("staff", motions.draft_motion, self.group, self.draft(category, **changes))
        chain = [
            ("staff", "submit", "submitted"),
            ("director", "endorse", "endorsed"),
            ("in_charge", "review", "reviewed"),
            ("leader", "admit", "admitted"),
        ]
        for who, action, reached in chain:
            if row.state == state:
                return row
            row = (await self.act(who, "motion", row, action)).row
            assert row.state == reached
        if state in ("under_review", "ready"):
            asked = await self.do("staff", opinions.ask_opinions, row.id, [self.units["市民政局"]])
            if state == "ready":
                for opinion in asked:
                    unit = next(name for name, key in self.units.items() if key == opinion.unit_id)
                    who = {"市财政局": "finance", "市民政局": "civil"}[unit]
                    await self.do(who, opinions.answer_opinion, opinion.id, "agree")
                await self.do("director", opinions.consolidate, row.id, "各单位均同意。")
        return await self.fresh(row)

    def meeting_draft(self, form: str = "leaders_meeting", days: int = 7, presider: str = "leader") -> MeetingDraft:
        start = now() + timedelta(days=days)
        return MeetingDraft(
            form, "组长会议", start, start + timedelta(hours=2), "市政府一号会议室", self.people[presider]
        )

    @prepared
    async def meeting(self, motion: Any, *, deliver: bool = True, **kwargs: Any) -> tuple[Any, Any]:
        """A convened meeting with this motion on its agenda; returns meeting and item."""
        row = await self.do("staff", meetings.draft_meeting, self.group, self.meeting_draft(**kwargs))
        item = await self.do("staff", meetings.add_item, row.id, motion.id)
        await self.act("staff", "meeting", row, "request")
        await self.act("leader", "meeting", row, "agree")
        await self.do("head", meetings.convene_meeting, row.id)
        if deliver:
            await self.do("head", meetings.deliver_papers, row.id)
        return await self.fresh(row), await self.fresh(item)

    @prepared
    async def topic(self, state: str = "draft", **changes: Any) -> Any:
        """A topic of 规划项目部 brought to a state by the people whose steps lead there."""
        values = {"title": "2027年项目清单", "body": "拟列入12个项目。", "subject": "projects", **changes}
        row = await self.do("planning_head", topics.draft_topic, self.group, TopicDraft(**values))
        chain = [("planning_head", "submit"), ("vice2", "review"), ("director", "approve")]
        for who, action in chain:
            if row.state != state:
                row = (await self.act(who, "topic", row, action)).row
        return await self.fresh(row)

    @prepared
    async def office_meeting(self, *matters: Any, form: str = "directors_meeting", **changes: Any) -> Any:
        """An office meeting that the director has chosen, with these topics on its agenda."""
        draft = replace(self.meeting_draft(form, presider="director"), title="主任会议", **changes)
        row = await self.do("head", meetings.draft_meeting, self.group, draft)
        for matter in matters:
            await self.do("head", meetings.add_topic, row.id, matter.id)
        return (await self.act("director", "meeting", row, "choose")).row

    @prepared
    async def decided(self, kind: str = "passed") -> tuple[Any, Any, Any]:
        """A motion decided in a meeting that is still in session: motion, meeting, decision."""
        motion = await self.motion("ready")
        meeting, item = await self.meeting(motion)
        await self.act("leader", "meeting", meeting, "open")
        decision = await self.do("staff", decisions.record_decision, item.id, DecisionDraft(kind, "原则同意。"))
        return await self.fresh(motion), await self.fresh(meeting), decision

    @prepared
    async def document(self, decision: Any, state: str = "draft", kind: str = "通知") -> Any:
        """A document on a decision, brought to a state of the circuit."""
        draft = DocumentDraft(
            kind, "关于印发资金安排计划的通知", "现印发给你们,请遵照执行。", [decision.id], "各成员单位"
        )
        row = await self.do("staff", documents.draft_document, self.group, draft)
        chain = [
            ("staff", "submit"),
            ("vice", "vet"),
            ("director", "sign_off"),
            ("in_charge", "sign"),
            ("deputy", "countersign"),
            ("deputy2", "countersign"),
            ("leader", "issue"),
        ]
        for who, action in chain:
            if row.state == state:
                return row
            row = (await self.act(who, "document", row, action)).row
        if state == "registered":
            row = await self.do("head", documents.register_document, row.id)
        return await self.fresh(row)

    async def all_receive(self, document: Any) -> None:
        """Every unit to which a document was sent confirms its receipt."""
        heads = {self.units[unit]: nick for nick, (_, role, unit) in PEOPLE.items() if unit and role in HEADS}
        async with self.db.read() as session:
            sent = (await session.scalars(select(Extract).where(Extract.document_id == document.id))).all()
        for row in sent:
            assert row.unit_id
            await self.act(heads[row.unit_id], "extract", row, "receive")


# Rows of the city as they were first made at an instant, for every later test that begins at the same one.
_TABLES = (PolicyRule, PolicyVersion, Group, Unit, GroupUnit, Person, Appointment, Administrator)
_made: dict[datetime, tuple[City, list[tuple[Any, list[dict[str, Any]]]]]] = {}


async def build(db: Database) -> City:
    """Create the city in an empty database."""
    at = now()
    if at not in _made:
        city = await _first(db)
        if now() == at:  # the clock stands still
            _made[at] = replace(city, units=dict(city.units), people=dict(city.people)), await _rows(db)
            city.built(at)
        return city
    first, rows = _made[at]
    async with db.write() as session:
        for table, values in rows:
            await session.execute(insert(table), values)
    city = replace(first, db=db, works=Works(db), units=dict(first.units), people=dict(first.people))
    city.built(at)
    return city


async def _rows(db: Database) -> list[tuple[Any, list[dict[str, Any]]]]:
    async with db.read() as session:
        return [(table, [row.model_dump() for row in await session.scalars(select(table))]) for table in _TABLES]


async def _first(db: Database) -> City:
    city = City(db, Works(db))
    async with db.write() as session:
        await seed_policy(session)
        group = Group(code="demo", name="市智慧城市领导小组", body_code="江智领")
        units = {name: Unit(name=name, kind=kind) for name, kind in UNITS.items()}
        city.group, city.units = group.id, {name: unit.id for name, unit in units.items()}
        group.settings = {"general_affairs": str(units["综合部"].id), "finance_unit": str(units["市财政局"].id)}
        session.add_all([group, *units.values()])
        await session.flush()
        for name, unit in units.items():
            session.add(
                GroupUnit(group_id=group.id, unit_id=unit.id, kind=unit.kind, standing_observer=name in OBSERVERS)
            )
        for number, (nick, (name, role, unit_name)) in enumerate(PEOPLE.items()):
            person = Person(name=name, phone=f"1400000{number:04d}", mail=f"{nick}@example.cn")
            session.add(person)
            await session.flush()
            city.people[nick] = person.id
            if role:
                session.add(
                    Appointment(
                        person_id=person.id,
                        group_id=group.id,
                        role=role,
                        starts_on=date(2023, 3, 1),
                        unit_id=units[unit_name].id if unit_name else None,
                        in_charge_of=_in_charge(nick, units),
                    )
                )
        for number, (nick, role) in enumerate(ADMINISTRATORS.items()):
            person = Person(name=nick, phone=f"1400001{number:04d}")
            session.add(person)
            await session.flush()
            city.people[nick] = person.id
            session.add(Administrator(person_id=person.id, role=role))
    return city


def _in_charge(nick: str, units: dict[str, Unit]) -> list[str]:
    departments = {"vice": ["综合部", "技术保障部"], "vice2": ["规划项目部"]}
    return [str(units[name].id) for name in departments.get(nick, [])]


def moment(text: str) -> datetime:
    """An instant written as Shanghai time, e.g. `2026-03-02 09:00`."""
    return datetime.fromisoformat(f"{text}:00+08:00")

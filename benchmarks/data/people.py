"""Units, people, groups and posts. One person is measured: an office director who heads a bureau, as is usual."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from hashlib import sha256
from uuid import UUID

from app.models.people import Appointment, Group, GroupUnit, Installation, Person, Session, Unit
from app.models.records import PolicyRule, PolicyVersion
from app.policy import seed_lines
from app.rules.roles import of_office, of_unit
from benchmarks.data.words import unit_name
from benchmarks.data.world import TOKEN, World

BEGIN = datetime(2019, 1, 7, 1, tzinfo=UTC)
SINCE = date(2021, 3, 1)
DEPARTMENTS = ("综合部", "规划项目部", "技术保障部")
# How many of each role an office has.
OFFICE = {"leader": 1, "deputy_in_charge": 1, "deputy": 5, "office_director": 1, "office_deputy_director": 3}
OFFICE |= {"department_head": 3, "department_staff": 12}


@dataclass
class GroupOf:
    """One leading group and the holders under which its people have part."""

    id: UUID
    members: list[UUID] = field(default_factory=list)
    holding: dict[str, list[UUID]] = field(default_factory=dict)

    def office(self, name: str) -> str:
        return of_office(self.id, name)

    def unit(self, unit_id: UUID) -> str:
        return of_unit(self.id, unit_id)

    @property
    def top(self) -> list[str]:
        """Who sees every matter that reached a meeting."""
        return [self.office(name) for name in ("office", "leader", "deputies")]

    def first(self, role: str) -> UUID:
        return self.holding[role][0]


@dataclass
class City:
    groups: list[GroupOf]
    viewer: UUID
    bureau: UUID  # the viewer's own, a member of every group
    heads: dict[UUID, UUID]  # of each unit


def _policy(world: World) -> None:
    """The shipped policy, as the store holds it."""
    names = ("kind", "role", "object", "action", "scope", "effect", "clause")
    for line in seed_lines():
        world.add(PolicyRule, BEGIN, **dict(zip(names, (*line, *[""] * 7), strict=False)))
    world.rows.add(PolicyVersion, id=1, version=1)
    world.rows.add(Installation, id=1, demo=False, created_at=BEGIN)


def _unit(world: World, name: str, kind: str) -> UUID:
    return world.add(Unit, BEGIN, name=name, kind=kind)


class _People:
    def __init__(self, world: World) -> None:
        self.world = world
        self.made = 0

    def new(self) -> UUID:
        self.made += 1
        number = f"{self.made:05d}"
        return self.world.add(
            Person, BEGIN, name=self.world.words.name(), phone=f"139000{number}", mail=f"p{number}@example.cn",
            created_at=BEGIN,
        )  # fmt: skip

    def appoint(self, person: UUID, group: UUID, role: str, unit: UUID | None = None) -> None:
        self.world.add(
            Appointment, BEGIN, person_id=person, group_id=group, unit_id=unit, role=role, starts_on=SINCE,
            in_charge_of=[],
        )  # fmt: skip


def _office(people: _People, group: GroupOf, departments: list[UUID]) -> None:
    for role, count in OFFICE.items():
        group.holding[role] = [people.new() for _ in range(count)]
        for number, person in enumerate(group.holding[role]):
            unit = departments[number % len(departments)] if role.startswith("department") else None
            people.appoint(person, group.id, role, unit)


def _heads(people: _People, units: list[UUID], groups: list[GroupOf]) -> dict[UUID, UUID]:
    """Each unit has a head and a liaison officer; they hold their posts in every group the unit belongs to."""
    heads = {}
    for unit in units:
        head, liaison = people.new(), people.new()
        heads[unit] = head
        for group in (group for group in groups if unit in group.members):
            people.appoint(head, group.id, "unit_head", unit)
            people.appoint(liaison, group.id, "liaison", unit)
    return heads


def _sign_in(world: World, person: UUID) -> None:
    world.add(
        Session, BEGIN, person_id=person, token_hash=sha256(TOKEN.encode()).hexdigest(), created_at=BEGIN,
        expires_at=datetime(2099, 1, 1, tzinfo=UTC),
    )  # fmt: skip


def build(world: World) -> City:
    size = world.size
    _policy(world)
    people = _People(world)
    own = size.groups * len(DEPARTMENTS)
    bureaus = [_unit(world, unit_name(number), "member_unit") for number in range(size.units - own)]
    groups = []
    for number in range(size.groups):
        key = world.add(
            Group, BEGIN, code=f"group{number}", name=f"市第{number + 1}领导小组", body_code=f"江领{number}",
            settings={},
        )  # fmt: skip
        group = GroupOf(key, [bureaus[0], *world.random.sample(bureaus[1:], size.called - 1)])
        departments = [_unit(world, name, "department") for name in DEPARTMENTS]
        for unit in (*group.members, *departments):
            kind = "department" if unit in departments else "member_unit"
            world.rows.add(GroupUnit, group_id=key, unit_id=unit, kind=kind, standing_observer=False)
        _office(people, group, departments)
        groups.append(group)
    heads = _heads(people, bureaus, groups)
    viewer = heads[bureaus[0]]
    groups[0].holding["office_director"] = [viewer]
    people.appoint(viewer, groups[0].id, "office_director")
    _sign_in(world, viewer)
    while people.made < size.people:
        people.new()
    return City(groups, viewer, bureaus[0], heads)

"""What the groups have dealt with: meetings with their motions, opinions, decisions, documents and directives."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from typing import Any
from uuid import UUID

from app.models.matters import Attendance, Decision, Item, Meeting, Motion, Opinion
from app.models.outcome import Directive, Document, DocumentDecision, Report
from app.models.records import Signature, Task
from benchmarks.data.people import BEGIN, City, GroupOf
from benchmarks.data.world import World

CATEGORIES = ("A1.2(2)", "A1.2(3)", "A1.3(1)", "A1.3(2)", "A1.3(3)", "A1.3(4)")
POSITIONS = ("agree", "agree", "agree", "agree_with_amendments", "disagree", "no_remark")
STEPS = {"submit": "department_staff", "endorse": "office_director", "review": "deputy_in_charge", "admit": "leader"}
CIRCUIT = {"submit": "department_staff", "vet": "office_deputy_director", "sign_off": "office_director"}
CIRCUIT |= {"sign": "deputy_in_charge", "countersign": "deputy", "issue": "leader"}
EARLY = {"submitted": "office_director", "endorsed": "deputy_in_charge", "under_review": "department_staff"}
RESTRICTED = 0.02  # of the meetings, the earliest, dealt with restricted matters; no query shows them
PLANNED = 0.05  # of the meetings have been convened and not yet held
# Of what was begun in the last 300 days, so much still waits for somebody.
LATELY = BEGIN + timedelta(days=40 + 2500 - 300)
RUNNING = {"directive": 0.07, "document": 0.3}


class Maker:
    """Makes matters one after the other; `later` moves on by a moment with microseconds, as real ones have."""

    def __init__(self, world: World, city: City) -> None:
        self.world, self.city = world, city
        self.random, self.words = world.random, world.words

    def later(self, at: datetime, days: float) -> datetime:
        return at + timedelta(days=days, microseconds=int(self.random.random() * 1_000_000))

    def waits(self, noun: str, at: datetime) -> bool:
        return at > LATELY and self.random.random() < RUNNING[noun]

    def sign(self, noun: str, key: UUID, group: GroupOf, at: datetime, steps: dict[str, str]) -> None:
        for number, (action, role) in enumerate(steps.items()):
            moment = self.later(at, number)
            opinion = "同意。" if self.random.random() < 0.7 else self.words.short()
            self.world.add(
                Signature, moment, group_id=group.id, noun=noun, object_id=key, round=1, action=action,
                person_id=group.first(role), role=role, opinion=opinion, signed_at=moment, entered_at=moment,
                content_hash=sha256(key.bytes).hexdigest(),
            )  # fmt: skip

    def task(
        self, noun: str, key: UUID, group: GroupOf, kind: str, state: str, owed: tuple[str, str], **when: Any
    ) -> None:
        audience, holder = owed
        at: datetime = when["at"]
        due: date = when["due"]
        self.world.add(
            Task, at, group_id=group.id, noun=noun, object_id=key, kind=kind, state=state, audience=audience,
            holder=holder, clause="A3.3", due_on=due, due_zh=f"自{at.date()}起5个工作日={due}",
            due_en=f"5 working days from {at.date()} = {due}", opened_at=at, closed_at=when.get("closed"),
        )  # fmt: skip

    def motion(self, group: GroupOf, at: datetime, state: str) -> UUID:
        asked = Decimal(self.random.randint(10, 9000) * 10_000)
        key = self.world.stateful(
            Motion, at, group.id, state, group.first("department_staff"), title=self.words.title(),
            body=self.words.long(8), category=self.random.choice(CATEGORIES),
            proposing_unit_id=self.random.choice(group.members), project=self.words.title()[2:-3],
            year=at.year, amount_asked=asked, consolidated=self.words.long(2),
        )  # fmt: skip
        self.sign("motion", key, group, at, STEPS)
        return key

    def opinions(self, group: GroupOf, motion: UUID, at: datetime, answered: bool) -> list[UUID]:
        """Three units are asked; the measured bureau more often than others, like every finance bureau."""
        others = self.random.sample(group.members[1:], self.world.size.opinions)
        units = [self.city.bureau, *others[1:]] if self.random.random() < 0.25 else others
        for unit in units:
            self._opinion(group, motion, unit, at, answered)
        return units

    def _opinion(self, group: GroupOf, motion: UUID, unit: UUID, at: datetime, answered: bool) -> None:
        due = at.date() + timedelta(days=7)
        replied = self.later(at, 3 + self.random.random() * 3) if answered else None
        key = self.world.stateful(
            Opinion, self.later(at, 0), group.id, "answered" if answered else "asked", group.first("department_staff"),
            motion_id=motion, unit_id=unit, due_on=due, first_due_on=due,
            position=self.random.choice(POSITIONS) if answered else "", text=self.words.short() if answered else "",
            answered_at=replied,
        )  # fmt: skip
        self.world.give("opinion", key, at, [*group.top, group.unit(unit)])
        owed = ("asked_unit", group.unit(unit))
        self.task("opinion", key, group, "opinion", "asked", owed, at=at, due=due, closed=replied)
        if replied:
            self.sign("opinion", key, group, replied, {"answer": "department_staff"})

    def attendances(self, group: GroupOf, meeting: UUID, at: datetime, held: bool) -> None:
        for unit in group.members:
            came = self.random.random() < 0.93
            state = ("present" if came else "absent") if held else "called"
            key = self.world.stateful(
                Attendance, at, group.id, state, None, meeting_id=meeting, unit_id=unit, capacity="member",
                answer_by=at.date(), signed_in_at=self.later(at, 0) if held and came else None,
                late=held and came and self.random.random() < 0.05,
            )  # fmt: skip
            self.world.give("attendance", key, at, [group.office("office"), group.office("leader"), group.unit(unit)])
            if not held:
                owed = ("called_unit", group.unit(unit))
                self.task("attendance", key, group, "invitation", "called", owed, at=at, due=at.date())

    def meeting(self, group: GroupOf, at: datetime, held: bool) -> None:
        """One meeting with all that led to it and came of it. It begins on the full hour."""
        asked = at - timedelta(days=30)
        starts = at.replace(minute=0, second=0, microsecond=0)
        meeting = self.world.stateful(
            Meeting, asked, group.id, "closed" if held else "convened", group.first("department_staff"),
            title=f"{at.year}年第{at.timetuple().tm_yday}次组长会议", form="leaders_meeting", starts_at=starts,
            ends_at=starts + timedelta(hours=2), place="市政府一号会议室", presider_id=group.first("leader"),
        )  # fmt: skip
        self.world.give("meeting", meeting, asked, [*group.top, *map(group.unit, group.members)])
        self.attendances(group, meeting, asked, held)
        decisions = [self._item(group, meeting, number, asked, held) for number in range(self.world.size.motions)]
        if held:
            self._documents(group, meeting, at, [each for each in decisions if each is not None])

    def _item(self, group: GroupOf, meeting: UUID, number: int, at: datetime, held: bool) -> UUID | None:
        motion = self.motion(group, self.later(at, -5), "decided" if held else "listed")
        units = self.opinions(group, motion, at, answered=True)
        parts = [*group.top, group.office("deputy_in_charge"), *map(group.unit, units)]
        self.world.give("motion", motion, at, parts)
        item = self.world.stateful(
            Item, self.later(at, 1), group.id, "decided" if held else "listed", group.first("department_staff"),
            meeting_id=meeting, motion_id=motion, position=number + 1, papers_delivered_at=at,
        )  # fmt: skip
        self.world.give("item", item, at, parts)
        return self._decision(group, meeting, motion, item, at) if held else None

    def _decision(self, group: GroupOf, meeting: UUID, motion: UUID, item: UUID, at: datetime) -> UUID:
        moment = self.later(at, 31)
        key = self.world.add(
            Decision, moment, group_id=group.id, item_id=item, meeting_id=meeting, motion_id=motion, kind="passed",
            text=self.words.short(), decided_at=moment,
        )  # fmt: skip
        leads = [self._directive(group, key, moment) for _ in range(self.world.size.directives)]
        self.world.give("decision", key, moment, {*group.top, *leads})
        return key

    def _directive(self, group: GroupOf, decision: UUID | None, at: datetime) -> str:
        unit = group.members[int(self.random.random() ** 2 * len(group.members))]
        running = self.waits("directive", at)
        state = self.random.choice(("issued", "in_progress", "reported", "verified")) if running else "closed"
        closed = None if running else self.later(at, 90)
        due = at.date() + timedelta(days=100)
        key = self.world.stateful(
            Directive, at, group.id, state, group.first("department_staff"), decision_id=decision,
            title=self.words.title()[2:-3], result=self.words.short(), lead_unit_id=unit,
            issuer_id=group.first("office_director"), due_on=due, period="monthly", closed_at=closed,
        )  # fmt: skip
        self.world.give("directive", key, at, [group.office("office"), group.office("leader"), group.unit(unit)])
        if state == "verified":
            kind, owed = "closing", ("office_director", group.office("office_director"))
        else:
            kind, owed = "completion", ("lead_unit", group.unit(unit))
        self.task("directive", key, group, kind, state, owed, at=at, due=due, closed=closed)
        self._reports(group, key, at)
        return group.unit(unit)

    def _reports(self, group: GroupOf, directive: UUID, at: datetime) -> None:
        last = self.world.size.reports - 1
        for number in range(last + 1):
            moment = self.later(at, 25 * (number + 1))
            self.world.add(
                Report, moment, directive_id=directive, kind="completion" if number == last else "progress",
                text=self.words.short(), reporter_id=group.first("department_staff"), reported_at=moment,
            )  # fmt: skip

    def _documents(self, group: GroupOf, meeting: UUID, at: datetime, decisions: list[UUID]) -> None:
        for number in range(self.world.size.documents):
            waits = self.waits("document", at)
            body = self.words.long(10)
            key = self.world.stateful(
                Document, self.later(at, 1), group.id, "vetted" if waits else "registered",
                group.first("department_staff"), kind="通知", title=f"关于印发{self.words.title()[2:-3]}的通知",
                addressee="各成员单位", body=body, content_hash=sha256(body.encode()).hexdigest(), meeting_id=meeting,
                number="" if waits else f"江领〔{at.year}〕{self.random.randint(1, 900)}号",
            )  # fmt: skip
            self.world.give("document", key, at, [*group.top, *map(group.unit, group.members[:5])])
            self.sign("document", key, group, at, dict(list(CIRCUIT.items())[:2]) if waits else CIRCUIT)
            owed = ("office_director", group.office("office_director"))
            closed = None if waits else self.later(at, 4)
            self.task("document", key, group, "signature", "vetted", owed, at=at, due=at.date(), closed=closed)
            for decision in decisions[number :: self.world.size.documents]:
                self.world.rows.add(DocumentDecision, document_id=key, decision_id=decision)

    def early(self, group: GroupOf, at: datetime, state: str) -> None:
        """A motion that has not come to a meeting yet, and that somebody owes a step."""
        motion = self.motion(group, at, state)
        self.world.give("motion", motion, at, [*group.top, group.office("deputy_in_charge")])
        if state == "under_review":
            self.opinions(group, motion, at, answered=False)
        else:
            owed = (EARLY[state], group.office(EARLY[state]))
            self.task("motion", motion, group, "signature", state, owed, at=at, due=at.date() + timedelta(days=3))

    def assigned(self, group: GroupOf, at: datetime) -> None:
        """A directive without a meeting behind it (B2.7)."""
        self._directive(group, None, at)


def build(world: World, city: City) -> None:
    """Meetings one after the other, turn by turn in each group; at the end what is still on its way."""
    maker = Maker(world, city)
    count = world.size.meetings
    step = 2500 / count
    for number in range(count):
        world.disclosure = "restricted" if number < count * RESTRICTED else "internal"
        at = maker.later(BEGIN + timedelta(days=40, hours=number % 8), number * step)
        maker.meeting(city.groups[number % len(city.groups)], at, held=number < count * (1 - PLANNED))
    for number in range(count // 5):
        at = maker.later(BEGIN, 40 + 2500 - maker.random.random() * 300)
        state = list(EARLY)[number % len(EARLY)]
        maker.early(maker.random.choice(city.groups), at, state)
    for _ in range(world.size.assigned):
        at = maker.later(BEGIN, 40 + maker.random.random() * 2500)
        maker.assigned(maker.random.choice(city.groups), at)

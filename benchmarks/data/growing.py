"""Motions and nothing else, for the table that shows how a page's cost grows with the number of rows."""

from datetime import datetime, timedelta
from hashlib import sha256

from app.models.matters import Motion
from app.models.people import Session
from benchmarks.data import people
from benchmarks.data.people import BEGIN, City
from benchmarks.data.world import Rows, Size, World

FEW = "the-session-of-somebody-who-sees-few"
ONE_IN = 20


class Growing:
    """People first; then as many motions of one group as are wanted. The office sees all, one bureau one in twenty."""

    def __init__(self, size: Size) -> None:
        self.world = World(size)
        self.city: City = people.build(self.world)
        self.made = 0
        self._somebody_who_sees_few()

    def _somebody_who_sees_few(self) -> None:
        city = self.city
        self.seldom = next(unit for unit in city.groups[0].members if unit != city.bureau)
        self.world.add(
            Session, BEGIN, person_id=city.heads[self.seldom], token_hash=sha256(FEW.encode()).hexdigest(),
            created_at=BEGIN, expires_at=datetime.fromisoformat("2099-01-01T00:00:00+00:00"),
        )  # fmt: skip

    def upto(self, count: int) -> Rows:
        """The rows that are missing until there are so many motions."""
        group = self.city.groups[0]
        while self.made < count:
            at = BEGIN + timedelta(minutes=15 * self.made)
            key = self.world.stateful(
                Motion, at, group.id, "decided", None, title=self.world.words.title(), body=self.world.words.long(8),
                category="A1.3(2)", proposing_unit_id=self.world.random.choice(group.members),
            )  # fmt: skip
            few = [group.unit(self.seldom)] if self.made % ONE_IN == 0 else []
            self.world.give("motion", key, at, [group.office("office"), group.office("leader"), *few])
            self.made += 1
        rows, columns = self.world.rows, self.world.rows.columns
        self.world.rows = Rows()
        self.world.rows.columns = dict(columns)
        return rows

"""Who asks, as far as plans need it: made once for what the database says of him, and found again by those very bytes.

It is the database that says it, in each request anew; only the work of reading its words is spared (C13).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from app.core.bounded import Bounded
from app.policy import PolicyStore
from app.queries.identity import brief, identity_of, whole
from app.queries.planner.given import Sight, viewer_values
from app.queries.planner.statement import Statement
from app.queries.visibility import View
from schema.planned.around import whole_answer
from schema.planned.asides import groups_of

MAX_SPOKEN = 20
MAX_ASKERS, MAX_KINDS, ROOM = 5000, 300, 10**9


@dataclass(frozen=True, slots=True)
class Known:
    """An asker. Those with the same `sight` share their plans; `values` are his own parameters."""

    view: View
    sight: Sight
    values: Mapping[str, Any]
    plain: bool = False
    spoken: dict[Any, bytes] = field(default_factory=dict)
    """Answers that need nothing but these values, by their plans."""

    def answer(self, plan: Any, say: Callable[[Mapping[str, Any]], Any]) -> bytes:
        found = self.spoken.get(plan)
        if found is None:
            if len(self.spoken) == MAX_SPOKEN:
                self.spoken.clear()
            found = self.spoken[plan] = whole_answer(say(self.values))
        return found


@dataclass(frozen=True, slots=True)
class Heard:
    """What the database said of a token in the last request that bore it."""

    asked: Statement
    said: bytes
    known: Known


class Askers:
    """The askers known to this process."""

    def __init__(self, policies: PolicyStore, lite: bool) -> None:
        self._policies = policies
        self._brief, self._whole = brief(lite), whole(lite)
        self._heard: Bounded[str, Heard] = Bounded(MAX_ASKERS, ROOM)
        self._known: Bounded[bytes, Known] = Bounded(MAX_ASKERS, ROOM)
        self._sights: Bounded[Any, Sight] = Bounded(MAX_KINDS, ROOM)

    def heard(self, token: str) -> Heard | None:
        """What the database said in the last request with the token of this hash: a guess at what it will say now, and
        no more than that."""
        found = self._heard.get(token)
        return found if found is not None and self.in_force(found.known) else None

    def asks(self, heard: Heard | None) -> Statement:
        """The statement that tells who this is."""
        return self._brief if heard is not None and heard.known.plain else self._whole

    def hear(self, token: str, asked: Statement, answer: bytes) -> Known | None:
        """The asker of whom the database has said this now."""
        known = self.known(answer)
        if known is None:
            self._heard.drop(token)
        else:
            self._heard.put(token, Heard(asked, answer, known))
        return known

    def in_force(self, known: Known) -> bool:
        return known.view.policy is self._policies.known(known.view.policy.version)

    def known(self, answer: bytes) -> Known | None:
        """None where it did not say enough, or the policy has to be read first."""
        found = self._known.get(answer)
        if found is not None and self.in_force(found):
            return found
        identity = identity_of(answer)
        policy = self._policies.known(identity.version) if identity else None
        if identity is None or policy is None:
            return None
        made = self.of(View(identity.actor, policy), plain=identity.plain)
        self._known.put(answer, made)
        return made

    def of(self, view: View, *, plain: bool = False) -> Known:
        values = {"name": view.actor.name, "seats": seats_of(view), "groups": groups_of(view)}
        return Known(view, self._sight(view), {**viewer_values(view), **values}, plain)

    def _sight(self, view: View) -> Sight:
        """The same policy, the same roles, the same lent powers: the same row filters."""
        key = (id(view.policy), view.policy.version, view.roles, view.actor.mandates)
        found = self._sights.get(key)
        if found is None or found.asker.policy is not view.policy:
            found = Sight(view)
            self._sights.put(key, found)
        return found


def seats_of(view: View) -> str:
    """The asker's seats as the rows that `viewer.roles` reads."""
    return orjson.dumps(
        [
            {"role": seat.role.value, "group_id": _hex(seat.group_id), "unit_id": _hex(seat.unit_id), "place": place}
            for place, seat in enumerate(view.actor.seats)
        ]
    ).decode()


def _hex(key: Any) -> str | None:
    return key.hex if key is not None else None

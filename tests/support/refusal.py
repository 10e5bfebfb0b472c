"""What tests ask: is it refused, with nothing changed; may somebody see it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from app.core.refusals import Refused
from app.queries.actors import load_actor
from app.queries.visibility import View, visible_to
from tests.support.city import City


@asynccontextmanager
async def refused(city: City, code: str, clause: str = "", *rows: Any) -> AsyncIterator[None]:
    """What is done within is refused with this code; no row was written, and these rows are as they were.

    `async with refused(city, "one_hand", "A3.2", motion): await city.act(...)`
    """
    before = await city.counts()
    stood = [(await city.fresh(row)).model_dump() for row in rows]
    with pytest.raises(Refused) as caught:
        yield
    refusal = caught.value.refusal
    assert refusal.code == code, refusal
    assert clause in ("", refusal.clause), refusal
    assert refusal.zh and refusal.en
    assert await city.counts() == before
    assert [(await city.fresh(row)).model_dump() for row in rows] == stood


async def sees(city: City, who: str, row: Any) -> bool:
    """Whether this person (or, by an unknown name, the public) finds the row."""
    model = type(row)
    async with city.db.read() as session:
        view = View(await load_actor(session, city.people.get(who)), await city.works.policies.current(session))
        return await session.scalar(visible_to(view, model).where(model.id == row.id)) is not None

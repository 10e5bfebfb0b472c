"""The inbox (C9): a line is read when its owner says so."""

from typing import Any

import pytest
from sqlalchemy import select

from app.models.records import Notification
from app.services import notifications, outbox
from tests.support.city import City, build
from tests.support.refusal import refused


async def inbox(city: City, who: str) -> list[Any]:
    async with city.db.read() as session:
        query = select(Notification).where(Notification.person_id == city.people[who]).order_by(Notification.id)
        return list((await session.scalars(query)).all())


@pytest.mark.clause("C9")
async def test_a_line_is_read_by_its_owner_alone_or_with_all_before_it(db, clock) -> None:
    city = await build(db)
    for _ in range(3):
        await city.motion("submitted")
        clock.forward(minutes=1)
    await outbox.deliver_in_app(db)
    first, second, third = await inbox(city, "director")
    async with refused(city, "not_found", "A4.4", second):
        await city.do("leader", notifications.mark_read, second.id)
    read_at = clock.now
    await city.do("director", notifications.mark_read, first.id)
    assert [row.read_at for row in await inbox(city, "director")] == [read_at, None, None]
    clock.forward(hours=1)
    await city.do("director", notifications.mark_read, second.id, and_earlier=True)
    assert [row.read_at for row in await inbox(city, "director")] == [read_at, clock.now, None]
    assert third.read_at is None


@pytest.mark.clause("C9")
async def test_nobodys_inbox_but_ones_own_is_read(db, clock) -> None:
    city = await build(db)
    await city.motion("endorsed")
    await outbox.deliver_in_app(db)
    (own,) = await inbox(city, "in_charge")
    await city.do("in_charge", notifications.mark_read, own.id, and_earlier=True)
    assert all(row.read_at is None for row in await inbox(city, "director"))

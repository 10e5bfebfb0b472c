"""A3.7: the pool is kept by the office, seen by the office and the leadership, and by an expert as far as himself."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from app.core.refusals import Invalid, NotFound
from app.models.engine import Database
from app.models.experts import Expert, ExpertAbsence
from app.queries.experts import has_field, in_term
from app.services import experts
from app.services.experts import ExpertDraft
from tests.support.city import City, build
from tests.support.refusal import refused, sees

pytestmark = pytest.mark.clause("A3.7")
TERM = (date(2025, 1, 1), date(2027, 12, 31))


@pytest.fixture
async def city(db: Database, clock: Any) -> City:
    return await build(db)


def draft(**changes: Any) -> ExpertDraft:
    values = {"employer": "江澜大学", "fields": ["物联网", "地理信息"], "starts_on": TERM[0], "ends_on": TERM[1]}
    return ExpertDraft(**{**values, **changes})


async def enrolled(city: City, name: str = "专家甲", phone: str = "14044440001", **changes: Any) -> Expert:
    row: Expert = await city.do("staff", experts.enrol, draft(**changes), name, phone)
    city.people[name] = row.person_id
    return row


async def test_the_office_enrols_changes_and_records_absences(city: City) -> None:
    row = await enrolled(city, employer="市财政局")
    assert row.unit_id == city.units["市财政局"], "an employer that is a unit is linked"
    await city.do("director", experts.change, row.id, draft(ends_on=date(2026, 6, 30), title="教授"))
    changed = await city.fresh(row)
    assert (changed.employer, changed.unit_id, changed.ends_on) == ("江澜大学", None, date(2026, 6, 30))
    async with refused(city, "invalid", "A3.7", row):
        await city.do("head", experts.add_absence, row.id, date(2026, 4, 1), date(2026, 3, 31), "出国")
    await city.do("head", experts.add_absence, row.id, date(2026, 4, 1), date(2026, 4, 30), "出国")
    async with city.db.read() as session:
        absence = (await session.scalars(select(ExpertAbsence))).one()
    assert absence.person_id == row.person_id
    await city.do("head", experts.remove_absence, absence.id)
    async with city.db.read() as session:
        assert (await session.scalars(select(ExpertAbsence))).all() == []


async def test_an_expert_is_one_person_who_can_be_reached(city: City) -> None:
    await enrolled(city)
    for name, phone in ((" ", "14044440002"), ("专家丙、专家乙", "14044440002"), ("专家乙", ""), ("专家乙", "1404"),
                        ("专家乙", "14044440001"), ("专家甲", "14044440001")):  # fmt: skip
        async with refused(city, "invalid", "A3.7"):
            await city.do("staff", experts.enrol, draft(), name, phone)


async def test_nobody_else_keeps_the_pool(city: City) -> None:
    row = await enrolled(city)
    for who in ("leader", "in_charge", "civil", "sysadmin", "专家甲"):
        async with refused(city, "not_your_role", "A3.7", row):
            await city.do(who, experts.enrol, draft(), "专家乙", "14044440002")
    for who in ("leader", "in_charge"):
        async with refused(city, "not_your_role", "A3.7", row):
            await city.do(who, experts.change, row.id, draft(title="研究员"))
    with pytest.raises(NotFound):
        await city.do("civil", experts.change, row.id, draft(title="研究员"))
    async with refused(city, "not_your_role", "A3.7", row):
        await city.do("专家甲", experts.change, row.id, draft(title="研究员"))


async def test_who_sees_the_pool(city: City) -> None:
    row, other = await enrolled(city), await enrolled(city, "专家乙", "14044440002")
    for who in ("staff", "director", "in_charge", "leader", "deputy"):
        assert await sees(city, who, row), who
    for who in ("civil", "finance_liaison", "district", "sysadmin", "auditor", "nobody"):
        assert not await sees(city, who, row), who
    assert await sees(city, "专家甲", row)
    assert not await sees(city, "专家甲", other)


async def test_an_expert_says_himself_when_he_is_away(city: City) -> None:
    row, other = await enrolled(city), await enrolled(city, "专家乙", "14044440002")
    await city.do("专家甲", experts.add_absence, row.id, date(2026, 4, 1), date(2026, 4, 3))
    with pytest.raises(NotFound):
        await city.do("专家甲", experts.add_absence, other.id, date(2026, 4, 1), date(2026, 4, 3))


async def test_an_entry_must_make_sense(city: City) -> None:
    await enrolled(city)
    wrong: list[tuple[Any, ...]] = [
        (draft(employer=" "), "专家乙", "14044440002"),
        (draft(fields=[]), "专家乙", "14044440002"),
        (draft(ends_on=date(2024, 1, 1)), "专家乙", "14044440002"),
        (draft(title="长" * 61), "专家乙", "14044440002"),
        (draft(), "专家 1", "14044440002"),
        (draft(), "专家乙", "123"),
        (draft(), "专家乙", ""),
        (draft(), "专家乙", "14044440001"),  # another person's number
        (draft(), "专家甲", "14044440001"),  # in the pool already
    ]
    before = await city.counts()
    for given in wrong:
        with pytest.raises(Invalid):
            await city.do("staff", experts.enrol, *given)
    assert await city.counts() == before


async def test_by_field_and_by_term(city: City) -> None:
    first = await enrolled(city, fields=["物联网"])
    await enrolled(city, "专家乙", "14044440002", fields=["智慧物联网"], ends_on=date(2025, 12, 31))
    async with city.db.read() as session:
        found = (await session.scalars(select(Expert.id).where(has_field("物联网")))).all()
        assert found == [first.id], "a field, not a part of its name"
        assert (await session.scalars(select(Expert.id).where(has_field("%")))).all() == []
        assert (await session.scalars(select(Expert.id).where(in_term(date(2026, 3, 2))))).all() == [first.id]

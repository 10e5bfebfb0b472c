"""The trail (C6): chained, verified, without titles (C13); two at once act once."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import delete, select, update

from app.core.refusals import Conflict, Refused
from app.models.records import Signature, Trail
from app.services.trail import verify
from tests.support.city import City, build


async def broken_at(city: City) -> tuple[int, int | None]:
    async with city.db.read() as session:
        return await verify(session)


async def entries(city: City) -> list[Trail]:
    async with city.db.read() as session:
        return list((await session.scalars(select(Trail).order_by(Trail.seq))).all())


@pytest.mark.clause("C6")
async def test_every_step_leaves_who_what_when_where_and_under_which_clause(db, clock) -> None:
    city = await build(db)
    motion = await city.motion("admitted")
    kept = [row for row in await entries(city) if row.object_id == motion.id]
    assert [row.action for row in kept] == ["draft", "submit", "endorse", "review", "admit"]
    assert [row.actor_id for row in kept] == [
        city.people[who] for who in ("staff", "staff", "director", "in_charge", "leader")
    ]
    assert {row.clause for row in kept} == {"A3.2"} and {row.origin for row in kept} == {"test"}
    assert [row.version for row in kept] == sorted({row.version for row in kept})  # each act on a version of its own
    assert kept[-1].to_state == "admitted" and all(row.content_hash for row in kept)
    assert (await broken_at(city))[1] is None


@pytest.mark.clause("C6")
@pytest.mark.parametrize("damage", ["changed", "removed", "swapped"])
async def test_a_changed_or_missing_entry_is_found(db, clock, damage) -> None:
    city = await build(db)
    await city.motion("admitted")
    rows = await entries(city)
    victim, after = rows[2], rows[3]
    async with db.write() as session:
        if damage == "changed":
            where = Trail.seq == victim.seq
            await session.execute(update(Trail).where(where).values(actor_id=city.people["outsider"]))
        elif damage == "removed":
            await session.execute(delete(Trail).where(Trail.seq == victim.seq))
        else:
            for row, seq in ((victim, 9_000), (after, victim.seq), (victim, after.seq)):
                where = Trail.hash == row.hash
                await session.execute(update(Trail).where(where).values(seq=seq))
    expected = {"changed": victim.seq, "removed": after.seq, "swapped": victim.seq}
    assert (await broken_at(city))[1] == expected[damage]


@pytest.mark.clause("C13", "C6")
async def test_the_trail_holds_no_titles_and_no_texts(db, clock) -> None:
    city = await build(db)
    motion, _, decision = await city.decided()
    await city.document(decision, "registered")
    words = {motion.title, motion.body, decision.text, "组长会议", "各成员单位"}
    for row in await entries(city):
        for value in row.model_dump().values():
            assert not any(word in str(value) for word in words)


@pytest.mark.clause("C6")
async def test_of_two_at_once_one_acts(db, clock) -> None:
    city = await build(db)
    motion = await city.motion("submitted")

    async def endorse() -> Any:
        try:
            return (await city.act("director", "motion", motion, "endorse")).row.state
        except Refused as refusal:
            return refusal

    outcomes = await asyncio.gather(*(endorse() for _ in range(4)))
    assert outcomes.count("endorsed") == 1
    others = [each for each in outcomes if each != "endorsed"]
    assert all(isinstance(each, Conflict) or each.refusal.code in ("wrong_state", "one_hand") for each in others)
    async with db.read() as session:
        signed = (await session.scalars(select(Signature).where(Signature.action == "endorse"))).all()
    assert len(signed) == 1
    assert len([row for row in await entries(city) if row.action == "endorse"]) == 1
    assert (await broken_at(city))[1] is None


@pytest.mark.clause("C6")
async def test_each_entry_says_from_where_to_where_on_which_version_and_text(db, clock) -> None:
    city = await build(db)
    motion = await city.motion("endorsed")
    async with db.read() as session:
        query = select(Trail).where(Trail.object_id == motion.id).order_by(Trail.seq)
        entries = (await session.scalars(query)).all()
    assert [(row.action, row.from_state, row.to_state) for row in entries] == [
        ("draft", "", "draft"),
        ("submit", "draft", "submitted"),
        ("endorse", "submitted", "endorsed"),
    ]
    assert [row.version for row in entries] == sorted({row.version for row in entries})
    assert {row.clause for row in entries} == {"A3.2"} and all(row.content_hash and row.origin for row in entries)

"""Sign-in: opaque tokens kept as hashes, links that work once (C13)."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.core.refusals import Invalid, Refused
from app.models.people import Invite, Person, Session
from app.services import accounts
from tests.support.city import City, build

PASSWORD = "Yishi-2026-ab"


async def invited(city: City, who: str = "staff") -> str:
    async with city.works.begin() as work:
        return await accounts.make_invite(work, city.people[who])


async def accept(city: City, token: str, password: str = PASSWORD) -> Person:
    async with city.works.begin() as work:
        return await accounts.accept_invite(work, token, password)


async def sign_in(city: City, login: str, password: str = PASSWORD) -> str:
    async with city.works.begin() as work:
        return (await accounts.sign_in(work, login, password, "笔记本"))[0]


async def owner(city: City, token: str) -> object:
    async with city.db.read() as session:
        return await accounts.person_of_token(session, token)


@pytest.mark.clause("C13")
async def test_a_token_is_one_devices_ends_and_only_its_hash_is_kept(db, clock) -> None:
    city = await build(db)
    await accept(city, await invited(city))
    by_mail = await sign_in(city, " staff@example.cn ")
    async with db.read() as session:
        person = await session.get(Person, city.people["staff"])
        kept = (await session.scalars(select(Session))).one()
    assert person is not None and PASSWORD not in person.password_hash and person.password_hash.startswith("$argon2")
    assert by_mail not in kept.model_dump_json() and kept.device == "笔记本"
    by_phone = await sign_in(city, person.phone)
    assert await owner(city, by_mail) == await owner(city, by_phone) == person.id
    async with city.works.begin() as work:
        await accounts.sign_out(work, by_mail)
    assert await owner(city, by_mail) is None and await owner(city, by_phone) == person.id
    clock.forward(hours=12)
    assert await owner(city, by_phone) is None and await owner(city, "made up") is None


@pytest.mark.clause("C13")
async def test_a_failed_sign_in_does_not_say_what_was_wrong(db, clock) -> None:
    city = await build(db)
    await accept(city, await invited(city))
    before = await city.counts()
    refusals = []
    for login, password in (("staff@example.cn", "wrong"), ("nobody@example.cn", PASSWORD), ("", PASSWORD),
                            ("head@example.cn", "")):  # fmt: skip
        with pytest.raises(Refused) as caught:
            await sign_in(city, login, password)
        refusals.append(caught.value.refusal)
    assert len(set(refusals)) == 1 and refusals[0].code == "sign_in_failed"
    assert await city.counts() == before


@pytest.mark.clause("C13")
async def test_a_link_works_once_for_a_week_and_ends_other_sign_ins(db, clock) -> None:
    city = await build(db)
    token = await invited(city)
    async with db.read() as session:
        assert token not in (await session.scalars(select(Invite))).one().model_dump_json()
    for weak in ("Kurz-1a", "nurkleinbuchstaben", "1234567890123"):
        with pytest.raises(Invalid):
            await accept(city, token, weak)
    await accept(city, token)
    session_token = await sign_in(city, "staff@example.cn")
    with pytest.raises(Refused) as caught:
        await accept(city, token, "Other-2026-ab")
    assert caught.value.refusal.code == "invite_invalid"
    await accept(city, await invited(city), "Other-2026-ab")
    assert await owner(city, session_token) is None
    late = await invited(city)
    clock.set(clock.now + timedelta(days=7))
    with pytest.raises(Refused):
        await accept(city, late)


@pytest.mark.clause("C13")
async def test_a_link_used_twice_at_once_works_once(db, clock) -> None:
    city = await build(db)
    token = await invited(city)
    outcomes = await asyncio.gather(*(accept(city, token) for _ in range(3)), return_exceptions=True)
    assert sorted(type(each).__name__ for each in outcomes) == ["Person", "Refused", "Refused"]

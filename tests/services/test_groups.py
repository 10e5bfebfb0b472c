"""A group's settings (C13, A3.5): set by the role that may, from now on, each change on the trail."""

from typing import Any

import pytest
from sqlalchemy import select

from app.models.people import Group
from app.models.records import Task, Trail
from app.services import groups
from app.services.groups import SettingsDraft
from tests.support.city import City, build
from tests.support.refusal import refused


async def edit(city: City, who: str, **settings: Any) -> Group:
    found: Group = await city.do(who, groups.edit_group, city.group, SettingsDraft(**settings))
    return found


@pytest.mark.clause("C13", "C6")
async def test_only_the_system_administrator_sets_and_the_trail_says_what(db, clock) -> None:
    city = await build(db)
    for who in ("leader", "director", "secadmin", "auditor", "staff"):
        async with refused(city, "not_your_role", "C13"):
            await edit(city, who, days={"signature_days": 1})
    await edit(city, "sysadmin", days={"signature_days": 1, "opinion_days": 5}, flags={"mail_titles": True})
    async with db.read() as session:
        rows = (await session.scalars(select(Trail).where(Trail.noun == "group").order_by(Trail.seq))).all()
        group = await session.get(Group, city.group)
    assert [(row.action, row.clause, row.actor_id) for row in rows] == [
        (action, "C13", city.people["sysadmin"]) for action in ("set_signature_days", "set_mail_titles")
    ], "what stayed as it was is no change"
    assert group.settings["signature_days"] == 1 and group.settings["general_affairs"], "the others stay"


@pytest.mark.clause("C13")
async def test_faulty_settings_are_refused_and_nothing_is_kept(db, clock) -> None:
    city = await build(db)
    wrong: list[dict[str, Any]] = [
        {"days": {"signature_days": -1}},
        {"days": {"signature_days": 400}},
        {"days": {"coffee_days": 1}},
        {"flags": {"anything": True}},
        {"units": {"general_affairs": city.units["市财政局"]}},
        {"units": {"finance_unit": city.units["综合部"]}},
        {"units": {"finance_unit": city.group}},
        {"body_code": "  "},
        {"document_kinds": []},
        {"document_kinds": ["通知", "便条"]},
        {"chase_hours": ("18:00", "09:00")},
        {"chase_hours": ("early", "late")},
        {"file_types": []},
        {"file_types": ["pdf", "exe"]},
        {"secrecy_officer": city.people["outsider"]},
        {"secrecy_officer": city.group},
    ]
    async with db.read() as session:
        group = await session.get(Group, city.group)
    for settings in wrong:
        async with refused(city, "invalid", "C13", group):
            await edit(city, "sysadmin", **settings, **({} if "days" in settings else {"days": {"check_days": 9}}))


@pytest.mark.clause("C13", "A3.5", "C14")
async def test_they_hold_from_now_on(db, clock) -> None:
    city = await build(db)
    _, _, decision = await city.decided()
    first = await city.document(decision, "registered")
    await edit(city, "sysadmin", body_code="江信领", days={"signature_days": 1}, document_kinds=["意见", "通知"])
    second = await city.document(decision, "registered")
    assert ((await city.fresh(first)).number, second.number) == ("江智领〔2026〕1号", "江信领〔2026〕1号")
    motion = await city.motion("submitted")
    async with db.read() as session:
        task = (await session.scalars(select(Task).where(Task.object_id == motion.id))).one()
    assert (task.due_on - clock.now.date()).days <= 3
    letter = await city.document(decision, kind="函")
    async with refused(city, "kind_allowed", "A3.5", letter):
        await city.act("staff", "document", letter, "submit")


@pytest.mark.clause("A3.5", "C13")
async def test_all_deputy_directors_sign_off_where_the_group_set_it_so(db, clock) -> None:
    city = await build(db)
    _, _, decision = await city.decided()
    await edit(city, "sysadmin", flags={"all_deputy_directors_sign": True})
    row = await city.document(decision)
    await city.act("staff", "document", row, "submit")
    await city.act("vice", "document", row, "vet")
    assert (await city.fresh(row)).state == "submitted"
    await city.act("vice2", "document", row, "vet")
    assert (await city.fresh(row)).state == "vetted"

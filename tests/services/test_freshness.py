"""Freshness (C16): what was given on an earlier text shows it, and only those concerned are asked again."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.models.matters import EarlierOpinion, Opinion
from app.models.people import Appointment, GroupUnit, Person, Unit
from app.models.records import Outbox, Signature, Task, Trail
from app.models.texts import TextVersion
from app.services import acts, corrections, documents, freshness, motions, opinions
from app.services.documents import DocumentDraft
from tests.support.city import City, build
from tests.support.refusal import refused, sees

AMENDED = "拟安排资金用于城市数据平台、数据安全等项目。分两年实施。"


async def rows(city: City, model: Any, *where: Any) -> list[Any]:
    async with city.db.read() as session:
        return list(
            (await session.scalars(select(model).where(*where).order_by(getattr(model, "id", None) or model.seq))).all()
        )


async def bureaus(city: City, count: int) -> dict[str, Any]:
    """Further member units, each with a head who answers for it."""
    async with city.db.write() as session:
        for number in range(count):
            unit = Unit(name=f"第{number}局", kind="member_unit")
            person = Person(name=f"第{number}局局长", phone=f"1390000{number:04d}")
            session.add_all([unit, person])
            await session.flush()
            city.units[unit.name], city.people[unit.name] = unit.id, person.id
            session.add(GroupUnit(group_id=city.group, unit_id=unit.id, kind="member_unit"))
            session.add(
                Appointment(person_id=person.id, group_id=city.group, role="unit_head", unit_id=unit.id,
                            starts_on=(await session.get(type(person), person.id)).created_at.date())
            )  # fmt: skip
    return {name: key for name, key in city.units.items() if name.startswith("第")}


async def in_review(city: City, *names: str, category: str = "A1.3(5)") -> tuple[Any, dict[str, Opinion]]:
    motion = await city.motion("admitted", category)
    asked = await city.do("staff", opinions.ask_opinions, motion.id, [city.units[name] for name in names])
    whose = {key: name for name, key in city.units.items()}
    return motion, {whose[row.unit_id]: row for row in asked}


async def amend(city: City, motion: Any, body: str = AMENDED, title: str = "") -> Any:
    return await city.do("staff", freshness.amend_motion, motion.id, title or motion.title, body, "按各单位意见修改")


@pytest.mark.clause("C16")
async def test_a_text_changed_after_ten_opinions(db, clock) -> None:
    """Ten have answered; five are asked again on the changed text, one by one; the others are left in peace."""
    city = await build(db)
    names = list(await bureaus(city, 12))
    motion, by_unit = await in_review(city, *names)
    for name in names[:10]:
        clock.forward(minutes=1)
        await city.do(name, opinions.answer_opinion, by_unit[name].id, "agree")
    clock.forward(days=1)
    await amend(city, motion)
    answered = await rows(city, Opinion, Opinion.position != "")
    assert len(answered) == 10 and all(row.stale and row.text_version_id for row in answered)
    (judged,) = {row.text_version_id for row in answered}
    version = await city.fresh(TextVersion(id=judged))
    assert (version.number, version.until, version.content_hash) == (1, clock.now, answered[0].text_hash)
    assert [(each["field"], each["before"], each["after"]) for each in version.changes] == [
        ("body", "拟安排资金用于城市数据平台等项目。", "拟安排资金用于城市数据平台、数据安全等项目。"),
        ("body", "", "分两年实施。"),
    ]
    assert ["added", "、数据安全"] in version.changes[0]["pieces"]

    late = by_unit[names[10]]  # answers on the changed text, and is fresh
    await city.do(names[10], opinions.answer_opinion, late.id, "agree")
    fresh = await city.fresh(late)
    assert not fresh.stale and fresh.text_hash != version.content_hash
    for row in (late, by_unit[names[11]]):
        code = "judged_earlier_text" if row is late else "wrong_state"
        async with refused(city, code, "C16", row):
            await city.do("staff", freshness.ask_opinion_again, row.id)
    for name in names[:5]:
        again = await city.do("staff", freshness.ask_opinion_again, by_unit[name].id)
        assert (again.state, again.position, again.stale, again.round) == ("asked", "", False, 2)
        assert again.due_on == again.first_due_on > clock.now.date()
    async with refused(city, "wrong_state", "C16", by_unit[names[0]]):  # not twice
        await city.do("staff", freshness.ask_opinion_again, by_unit[names[0]].id)
    open_tasks = await rows(city, Task, Task.kind == "opinion", Task.closed_at.is_(None))
    assert {task.object_id for task in open_tasks} == {by_unit[name].id for name in [*names[:5], names[11]]}
    earlier = await rows(city, EarlierOpinion)
    assert [(row.position, row.text_version_id, row.late) for row in earlier] == [("agree", judged, False)] * 5
    untouched = await rows(city, Opinion, Opinion.id.in_([by_unit[name].id for name in names[5:10]]))
    assert all(row.state == "answered" and row.stale and row.position == "agree" for row in untouched)
    done = await city.do(names[0], opinions.answer_opinion, by_unit[names[0]].id, "disagree", "分两年不妥。")
    assert (done.state, done.stale, done.text_hash) == ("answered", False, fresh.text_hash)


@pytest.mark.clause("C16")
async def test_a_text_that_comes_back_makes_what_was_given_on_it_fresh_again(db, clock) -> None:
    city = await build(db)
    motion, by_unit = await in_review(city, "市民政局")
    await city.do("civil", opinions.answer_opinion, by_unit["市民政局"].id, "agree")
    await amend(city, motion)
    assert (await city.fresh(by_unit["市民政局"])).stale
    await amend(city, motion, motion.body)
    assert not (await city.fresh(by_unit["市民政局"])).stale
    first, second = await rows(city, TextVersion, TextVersion.object_id == motion.id)
    assert (first.until, first.changes, second.until) == (None, [], clock.now)


@pytest.mark.clause("C16", "A3.2")
async def test_signers_see_the_change_and_are_asked_singly(db, clock) -> None:
    city = await build(db)
    motion, _ = await in_review(city, "市民政局")
    signed = {row.action: row for row in await rows(city, Signature, Signature.noun == "motion")}
    assert not any(row.stale for row in signed.values())
    for row in signed.values():
        async with refused(city, "signature_is_fresh", "C16", motion):
            await city.do("staff", freshness.ask_signer_again, motion.id, row.id)
    async with refused(city, "own_signature_on_earlier_text", "C16", motion):
        await city.do("leader", freshness.reaffirm, motion.id)
    await amend(city, motion)
    told = {row.person_id for row in await rows(city, Outbox, Outbox.event == "motion.amend")}
    assert told >= {city.people[who] for who in ("director", "in_charge", "leader", "civil")}
    assert all([(await city.fresh(row)).stale for row in signed.values()])
    async with refused(city, "signature_is_fresh", "C16", motion):  # the drafter amended it himself
        await city.do("staff", freshness.ask_signer_again, motion.id, signed["submit"].id)
    async with refused(city, "not_your_role", "C16", motion):
        await city.do("civil", freshness.ask_signer_again, motion.id, signed["admit"].id)
    await city.do("head", freshness.ask_signer_again, motion.id, signed["admit"].id)
    async with refused(city, "invalid", "C16", motion):
        await city.do("head", freshness.ask_signer_again, motion.id, signed["admit"].id)
    (task,) = await rows(city, Task, Task.kind == "reaffirmation")
    assert (task.holder, task.closed_at) == (f"{city.group}/leader", None)
    await city.do("leader", freshness.reaffirm, motion.id, "同意修改稿")
    assert (await city.fresh(task)).outcome == "reaffirm"
    (again,) = await rows(city, Signature, Signature.action == "reaffirm")
    assert not again.stale and again.content_hash != signed["admit"].content_hash
    assert (await city.fresh(signed["admit"])).content_hash == signed["admit"].content_hash, "it stays what it was"
    async with refused(city, "own_signature_on_earlier_text", "C16", motion):
        await city.do("leader", freshness.reaffirm, motion.id)


@pytest.mark.clause("C16", "A3.3", "A4.4")
async def test_a_text_is_amended_by_its_drafter_with_a_reason_and_goes_back_into_review(db, clock) -> None:
    city = await build(db)
    for state in ("admitted", "ready"):
        motion = await city.motion(state, "A1.3(5)")
        async with refused(city, "is_drafter", "A3.2", motion):
            await city.do("head", freshness.amend_motion, motion.id, motion.title, AMENDED, "改")
    for title, body, reason in (
        (motion.title, motion.body, "改"),
        (" ", AMENDED, "改"),
        ("长" * 201, AMENDED, "改"),
        (motion.title, AMENDED, " "),
    ):
        async with refused(city, "invalid", "", motion):
            await city.do("staff", freshness.amend_motion, motion.id, title, body, reason)
    async with refused(city, "state_secret", "A4.4", motion):
        await city.do("staff", freshness.amend_motion, motion.id, motion.title, "机密★10年", "改")
    await amend(city, motion)
    assert (await city.fresh(motion)).state == "under_review", "consolidated again on the changed text"
    draft = await city.motion("draft")
    async with refused(city, "wrong_state", "C16", draft):
        await amend(city, draft)
    (entry,) = await rows(city, Trail, Trail.action == "amend")
    assert entry.content_hash == (await rows(city, TextVersion, TextVersion.object_id == motion.id))[-1].content_hash


@pytest.mark.clause("C16", "A3.5")
async def test_signatures_of_a_document_show_a_correction_and_a_change_of_substance(db, clock) -> None:
    city = await build(db)
    _, _, decision = await city.decided()
    document = await city.document(decision, "signed_off")
    await city.do("staff", corrections.propose_correction, document.id, document.title, "现印发给你们,请执行。", "文字")
    await city.do("head", corrections.confirm_correction, document.id)
    signed = await rows(city, Signature, Signature.object_id == document.id, Signature.signs)
    assert len(signed) == 3 and all(row.stale and row.voided_at is None for row in signed)
    version = await city.fresh(TextVersion(id=signed[0].text_version_id))
    assert ["removed", "遵照"] in version.changes[0]["pieces"]
    draft = DocumentDraft("通知", document.title, "暂缓执行。", [decision.id], "各成员单位")
    await city.do("staff", documents.revise_document, document.id, draft, "改变内容")
    kept = await rows(city, TextVersion, TextVersion.object_id == document.id)
    assert [row.until is None for row in kept] == [False, False, True]
    assert kept[0].cells["body"] == document.body


@pytest.mark.clause("C16", "A4.4")
async def test_drafts_from_before_one_had_part_stay_unseen(db, clock) -> None:
    """A unit sees the text it was asked on and all later ones, not what the drafter wrote before."""
    city = await build(db)
    motion = await city.motion("draft", "A1.3(5)")
    clock.forward(hours=1)
    await city.do("staff", motions.edit_motion, motion.id, city.draft("A1.3(5)", body="第二稿。"))
    clock.forward(hours=1)
    for who, action in (("staff", "submit"), ("director", "endorse"), ("in_charge", "review"), ("leader", "admit")):
        await city.act(who, "motion", motion, action)
    clock.forward(hours=1)
    await city.do("staff", opinions.ask_opinions, motion.id, [city.units["市民政局"]])
    clock.forward(hours=1)
    await amend(city, motion, "第三稿。")
    texts = await rows(city, TextVersion, TextVersion.object_id == motion.id)
    assert [row.number for row in texts] == [1, 2, 3]
    assert [await sees(city, "civil", row) for row in texts] == [False, True, True]
    assert [await sees(city, "staff", row) for row in texts] == [True, True, True]
    for who in ("police", "auditor", "nobody"):
        assert not any([await sees(city, who, row) for row in texts])


@pytest.mark.clause("C16")
async def test_what_was_given_before_versions_were_kept_is_found_by_its_hash(db, clock) -> None:
    """An older database has hashes without versions: the text is kept before it changes, and they are bound to it."""
    city = await build(db)
    motion, by_unit = await in_review(city, "市民政局")
    await city.do("civil", opinions.answer_opinion, by_unit["市民政局"].id, "agree")
    async with city.db.write() as session:
        for row in (await session.scalars(select(TextVersion))).all():
            await session.delete(row)
        for model in (Signature, Opinion):
            for row in (await session.scalars(select(model))).all():
                row.text_version_id = None
    await amend(city, motion)
    opinion = await city.fresh(by_unit["市民政局"])
    assert opinion.stale and (await city.fresh(TextVersion(id=opinion.text_version_id))).changes
    admit = next(row for row in await rows(city, Signature) if row.action == "admit")
    assert admit.stale and admit.text_version_id == opinion.text_version_id


@pytest.mark.clause("C16")
async def test_nobody_is_asked_again_once_the_review_is_over(db, clock) -> None:
    city = await build(db)
    motion = await city.motion("ready", "A1.3(5)")
    (opinion,) = await rows(city, Opinion, Opinion.motion_id == motion.id)
    async with refused(city, "motion_in_review", "A3.3", opinion):
        await city.do("staff", freshness.ask_opinion_again, opinion.id)
    await amend(city, motion)
    async with refused(city, "invalid", "C16", opinion):
        yesterday = clock.now.date() - timedelta(days=1)
        await city.do("staff", freshness.ask_opinion_again, opinion.id, yesterday)
    async with refused(city, "invalid", "", opinion):  # a payload of its own: not by the general way
        await city.do("staff", acts.act, "opinion", opinion.id, "ask_again")
    assert (await city.do("staff", freshness.ask_opinion_again, opinion.id)).state == "asked"

"""Search in Chinese (C11): exact for two signs and more, up to date with every act, blind to what one may not see."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from app.core.clock import today
from app.core.refusals import Invalid
from app.models.search import SearchEntry
from app.queries import search as queries
from app.queries.actors import load_actor
from app.queries.search import Wanted
from app.queries.visibility import View
from app.services import documents, motions
from app.services.documents import DocumentDraft
from tests.support.city import City, build


async def found(city: City, who: str, text: str, **where: Any) -> list[tuple[str, Any]]:
    """What this person finds; the count says the same."""
    async with city.db.read() as session:
        view = View(await load_actor(session, city.people.get(who)), await city.works.policies.current(session))
        wanted = Wanted(text, **where)
        hits = await queries.search(session, view, wanted, 50)
        assert await queries.count(session, view, wanted) == len(hits)
        return hits


@pytest.mark.clause("C11")
async def test_two_signs_and_more_are_found_where_they_stand_together(db, clock) -> None:
    city = await build(db)
    motion = await city.motion(title="关于公共停车信息共享的办法", body="由市公安局牵头,接入APP〔2026〕3号。")
    other = await city.motion(title="共享停车方案", body="另行研究")
    for text in (
        "停车信息",
        "停车",
        "共享的办法",
        "公安局",
        "市公安局牵头",
        "app",
        "2026",
        "3号",
        "停车 牵头",
        "ＡＰＰ",
    ):
        assert ("motion", motion.id) in await found(city, "staff", text), text
    assert {key for _, key in await found(city, "staff", "停车")} == {motion.id, other.id}
    for text in ("停信", "牵头接入", "车停", "停车 教育", "办法由"):
        assert ("motion", motion.id) not in await found(city, "staff", text), text
    for text in ("", "停", "停 ,车"):
        with pytest.raises(Invalid) as caught:
            await found(city, "staff", text)
        assert caught.value.refusal.clause == "C11"


@pytest.mark.clause("C11", "A4.4")
async def test_nothing_unseen_is_found_or_counted(db, clock) -> None:
    city = await build(db)
    motion = await city.motion("submitted", title="数据平台资金安排")
    secret = await city.motion("submitted", title="数据平台安全加固", disclosure="restricted")
    sight = {"staff": {motion.id, secret.id}, "director": {motion.id, secret.id}, "leader": set(), "finance": set(),
             "sysadmin": set(), "auditor": set(), "outsider": set(), "": set()}  # fmt: skip
    for who, ids in sight.items():
        assert {key for _, key in await found(city, who, "数据平台")} == ids, who
    await city.act("director", "motion", motion, "endorse")
    assert {key for _, key in await found(city, "in_charge", "数据平台")} == {motion.id}


@pytest.mark.clause("C11")
async def test_all_four_kinds_are_searched_and_every_change_is_found_at_once(db, clock) -> None:
    city = await build(db)
    _, meeting, decision = await city.decided()
    document = await city.document(decision)
    kinds = {noun for noun, _ in await found(city, "staff", "资金安排")}
    assert kinds == {"motion", "document"}
    assert await found(city, "staff", "一号会议室") == [("meeting", meeting.id)]
    draft = DocumentDraft("通知", "关于印发年度计划的通知", "请认真组织实施。", [decision.id], "各成员单位")
    await city.do("staff", documents.revise_document, document.id, draft, "改题")
    assert await found(city, "staff", "认真组织") == [("document", document.id)]
    assert ("document", document.id) not in await found(city, "staff", "遵照执行")
    registered = await city.document(decision, "registered")
    assert await found(city, "staff", f"{registered.number[-2:]}", kinds=["document"]) == [("document", registered.id)]
    edited = await city.motion(title="原来的题目")
    await city.do("staff", motions.edit_motion, edited.id, city.draft(title="后来的题目"))
    assert await found(city, "staff", "原来的题目") == []
    assert await found(city, "staff", "后来的题目") == [("motion", edited.id)]
    async with db.read() as session:
        lines = await session.scalar(select(func.count()).select_from(SearchEntry).filter_by(object_id=edited.id))
    assert lines == 1, "the old text is gone from the index"


@pytest.mark.clause("C11")
async def test_filters_narrow_what_is_found(db, clock) -> None:
    city = await build(db)
    early = await city.motion(title="城市数据平台一期")
    clock.forward(days=3)
    late = await city.motion("submitted", title="城市数据平台二期")
    everything = [("motion", late.id), ("motion", early.id)]
    assert await found(city, "staff", "城市数据平台", kinds=["motion"]) == everything, "the newest first"
    assert await found(city, "staff", "城市数据平台", kinds=["meeting"]) == []
    assert await found(city, "staff", "城市数据平台", states=["submitted"]) == everything[:1]
    assert await found(city, "staff", "城市数据平台", group_id=city.group) == everything
    assert await found(city, "staff", "城市数据平台", group_id=early.id) == []
    assert await found(city, "staff", "城市数据平台", since=today()) == everything[:1]
    assert await found(city, "staff", "城市数据平台", until=today() - timedelta(days=1)) == everything[1:]


async def broken_off(city: City) -> None:
    async with city.works.begin() as work:
        actor = await load_actor(work.session, city.people["staff"])
        await motions.draft_motion(work, actor, city.group, city.draft(title="没有写成的题目"))
        raise RuntimeError("broken off")


@pytest.mark.clause("C11")
async def test_what_is_rolled_back_is_not_found(db, clock) -> None:
    city = await build(db)
    with pytest.raises(RuntimeError, match="broken off"):
        await broken_off(city)
    assert await found(city, "staff", "没有写成") == []

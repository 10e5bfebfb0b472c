"""Files of matters: who may put them in when, what they do to a text, when others see them; and what a crash leaves."""

import hashlib
import io
import os
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from app.adapters.files import FileMissing, FolderStore
from app.core.clock import today
from app.models.matters import Item
from app.models.papers import Attachment
from app.models.people import PaperAuthority
from app.models.records import Signature
from app.models.texts import TextVersion
from app.services import attachments, directives, expert_views, filing, opinions, panels
from app.services.attachments import Content, Target
from app.services.directives import DirectiveDraft
from app.services.paper import PaperEntry
from tests.support.city import City, build
from tests.support.experts import members, named_panel, pool
from tests.support.paper import entered
from tests.support.refusal import refused, sees


def content(name: str = "方案.pdf", text: bytes = b"%PDF") -> Content:
    return Content(name, name.rpartition(".")[2], len(text), hashlib.sha256(text).hexdigest())


async def put(city: City, who: str, noun: str, row: Any, file: Content | None = None, **target: Any) -> Attachment:
    found: Attachment = await city.do(who, attachments.put, Target(noun, row.id, **target), file or content())
    return found


@pytest.mark.clause("C8", "A4.2", "C16")
async def test_the_office_puts_in_the_papers_of_a_motion_and_after_admission_only_with_a_reason(db, clock) -> None:
    city = await build(db)
    motion = await city.motion("draft")
    for who in ("director", "leader"):
        code = "not_your_role" if who == "director" else "not_found"
        async with refused(city, code, "", motion):
            await put(city, who, "motion", motion)
    row = await put(city, "planner", "motion", motion)
    assert (await city.fresh(motion)).annexes.startswith("方案.pdf(第1版")
    await city.act("staff", "motion", motion, "submit")
    async with refused(city, "wrong_state", "A4.2", motion):
        await put(city, "staff", "motion", motion, content("补充.pdf"))
    async with refused(city, "wrong_state", "A4.2", motion):
        await city.do("staff", attachments.withdraw, row.id, "有误")
    for who, action in (("director", "endorse"), ("in_charge", "review"), ("leader", "admit")):
        await city.act(who, "motion", motion, action)
    async with refused(city, "invalid", "A4.2", motion):
        await put(city, "staff", "motion", motion, content("补充.pdf"))
    await put(city, "staff", "motion", motion, content("补充.pdf"), reason="按审定要求补充预算表")
    async with refused(city, "not_found", "A4.4", motion):
        await put(city, "staff", "motion", motion, content("方案.pdf", b"2"), reason="改", replaces=motion.id)
    async with refused(city, "invalid", "C8", motion):
        await put(city, "staff", "motion", motion, content("补充.pdf", b"2"), reason="改", replaces=row.id)
    await put(city, "staff", "motion", motion, content("新方案.pdf", b"2"), reason="改", replaces=row.id)
    async with db.read() as session:
        kept = (await session.scalars(select(Attachment).where(Attachment.series_id == row.id))).all()
    assert sorted((each.number, each.name, each.until is None) for each in kept) == [
        (1, "方案.pdf", False), (2, "新方案.pdf", True)
    ]  # fmt: skip


@pytest.mark.clause("C16", "A3.3", "C8")
async def test_a_paper_that_changes_after_an_opinion_makes_it_stale_and_shows_what_changed(db, clock) -> None:
    city = await build(db)
    motion = await city.motion("ready")
    await put(city, "staff", "motion", motion, content(), reason="补充方案")
    async with db.read() as session:
        signed = (await session.scalars(select(Signature).where(Signature.object_id == motion.id))).all()
        query = select(TextVersion).where(TextVersion.object_id == motion.id).order_by(TextVersion.number)
        versions = (await session.scalars(query)).all()
    assert {row.action for row in signed if row.stale} >= {"endorse", "review", "admit"}
    (change,) = versions[0].changes
    assert (change["field"], change["kind"]) == ("annexes", "added") and "方案.pdf" in change["after"]


@pytest.mark.clause("A3.3", "A4.4")
async def test_files_with_an_opinion_are_the_units_own_until_it_answers(db, clock) -> None:
    city = await build(db)
    motion = await city.motion("admitted")
    asked = await city.do("staff", opinions.ask_opinions, motion.id, [city.units["市民政局"]])
    own = next(row for row in asked if row.unit_id == city.units["市民政局"])
    for who in ("finance", "staff"):
        code = "not_found" if who == "finance" else "of_asked_unit"
        async with refused(city, code, "", own):
            await put(city, who, "opinion", own)
    row = await put(city, "civil", "opinion", own)
    assert await sees(city, "civil", row)
    assert not await sees(city, "staff", row) and not await sees(city, "leader", row)
    await city.do("civil", opinions.answer_opinion, own.id, "agree")
    assert await sees(city, "staff", row) and await sees(city, "leader", row)
    assert not await sees(city, "finance", row), "units do not read one another's answers"
    async with refused(city, "wrong_state", "A3.3", own):
        await put(city, "civil", "opinion", own, content("晚了.pdf"))


@pytest.mark.clause("A3.3", "A4.4")
async def test_a_department_that_is_asked_keeps_its_files_to_itself_as_well(db, clock) -> None:
    city = await build(db)
    motion = await city.motion("admitted")
    asked = await city.do("staff", opinions.ask_opinions, motion.id, [city.units["规划项目部"]])
    own = next(row for row in asked if row.unit_id == city.units["规划项目部"])
    async with refused(city, "of_asked_unit", "A3.3", own):
        await put(city, "staff", "opinion", own)
    row = await put(city, "planner", "opinion", own)
    assert await sees(city, "planning_head", row) and not await sees(city, "staff", row)
    await city.do("planning_head", opinions.answer_opinion, own.id, "agree")
    assert await sees(city, "staff", row)


@pytest.mark.clause("C3", "C19")
async def test_evidence_belongs_to_the_report_with_which_it_is_handed_in(db, clock) -> None:
    city = await build(db)
    draft = DirectiveDraft("编制计划", "计划印发到12个单位", city.units["市公安局"], today() + timedelta(days=60))
    row = await city.do("vice", directives.draft_directive, city.group, draft)
    await city.do("vice", directives.issue_directive, row.id)
    async with refused(city, "wrong_state", "C3", row):
        await put(city, "police", "directive", row)
    await city.act("police", "directive", row, "acknowledge")
    file = await put(city, "police", "directive", row)
    assert not await sees(city, "vice", file)
    report = await city.do("police", directives.report_progress, row.id, "已完成初稿。")
    assert await sees(city, "vice", file)
    assert (await city.fresh(file)).about_id == report.id
    next_one = await put(city, "police", "directive", row, content("第二份.pdf"))
    assert (await city.fresh(next_one)).about_id is None


@pytest.mark.clause("C20")
async def test_the_clerk_adds_the_scan_of_what_he_entered_from_paper(db, clock) -> None:
    city = await build(db)
    motion = await city.motion("submitted")
    async with db.write() as session:
        session.add(PaperAuthority(group_id=city.group, principal_id=city.people["director"],
                                   clerk_id=city.people["head"]))  # fmt: skip
    entry = PaperEntry(city.people["director"], today(), "综合部1号柜")
    await entered(city, "head", "motion", motion, "endorse", entry)
    async with db.read() as session:
        signature = await session.scalar(select(Signature).where(Signature.action == "endorse"))
    assert signature is not None
    other = await city.motion("submitted")
    async with refused(city, "not_found", "A4.4", motion, other):  # it is the scan of what was signed here
        await put(city, "head", "motion", other, content("签批件.jpg"), signature_id=signature.id)
    async with refused(city, "not_the_clerk", "C20", motion):
        await put(city, "staff", "motion", motion, content("签批件.jpg"), signature_id=signature.id)
    text = (await city.fresh(motion)).annexes
    row = await put(city, "head", "motion", motion, content("签批件.jpg"), signature_id=signature.id)
    assert (row.purpose, row.about_id) == ("scan", signature.id)
    assert (await city.fresh(motion)).annexes == text, "a scan is no part of the text that was signed"


@pytest.mark.clause("A4.4")
async def test_whoever_comes_later_sees_no_version_that_was_replaced_before(db, clock) -> None:
    city = await build(db)
    motion = await city.motion("draft")
    first = await put(city, "staff", "motion", motion)
    clock.forward(minutes=1)
    second = await put(city, "staff", "motion", motion, content(text=b"2"))
    clock.forward(minutes=1)
    for who, action in (("staff", "submit"), ("director", "endorse")):
        await city.act(who, "motion", motion, action)
    assert await sees(city, "in_charge", second) and not await sees(city, "in_charge", first)
    assert await sees(city, "staff", first)


@pytest.mark.clause("A3.4", "C8")
async def test_a_paper_that_changes_after_delivery_is_not_delivered_any_more(db, clock) -> None:
    city = await build(db)
    motion = await city.motion("ready")
    meeting, item = await city.meeting(motion)
    assert item.papers_delivered_at
    await put(city, "staff", "motion", motion, content(), reason="补充方案")
    assert (await city.fresh(item)).papers_delivered_at is None
    clock.set(meeting.starts_at)
    async with refused(city, "papers_in_time", "A3.4", meeting):
        await city.act("leader", "meeting", meeting, "open")
    async with db.read() as session:
        assert (await session.scalars(select(Item.papers_delivered_at))).all() == [None]


async def old(store: FolderStore) -> None:
    """Let two hours pass for everything that lies in the store."""
    past = time.time() - 7200
    for path in store.root.rglob("*"):
        if path.is_file():
            os.utime(path, (past, past))


@pytest.mark.clause("C8")
async def test_what_a_crash_has_left_is_swept_and_nothing_else(db, clock, tmp_path: Path) -> None:
    city = await build(db)
    motion = await city.motion("draft")
    store = FolderStore(tmp_path / "files")
    kept, orphan = content(text=b"kept"), content(text=b"left by a crash")
    await store.keep(kept.digest, io.BytesIO(b"kept"))
    await put(city, "staff", "motion", motion, kept)
    await store.keep(orphan.digest, io.BytesIO(b"left by a crash"))
    (store.incoming / "half").write_bytes(b"half of a file")
    assert await filing.sweep(db, store) == 0, "an upload may still be on its way"
    await old(store)
    await store.keep(orphan.digest, io.BytesIO(b"left by a crash"))
    assert await filing.sweep(db, store) == 1, "sent once more, it is on its way again"
    await old(store)
    assert await filing.sweep(db, store) == 1
    assert b"".join([piece async for piece in await store.read(kept.digest)]) == b"kept"
    for digest in (orphan.digest, "../../etc/passwd", "half"):
        with pytest.raises(FileMissing):
            await store.read(digest)
    assert list(store.incoming.iterdir()) == []
    async with db.read() as session:
        assert await filing.verify(session, store) == (1, [])
    path = store.root / kept.digest[:2] / kept.digest
    path.write_bytes(b"changed by hand")
    async with db.read() as session:
        assert await filing.verify(session, store) == (1, [(kept.digest, "is not what was put in")])
    path.unlink()
    async with db.read() as session:
        assert await filing.verify(session, store) == (1, [(kept.digest, "is missing")])


@pytest.mark.clause("C8")
async def test_files_are_so_many_at_most_and_only_of_what_has_files(db, clock, monkeypatch: pytest.MonkeyPatch) -> None:
    city = await build(db)
    motion = await city.motion("ready")
    meeting, item = await city.meeting(motion, deliver=False)
    for noun, row in (("meeting", meeting), ("item", item)):
        async with refused(city, "invalid", "C8", row):
            await put(city, "staff", noun, row)
    other = await city.motion("draft")
    monkeypatch.setattr(attachments, "MOST_FILES", 1)
    first = await put(city, "staff", "motion", other)
    async with refused(city, "invalid", "C8", other):
        await put(city, "staff", "motion", other, content("另一份.pdf"))
    second = await put(city, "staff", "motion", other, content(text=b"2"))
    for reason, row, code in ((" ", second, "invalid"), ("传错了", first, "not_present")):
        async with refused(city, code, "C8", row):
            await city.do("staff", attachments.withdraw, row.id, reason)


@pytest.mark.clause("A3.7", "A4.4")
async def test_files_with_an_experts_view_are_his_until_he_gives_it(db, clock) -> None:
    city = await build(db)
    experts = await pool(city, 3)
    motion = await city.motion("ready", "A1.3(2)")
    panel = await named_panel(city, motion, experts)
    await city.do("staff", panels.call_panel, panel.id)
    mine, other, _ = await members(city, panel)
    async with refused(city, "not_found", "A4.4", other):
        await put(city, "expert1", "panel_member", other)
    row = await put(city, "expert1", "panel_member", mine)
    assert await sees(city, "expert1", row) and not await sees(city, "staff", row)
    await city.do("expert1", expert_views.give_view, mine.id, "agree", 80, "方案可行。")
    assert await sees(city, "staff", row) and await sees(city, "leader", row)
    assert not await sees(city, "expert2", row)
    async with refused(city, "wrong_state", "A3.7", mine):
        await put(city, "expert1", "panel_member", mine, content("补充.pdf"))


@pytest.mark.clause("A3.5", "C8")
async def test_the_annexes_of_a_document_are_part_of_what_is_signed(db, clock) -> None:
    city = await build(db)
    _, _, decision = await city.decided()
    document = await city.document(decision)
    async with refused(city, "is_drafter", "A3.2", document):
        await put(city, "planner", "document", document)
    before = document.content_hash
    await put(city, "staff", "document", document, content("附件1.pdf"))
    document = await city.fresh(document)
    assert document.annexes.startswith("附件1.pdf") and document.content_hash != before
    await city.act("staff", "document", document, "submit")
    async with refused(city, "wrong_state", "A3.5", document):
        await put(city, "staff", "document", document, content("附件2.pdf"))
    signed = (await city.act("vice", "document", document, "vet")).signatures[-1]
    assert signed.content_hash == document.content_hash


@pytest.mark.clause("B2.4", "C8")
async def test_the_head_of_a_department_puts_in_the_papers_of_its_topic(db, clock) -> None:
    city = await build(db)
    topic = await city.topic()
    async with refused(city, "heads_department", "B2.4", topic):
        await put(city, "tech_head", "topic", topic)
    await put(city, "planning_head", "topic", topic)
    assert (await city.fresh(topic)).annexes.startswith("方案.pdf")

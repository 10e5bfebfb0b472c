"""Editorial corrections in the circuit of a document (A3.5)."""

import pytest

from app.core.refusals import Refused
from app.services import corrections, documents, motions, publications
from tests.support.city import build


@pytest.mark.clause("A3.5")
async def test_a_correction_keeps_the_signatures_only_with_a_second_reader(db, clock) -> None:
    city = await build(db)
    _, _, decision = await city.decided()
    document = await city.document(decision, "signed")
    await city.do(
        "staff", corrections.propose_correction, document.id, document.title, "现印发给你们，请遵照执行。", "标点"
    )
    before = await city.counts()
    with pytest.raises(Refused) as refused:
        await city.do("staff", corrections.confirm_correction, document.id)
    assert refused.value.refusal.code == "second_reader"
    assert await city.counts() == before
    assert (await city.fresh(document)).body == "现印发给你们,请遵照执行。"

    await city.do("head", corrections.confirm_correction, document.id)
    for who, action in (("deputy", "countersign"), ("deputy2", "countersign"), ("leader", "issue")):
        document = (await city.act(who, "document", document, action)).row
    document = await city.do("head", documents.register_document, document.id)
    assert document.body == "现印发给你们，请遵照执行。"
    assert document.number.endswith("1号")


@pytest.mark.clause("A3.5")
async def test_an_open_correction_stops_registration_and_a_dropped_one_does_not(db, clock) -> None:
    city = await build(db)
    _, _, decision = await city.decided()
    document = await city.document(decision, "issued")
    await city.do("staff", corrections.propose_correction, document.id, "新标题", document.body, "标题")
    with pytest.raises(Refused) as refused:
        await city.do("head", documents.register_document, document.id)
    assert refused.value.refusal.code == "no_correction_pending"
    await city.do("head", corrections.drop_correction, document.id, "不是文字更正")
    assert (await city.do("head", documents.register_document, document.id)).title == document.title


@pytest.mark.clause("C10")
async def test_the_public_text_changes_only_before_the_check_or_after_it_came_back(db, clock) -> None:
    city = await build(db)
    _, _, decision = await city.decided()
    document = await city.document(decision, "registered")
    row = await city.do("staff", publications.draft_publication, document.id, "公开", "初稿")
    await city.do("staff", publications.edit_publication, row.id, "公开", "二稿")
    await city.act("staff", "publication", row, "submit")
    before = await city.counts()
    with pytest.raises(Refused) as refused:
        await city.do("staff", publications.edit_publication, row.id, "公开", "偷改")
    assert refused.value.refusal.code == "not_editable"
    assert await city.counts() == before
    await city.act("director", "publication", row, "return", reason="删去内部数字")
    await city.do("staff", publications.edit_publication, row.id, "公开", "三稿")
    await city.act("staff", "publication", row, "submit")
    await city.act("director", "publication", row, "clear")
    assert (await city.do("staff", publications.publish, row.id)).text == "三稿"


@pytest.mark.clause("A3.7")
async def test_another_category_brings_its_presumption_of_being_technical(db, clock) -> None:
    city = await build(db)
    motion = await city.motion("draft", "A1.3(5)")
    assert not motion.technical
    changed = await city.do("staff", motions.edit_motion, motion.id, city.draft("A1.3(2)"))
    assert changed.technical


@pytest.mark.clause("A3.5")
async def test_a_confirmed_correction_stays_on_record_with_both_readers_and_both_hashes(db, clock) -> None:
    city = await build(db)
    _, _, decision = await city.decided()
    document = await city.document(decision, "signed")
    proposed = await city.do(
        "staff", corrections.propose_correction, document.id, document.title, "请遵照执行!", "标点"
    )
    kept = await city.fresh(proposed)
    assert (kept.proposed_by, kept.confirmed_by, kept.after_hash) == (city.people["staff"], None, "")
    await city.do("head", corrections.confirm_correction, document.id)
    kept = await city.fresh(proposed)
    assert (kept.confirmed_by, kept.confirmed_at) == (city.people["head"], clock.now)
    assert kept.before_hash == document.content_hash != kept.after_hash == (await city.fresh(document)).content_hash

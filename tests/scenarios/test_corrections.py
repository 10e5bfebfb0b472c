"""Editorial corrections in the circuit of a document (A3.5)."""

import pytest

from app.core.refusals import Refused
from app.services import corrections, documents
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

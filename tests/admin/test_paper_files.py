"""Papers in the national layout, taken by a page and by a client, as far as one may read them (A4.4, B2.6, C8)."""

from io import BytesIO
from urllib.parse import unquote

import pytest
from docx import Document
from sqlalchemy import select

from app.models.matters import Decision
from app.models.minutes import Extract
from app.models.outcome import Document as DocumentRow
from app.models.records import Trail
from tests.admin.conftest import Pages
from tests.services.test_minutes import held, issued, rows_of


def texts(content: bytes) -> list[str]:
    return [row.text for row in Document(BytesIO(content)).paragraphs]


@pytest.mark.clause("B2.6", "C8")
async def test_minutes_and_extracts_come_as_papers(pages: Pages) -> None:
    row = await issued(pages.city, await held(pages.city))
    (sent,) = await rows_of(pages.city, Extract)
    staff, finance = await pages.sign_in("staff"), await pages.sign_in("finance")
    page = (await staff.get(f"/admin/documents/{row.id}")).text
    assert f"/files/document/{row.id}/paper.docx" in page
    answer = await staff.get(f"/files/document/{row.id}/paper.docx")
    assert answer.status_code == 200 and "组长会议纪要-2026-03-09.docx" in unquote(
        answer.headers["content-disposition"]
    )
    lines = texts(answer.content)
    assert lines[0] == "市智慧城市领导小组组长会议纪要" and "江智领纪〔2026〕1号" in lines
    assert "列席：市财政局" in lines and "请假：市民政局" in lines
    assert f"/files/extract/{sent.id}/paper.docx" in (await finance.get(f"/admin/extracts/{sent.id}")).text
    mine = await finance.get(f"/files/extract/{sent.id}/paper.docx")
    assert "一、2027年度信息化资金安排计划" in texts(mine.content)


@pytest.mark.clause("A4.4", "C8")
async def test_what_one_may_not_read_is_not_found_and_a_restricted_one_is_recorded(pages: Pages) -> None:
    row = await issued(pages.city, await held(pages.city))
    finance = await pages.sign_in("finance")
    for address in (f"/files/document/{row.id}/paper.docx", f"/files/motion/{row.id}/paper.docx",
                    "/files/document/nothing/paper.docx"):  # fmt: skip
        assert (await finance.get(address)).status_code == 404, address
    async with pages.city.db.write() as session:
        (await session.get(DocumentRow, row.id)).disclosure = "restricted"
    staff = await pages.sign_in("staff")
    assert (await staff.get(f"/files/document/{row.id}/paper.docx")).status_code == 200
    (entry,) = await rows_of_trail(pages)
    assert (entry.object_id, entry.actor_id) == (row.id, pages.city.people["staff"])


async def rows_of_trail(pages: Pages) -> list[Trail]:
    async with pages.city.db.read() as session:
        return list((await session.scalars(select(Trail).where(Trail.action == "read"))).all())


@pytest.mark.clause("B2.6", "C17", "C1")
async def test_the_pages_draft_point_out_and_receive(pages: Pages) -> None:
    city = pages.city
    meeting = await held(city)
    staff = await pages.sign_in("staff")
    here = f"/admin/meetings/{meeting.id}"
    assert "起草纪要" in (await staff.get(here)).text
    await staff.post(f"/admin/act/meeting/{meeting.id}/draft_minutes", {"back": here})
    (row,) = await rows_of(city, DocumentRow)
    claimed = row.body.replace("会议审议通过", "会议决定成立工作专班。会议审议通过")
    await staff.post(f"/admin/act/document/{row.id}/revise", {"title": row.title, "body": claimed, "reason": "补充"})
    page = (await staff.get(f"/admin/documents/{row.id}")).text
    assert "会议决定成立工作专班" in page and "记录的议定事项中没有这一内容" in page
    await staff.post(f"/admin/act/document/{row.id}/confirm_claims", {"reason": "据录音"})
    await staff.post(f"/admin/act/document/{row.id}/put_to_presider")
    assert (await city.fresh(row)).state == "checking"
    await staff.post(f"/admin/act/meeting/{meeting.id}/correct_record", {"record": "attendance:none", "reason": "漏签"})
    page = (await staff.get(here)).text
    assert "更正会议记录" in page and "补记发言" in page
    (decision,) = await rows_of(city, Decision)
    missing = {"record": f"item:{decision.item_id}", "unit_id": str(city.units["市财政局"]), "text": "按季拨付。",
               "position": "agree", "reason": "漏记"}  # fmt: skip
    await staff.post(f"/admin/act/meeting/{meeting.id}/correct_record", missing)
    page = (await staff.get(here)).text
    assert "<ins>按季拨付。</ins>" in page and "<ins>同意</ins>" in page

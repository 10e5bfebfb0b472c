"""The page on which papers are read, and the office's list of who has not (A4.2)."""

from typing import Any

import pytest

from app.services import attachments, meetings
from app.services.attachments import Target
from tests.admin.conftest import Pages
from tests.services.test_attachments import content


@pytest.mark.clause("A4.2", "A3.4")
async def test_papers_are_read_on_a_page_and_the_office_sees_who_has_not(pages: Pages, clock: Any) -> None:
    city = pages.city
    motion = await city.motion("ready")
    meeting, _ = await city.meeting(motion)
    address = f"/admin/meetings/{meeting.id}/papers"
    finance, staff = await pages.sign_in("finance"), await pages.sign_in("staff")
    assert address in (await finance.get(f"/admin/meetings/{meeting.id}")).text
    text = (await finance.get(address)).text
    assert "待阅" in text and motion.title in text and "各单位均同意。" in text and "阅读情况" not in text
    seen = (await staff.get(address)).text
    assert "阅读情况" in seen and "市财政局" in seen and "1/1" in seen and "待阅" not in seen
    assert (await finance.post(address)).status_code == 303
    assert "待阅" not in (await finance.get(address)).text
    assert (await finance.post(address)).status_code == 409
    assert "全部已阅" in (await staff.get(address)).text
    clock.forward(minutes=10)
    target = Target("motion", motion.id, reason="补充")
    await city.do("staff", attachments.put, target, content("补充.pdf"))
    await city.do("head", meetings.deliver_papers, meeting.id)
    text = (await finance.get(address)).text
    assert "第2版" in text and "与上一版的不同" in text and "待阅" in text and "补充.pdf" in text
    assert (await (await pages.sign_in("police")).get(address)).status_code == 404

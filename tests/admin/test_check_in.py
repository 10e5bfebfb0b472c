"""Signing in at the door: the picture in the hall, and the page to which it leads (A4.1)."""

import pytest

from app.admin import check_in as page
from tests.admin.conftest import Pages
from tests.services.test_meetings import attendance

pytestmark = pytest.mark.clause("A4.1")


async def test_a_telephone_that_reads_the_picture_signs_its_unit_in(pages: Pages, monkeypatch) -> None:
    city = pages.city
    meeting, _ = await city.meeting(await city.motion("ready"))
    await city.act("leader", "meeting", meeting, "open")
    meeting = await city.fresh(meeting)
    drawn: list[str] = []
    picture = page.picture
    monkeypatch.setattr(page, "picture", lambda address: drawn.append(address) or picture(address))
    office, unit, stranger = [await pages.sign_in(who) for who in ("staff", "finance", "district")]
    image = f"/admin/meetings/{meeting.id}/sign-in.svg"
    assert image in (await office.get(f"/admin/meetings/{meeting.id}")).text
    answer = await office.get(image)
    assert answer.headers["content-type"].startswith("image/svg+xml") and b"<svg" in answer.content
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    (address,) = drawn
    link = address.removeprefix("http://127.0.0.1:8000")
    assert link == f"/admin/meetings/{meeting.id}/check-in/{meeting.sign_in_code}"
    assert (await unit.get(image)).status_code == 404, "the number is shown in the hall"
    assert image not in (await unit.get(f"/admin/meetings/{meeting.id}")).text
    assert (await stranger.get(link)).status_code == 404
    assert (await pages.anybody().get(link)).headers["location"].endswith(link), "after signing in he comes back"
    text = (await unit.get(link)).text
    row = (await attendance(city, meeting))["市财政局"]
    act = f"/admin/act/attendance/{row.id}/check_in"
    assert f'action="{act}"' in text and f'value="{meeting.sign_in_code}"' in text
    assert (await unit.post(act, {"code": "000000", "back": link})).status_code == 409
    assert (await unit.post(act, {"code": meeting.sign_in_code, "back": link})).status_code == 303
    assert (await city.fresh(row)).state == "present" and "已签到" in (await unit.get(link)).text

"""What everybody reads without signing in (C10)."""

from typing import Any
from xml.etree import ElementTree

import pytest

from app.services import publications
from tests.admin.conftest import Pages

ATOM = "{http://www.w3.org/2005/Atom}"


async def publication(pages: Pages, state: str = "published") -> Any:
    city = pages.city
    _, _, decision = await city.decided()
    document = await city.document(decision, "registered")
    row = await city.do("staff", publications.draft_publication, document.id, "资金安排公开稿 <2027>", "公开正文。")
    await city.act("staff", "publication", row, "submit")
    if state == "checking":
        return row
    await city.act("director", "publication", row, "clear")
    return await city.do("staff", publications.publish, row.id)


@pytest.mark.clause("C10", "B1.6")
async def test_a_published_decision_is_a_plain_page_and_a_feed_entry(pages: Pages) -> None:
    row = await publication(pages)
    stranger = pages.anybody()
    listed = await stranger.get("/public")
    assert f"/public/{row.id}" in listed.text
    assert "资金安排公开稿 &lt;2027&gt;" in listed.text
    page = (await stranger.get(f"/public/{row.id}")).text
    assert "公开正文。" in page
    assert "原则同意" not in page, "the internal text stays inside"
    feed = await stranger.get("/public/feed.atom")
    assert feed.headers["content-type"].startswith("application/atom+xml")
    (entry,) = ElementTree.fromstring(feed.text).findall(f"{ATOM}entry")  # noqa: S314 - our own answer
    assert entry.findtext(f"{ATOM}title") == "资金安排公开稿 <2027>"
    assert entry.findtext(f"{ATOM}content") == "公开正文。"


@pytest.mark.clause("A4.4", "C10")
async def test_before_publication_nobody_outside_sees_anything(pages: Pages) -> None:
    row = await publication(pages, "checking")
    for browser in (pages.anybody(), await pages.sign_in("leader")):
        assert (await browser.get(f"/public/{row.id}")).status_code == 404
        assert str(row.id) not in (await browser.get("/public")).text
        assert str(row.id) not in (await browser.get("/public/feed.atom")).text


@pytest.mark.clause("C10")
async def test_what_is_taken_back_leaves_a_tombstone(pages: Pages) -> None:
    row = await publication(pages)
    await pages.city.act("director", "publication", row, "take_back", reason="含有个人信息")
    stranger = pages.anybody()
    answer = await stranger.get(f"/public/{row.id}")
    assert answer.status_code == 410
    for text in (answer.text, (await stranger.get("/public")).text, (await stranger.get("/public/feed.atom")).text):
        assert "已撤回" in text
        assert "公开正文" not in text
        assert "资金安排公开稿" not in text
        assert "个人信息" not in text

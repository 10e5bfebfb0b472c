"""Files, cards and papers of meetings over the API (A4.2, A4.4, C8)."""

from typing import Any

import pytest

from app.services import attachments, meetings
from app.services.attachments import Target
from schema.ids import pack
from tests.services.test_attachments import content

PAPERS = """query($id: ID!) { node(id: $id) { ... on Meeting {
  items { papers { number texts { field text } changes { field after } files { name url number } until } }
  paperReceipts { holder readAt readBy { name } outcome papers { number } } } } }"""


@pytest.mark.clause("A4.2", "A3.4")
async def test_papers_are_read_and_the_office_asks_who_has_not(api: Any, clock: Any) -> None:
    city = api.city
    motion = await city.motion("ready")
    meeting, item = await city.meeting(motion)
    key = pack("Meeting", meeting.id)
    read = await api.do("finance", "readPapers", "... on Meeting { id }", id=key)
    assert read["id"] == key
    again = await api.do("finance", "readPapers", id=key, itemIds=[pack("AgendaItem", item.id)])
    assert (again["code"], again["clause"]) == ("nothing_to_read", "A4.2")
    seen = (await api.ask("staff", PAPERS, id=key))["node"]
    (papers,) = seen["items"][0]["papers"]
    texts = {each["field"]: each["text"] for each in papers["texts"]}
    assert texts["title"] == motion.title and texts["consolidated"]
    by_holder = {each["holder"]: each["readAt"] for each in seen["paperReceipts"]}
    assert by_holder["市财政局"] and not by_holder["市民政局"] and len(by_holder) == 7
    own = (await api.ask("finance", PAPERS, id=key))["node"]
    assert [each["holder"] for each in own["paperReceipts"]] == ["市财政局"]
    clock.forward(hours=1)
    await city.do("staff", attachments.put, Target("motion", motion.id, reason="补充"), content("补充.pdf"))
    await city.do("head", meetings.deliver_papers, meeting.id)
    first, second = (await api.ask("finance", PAPERS, id=key))["node"]["items"][0]["papers"]
    assert first["until"] and "补充.pdf" in first["changes"][0]["after"]
    assert (second["number"], [each["name"] for each in second["files"]]) == (2, ["补充.pdf"])
    assert (await api.ask("police", PAPERS, id=key))["node"] is None


FILES = """query($id: ID!) { node(id: $id) { ... on Motion { attachments {
  name number size digest url purposeLabel putBy { name } until withdrawn matter { id } }
  registerCards { number levelLabel years keeper place } } } }"""


@pytest.mark.clause("C8", "A4.4")
async def test_files_and_cards_of_a_matter_are_read_with_it(api: Any) -> None:
    city = api.city
    motion = await city.motion()
    key = pack("Motion", motion.id)
    row = await city.do("staff", attachments.put, Target("motion", motion.id), content())
    card = {"number": "密1号", "level": "SECRET", "years": 10, "keeper": "机要科", "place": "3号柜", "noun": "MOTION"}
    card["id"] = key
    made = await api.do("staff", "registerCard", "... on RegisterCard { number levelLabel }", **card)
    assert made["number"] == "密1号"
    refused = await api.do("staff", "registerCard", **{**card, "years": 11})
    assert refused["code"] == "invalid" and refused["problems"][0]["field"] == "years"
    secret = await api.do("staff", "registerCard", **{**card, "keeper": "机密★"})
    assert (secret["code"], secret["clause"]) == ("state_secret", "A4.4")
    seen = (await api.ask("director", FILES, id=key))["node"]
    (file,) = seen["attachments"]
    assert (file["name"], file["number"], file["digest"], file["url"]) == (row.name, 1, row.digest, f"/files/{row.id}")
    assert (file["matter"]["id"], file["purposeLabel"]) == (key, "Motion paper")
    assert [each["place"] for each in seen["registerCards"]] == ["3号柜"]
    gone = await api.do("staff", "withdrawAttachment", id=pack("Attachment", row.id))
    assert gone["code"] == "invalid"
    done = await api.do(
        "staff", "withdrawAttachment", "... on Attachment { withdrawn }", id=pack("Attachment", row.id), reason="传错了"
    )
    assert done["withdrawn"] == "传错了"
    hidden = await api.do("finance", "withdrawAttachment", id=pack("Attachment", row.id), reason="x")
    assert hidden["code"] == "not_found"

"""What one may not see looks like what does not exist, on every path of the API (A4.4)."""

from typing import Any
from uuid import UUID

import pytest

from app.core.ids import new_id
from app.models.people import Invite
from app.queries.visibility import NoRowFilter
from app.services import meetings, motions, opinions, publications
from schema.declare import Noun
from schema.ids import pack
from schema.nodes import DECLARED, check_row_filters

pytestmark = pytest.mark.clause("A4.4")
NODE = "query($id: ID!) { node(id: $id) { __typename id ... on Motion { title } } }"


async def test_an_unseen_matter_looks_like_none(api: Any) -> None:
    motion = await api.city.motion("draft")
    unseen = await api.post("finance", NODE, id=pack("Motion", motion.id))
    assert unseen == await api.post("finance", NODE, id=pack("Motion", new_id())) == {"data": {"node": None}}
    assert (await api.ask("staff", NODE, id=pack("Motion", motion.id)))["node"]["title"] == motion.title


# The same for every process that collects the tests.
SOMEBODY = UUID(int=7)
STRANGE = ("", "x", "!!!", pack("Motion", "x"), pack("Nothing", SOMEBODY), pack("Session", SOMEBODY))


@pytest.mark.parametrize("id", STRANGE)
async def test_a_malformed_id_looks_like_none(api: Any, id: str) -> None:
    assert await api.post("staff", NODE, id=id) == {"data": {"node": None}}


async def test_an_act_on_an_unseen_matter_looks_like_one_on_none(api: Any) -> None:
    motion = await api.city.motion("draft")
    before = await api.city.counts()
    answers = [await api.do("finance", "endorseMotion", id=pack("Motion", key)) for key in (motion.id, new_id())]
    assert answers[0] == answers[1] and answers[0]["__typename"] == "NotFound"
    assert await api.city.counts() == before


async def test_lists_counts_and_why_stop_at_the_same_border(api: Any) -> None:
    motion = await api.city.motion("draft")
    query = """query($id: ID!) {
      motions(filter: {search: "资金"}) { totalCount nodes { id } }
      why(noun: "motion", id: $id, action: "submit") { allowed }
      story(motionId: $id) { motion { id } }
    }"""
    key = pack("Motion", motion.id)
    nothing = {"motions": {"totalCount": 0, "nodes": []}, "why": None, "story": None}
    assert await api.ask("finance", query, id=key) == nothing
    assert await api.ask("auditor", query, id=key) == nothing
    seen = await api.ask("staff", query, id=key)
    assert seen["motions"]["totalCount"] == 1 and seen["why"] == {"allowed": True} and seen["story"]


async def secret_motion(api: Any) -> Any:
    """A restricted motion that is ready for a meeting; the two units asked are on its list."""
    motion = await api.city.motion("admitted", disclosure="restricted")
    asked = [api.city.units["市公安局"], api.city.units["市财政局"]]
    await api.city.do("staff", motions.list_units, motion.id, asked)
    whose = {asked[0]: "police", asked[1]: "finance"}
    for row in await api.city.do("staff", opinions.ask_opinions, motion.id, asked):
        await api.city.do(whose[row.unit_id], opinions.answer_opinion, row.id, "agree")
    await api.city.do("director", opinions.consolidate, motion.id, "均同意。")
    return await api.city.fresh(motion)


async def test_agenda_numbers_have_no_gaps(api: Any) -> None:
    """A hidden item before mine must not show in my number."""
    first, second = await secret_motion(api), await api.city.motion("ready")
    meeting = await api.city.do("staff", meetings.draft_meeting, api.city.group, api.city.meeting_draft())
    for motion in (first, second):
        await api.city.do("staff", meetings.add_item, meeting.id, motion.id)
    await api.city.act("staff", "meeting", meeting, "request")
    await api.city.act("leader", "meeting", meeting, "agree")
    await api.city.do("head", meetings.convene_meeting, meeting.id)
    await api.city.do("head", meetings.deliver_papers, meeting.id)
    query = "query($id: ID!) { node(id: $id) { ... on Meeting { items { number motion { title } } } } }"
    for who, count in (("staff", 2), ("civil", 1)):
        seen = await api.ask(who, query, id=pack("Meeting", meeting.id))
        assert [item["number"] for item in seen["node"]["items"]] == list(range(1, count + 1))


@pytest.mark.clause("C10")
async def test_the_public_reads_publications_and_nothing_else(api: Any) -> None:
    _, _, decision = await api.city.decided()
    document = await api.city.document(decision, "registered")
    row = await api.city.do("staff", publications.draft_publication, document.id, "公开标题", "公开正文")
    query = """{
      viewer { person { name } tasks { totalCount } notifications { totalCount } }
      publications { totalCount nodes { title text state motion { id } document { id } history { id } } }
      motions { totalCount } meetings { totalCount } documents { totalCount } directives { totalCount }
      units { totalCount } people { totalCount } groups { totalCount } trail { totalCount }
    }"""
    hidden = await api.ask("", query)
    assert hidden["publications"] == {"totalCount": 0, "nodes": []}
    await api.city.act("staff", "publication", row, "submit")
    await api.city.act("director", "publication", row, "clear")
    await api.city.do("staff", publications.publish, row.id)
    seen = await api.ask("", query)
    assert seen["publications"] == {
        "totalCount": 1,
        "nodes": [
            {
                "title": "公开标题",
                "text": "公开正文",
                "state": "PUBLISHED",
                "motion": None,
                "document": None,
                "history": [],
            }
        ],
    }
    others = {name: found for name, found in seen.items() if name not in ("viewer", "publications")}
    assert others == {name: {"totalCount": 0} for name in others}


@pytest.mark.clause("C13")
async def test_the_trail_is_for_the_auditor(api: Any) -> None:
    await api.city.motion("submitted")
    query = "{ trail(orderBy: OLDEST_FIRST, first: 1) { totalCount nodes { seq noun action clause } } }"
    seen = (await api.ask("auditor", query))["trail"]
    assert seen["totalCount"] == 2
    assert seen["nodes"] == [{"seq": 1, "noun": "motion", "action": "draft", "clause": "A3.2"}]
    assert (await api.ask("leader", query))["trail"] == (await api.ask("sysadmin", query))["trail"]
    assert (await api.ask("leader", query))["trail"]["nodes"] == []
    entry = "query($id: ID!) { node(id: $id) { ... on TrailEntry { action } } }"
    assert (await api.ask("auditor", entry, id=pack("TrailEntry", 1)))["node"] == {"action": "draft"}
    assert (await api.ask("leader", entry, id=pack("TrailEntry", 1)))["node"] is None


async def test_phone_and_mail_are_for_those_who_need_them(api: Any) -> None:
    query = "query($id: ID!) { node(id: $id) { ... on Person { name phone mail } } }"
    key = api.person("finance")
    for who, sees in (("finance", True), ("staff", True), ("sysadmin", True), ("civil", False), ("leader", False)):
        found = (await api.ask(who, query, id=key))["node"]
        assert found["name"] == "财政局长" and bool(found["phone"]) is sees and bool(found["mail"]) is sees


def test_a_type_without_a_row_filter_fails_at_start() -> None:
    check_row_filters(DECLARED)
    with pytest.raises(NoRowFilter):
        check_row_filters([*DECLARED, Noun(Invite, "Invite", "No filter.", ())])

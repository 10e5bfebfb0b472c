"""C20 over the API: a unit's answer and a presider's decision are entered from paper by the same mutations."""

from typing import Any

import pytest
from sqlalchemy import select

from app.models.matters import Attendance, Opinion
from schema.ids import pack

pytestmark = pytest.mark.clause("C20")
AUTHORITY = "... on PaperAuthority { id }"


@pytest.mark.clause("A3.3", "A4.1")
async def test_acts_with_a_form_of_their_own_take_paper(api: Any) -> None:
    city = api.city
    motion = await city.motion("under_review")
    async with city.db.read() as session:
        query = select(Opinion).where(Opinion.unit_id == city.units["市民政局"])
        opinion = pack("Opinion", (await session.scalars(query)).one().id)
    said = "... on Opinion { state position history { id line action } }"
    paper = {"principalId": api.person("civil"), "signedOn": "2026-03-02", "note": "档案柜", "scan": "2026-17"}
    given = {"id": opinion, "position": "AGREE", "paper": paper}
    before = await city.counts()
    refused = await api.do("staff", "answerOpinion", said, **given)
    assert (refused["code"], refused["clause"]) == ("not_authorised", "C20")
    await api.do("civil", "authoriseClerk", AUTHORITY, groupId=api.group, clerkId=api.person("staff"))
    await api.do("leader", "authoriseClerk", AUTHORITY, groupId=api.group, clerkId=api.person("staff"))
    wrong = {**paper, "principalId": api.person("leader")}
    refused = await api.do("staff", "answerOpinion", said, **{**given, "paper": wrong})
    assert (refused["code"], refused["clause"]) == ("not_your_role", "A3.3")
    assert (await city.counts())[1:] == before[1:], "two authorities on the trail, and nothing else"
    done = await api.do("staff", "answerOpinion", said, **given)
    assert (done["state"], done["position"]) == ("ANSWERED", "AGREE")
    (line,) = done["history"]
    assert (line["line"], line["action"]) == ("民政局长, entered by 科员壬 from paper", "answer")
    assert (await city.fresh(motion)).state == "under_review"
    told = "... on Signature { voidedAt objection }"
    refused = await api.do("director", "voidEntry", told, id=line["id"], reason="代录有误")
    assert (refused["code"], refused["clause"]) == ("not_contested", "C20")
    await api.do("civil", "objectToSignature", told, id=line["id"], objection="我没有同意")
    done = await api.do("director", "voidEntry", told, id=line["id"], reason="代录有误")
    assert done["voidedAt"] and done["objection"] == "我没有同意"
    node = await api.ask(
        "director", f'{{ node(id: "{opinion}") {{ ... on Opinion {{ state history {{ action actionLabel }} }} }} }}'
    )
    assert node["node"]["state"] == "ASKED"
    assert node["node"]["history"][-1] == {"action": "void_entry", "actionLabel": "Void an entry"}


async def test_leave_is_asked_and_granted_on_paper(api: Any) -> None:
    city = api.city
    await city.meeting(await city.motion("ready"))
    async with city.db.read() as session:
        query = select(Attendance).where(Attendance.unit_id == city.units["市民政局"])
        seat = pack("Attendance", (await session.scalars(query)).one().id)
    for who in ("civil", "leader"):
        await api.do(who, "authoriseClerk", AUTHORITY, groupId=api.group, clerkId=api.person("staff"))
    said = "... on Attendance { state history { line } }"
    paper = {"principalId": api.person("civil"), "signedOn": "2026-03-02", "note": "档案柜"}
    asked = await api.do("staff", "askLeave", said, id=seat, reason="出差", paper=paper)
    assert asked["state"] == "LEAVE_ASKED"
    granted = await api.do("staff", "grantLeave", said, id=seat, paper={**paper, "principalId": api.person("leader")})
    assert granted["state"] == "EXCUSED"
    lines = [line["line"] for line in granted["history"]]
    assert lines == ["民政局长, entered by 科员壬 from paper", "组长甲, entered by 科员壬 from paper"]


@pytest.mark.clause("A4.2")
async def test_papers_are_signed_for_on_paper(api: Any) -> None:
    city = api.city
    meeting, _ = await city.meeting(await city.motion("ready"))
    await api.do("leader", "authoriseClerk", AUTHORITY, groupId=api.group, clerkId=api.person("staff"))
    paper = {"principalId": api.person("leader"), "signedOn": "2026-03-02", "note": "档案柜"}
    said = "... on Meeting { paperReceipts { holder readBy { name } enteredBy { name } } }"
    done = await api.do("staff", "readPapers", said, id=pack("Meeting", meeting.id), paper=paper)
    read = [row for row in done["paperReceipts"] if row["readBy"]]
    assert read == [{"holder": "Leader", "readBy": {"name": "组长甲"}, "enteredBy": {"name": "科员壬"}}]

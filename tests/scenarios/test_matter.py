"""One matter from draft to closing, through every service, on both databases."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.core.clock import now
from app.models.records import Task
from app.queries.actors import load_actor
from app.queries.story import story
from app.queries.visibility import View
from app.services import directives, meetings, publications
from app.services.directives import DirectiveDraft
from app.services.trail import verify
from tests.support.city import City, build


@pytest.mark.clause("A3.2", "A3.5", "A3.6", "C3", "C6", "C18", "B1.6")
async def test_a_matter_goes_from_the_first_draft_to_closing(db, clock) -> None:
    city: City = await build(db)
    motion, meeting, decision = await city.decided()
    assert motion.state == "decided"
    await city.do("leader", meetings.close_meeting, meeting.id)

    document = await city.document(decision, "registered")
    assert document.number == f"江智领〔{now().year}〕1号"
    await city.all_receive(document)

    draft = DirectiveDraft(
        "编制资金计划",
        "计划印发到12个单位",
        city.units["市财政局"],
        now().date() + timedelta(days=60),
        [city.units["东湖区政府"]],
        decision_id=decision.id,
    )
    directive = await city.do("vice", directives.draft_directive, city.group, draft)
    await city.do("vice", directives.issue_directive, directive.id)
    await city.act("finance_liaison", "directive", directive, "acknowledge")
    await city.do("finance_liaison", directives.report_progress, directive.id, "已完成初稿")
    await city.do("finance", directives.report_completion, directive.id, "已印发12个单位")
    await city.act("head", "directive", directive, "verify")
    await city.act("director", "directive", directive, "close")

    publication = await city.do("staff", publications.draft_publication, document.id, "资金计划公开", "公开文本")
    await city.act("staff", "publication", publication, "submit")
    await city.act("director", "publication", publication, "clear")
    await city.do("staff", publications.publish, publication.id)
    closed = await city.act("director", "motion", motion, "close")
    assert closed.row.state == "closed"

    async with db.read() as session:
        policy = await city.works.policies.current(session)
        leader = await load_actor(session, city.people["leader"])
        told = await story(session, View(leader, policy), motion.id)
        assert told is not None
        assert [row.state for row in told.directives] == ["closed"]
        assert len(told.documents) == len(told.publications) == len(told.decisions) == 1
        assert {row.action for row in told.signatures} >= {
            "submit",
            "endorse",
            "review",
            "admit",
            "issue",
            "countersign",
        }
        entries, broken = await verify(session)
        assert entries > 30
        assert broken is None
        still_open = (await session.scalars(select(Task).where(Task.closed_at.is_(None)))).all()
        assert {task.noun for task in still_open} <= {"attendance", "meeting"}, "the meeting still owes its minutes"

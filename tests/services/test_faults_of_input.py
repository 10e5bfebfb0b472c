"""What is wrong with an input is told under its clause, and nothing is kept of it."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from app.core.clock import today
from app.core.ids import new_id
from app.models.people import Appointment, Group, Unit
from app.models.records import Outbox
from app.services import (
    corrections,
    dead_letters,
    decisions,
    delegations,
    directives,
    documents,
    opinions,
    people,
    policy_admin,
    publications,
)
from app.services.decisions import DecisionDraft
from app.services.delegations import DelegationDraft
from app.services.directives import DirectiveDraft
from app.services.documents import DocumentDraft
from app.services.people import AppointmentDraft
from tests.support.city import City, build, moment
from tests.support.refusal import refused


@pytest.mark.clause("A3.5")
async def test_a_correction_says_something_else_and_not_nothing(db, clock) -> None:
    city = await build(db)
    _, _, decision = await city.decided()
    row = await city.document(decision, "signed")
    for title, body in (("", row.body), (row.title, " "), (row.title, row.body), (f" {row.title} ", row.body)):
        async with refused(city, "invalid", "A3.5", row):
            await city.do("staff", corrections.propose_correction, row.id, title, body, "文字")


@pytest.mark.clause("A3.5")
async def test_a_document_has_title_text_and_decisions_of_its_own_group(db, clock) -> None:
    city = await build(db)
    _, _, decision = await city.decided()
    good: dict[str, Any] = dict(kind="通知", title="关于计划的通知", body="请执行。", decision_ids=[decision.id])
    for wrong in ({"title": " "}, {"body": ""}, {"decision_ids": []}):
        async with refused(city, "invalid", "A3.5"):
            await city.do("staff", documents.draft_document, city.group, DocumentDraft(**{**good, **wrong}))
    async with refused(city, "not_found", "A4.4"):
        draft = DocumentDraft(**{**good, "decision_ids": [new_id()]})
        await city.do("staff", documents.draft_document, city.group, draft)
    other = await another_group(city, "staff")
    async with refused(city, "invalid", "A3.5"):
        await city.do("staff", documents.draft_document, other, DocumentDraft(**good))


async def another_group(city: City, who: str) -> Any:
    """A second group, in whose office this person has a seat, too."""
    async with city.db.write() as session:
        other = Group(code="other", name="另一领导小组")
        session.add(other)
        await session.flush()
        seat = Appointment(person_id=city.people[who], group_id=other.id, role="department_staff",
                           starts_on=date(2024, 1, 1), unit_id=city.units["综合部"])  # fmt: skip
        session.add(seat)
        return other.id


@pytest.mark.clause("A4.3", "A4.1", "C17", "A1.3")
async def test_what_is_recorded_in_session_is_whole(db, clock) -> None:
    city = await build(db)
    motion = await city.motion("ready")
    meeting, item = await city.meeting(motion)
    await city.act("leader", "meeting", meeting, "open")
    finance, police = city.units["市财政局"], city.units["市公安局"]
    for unit, position, words, clause in ((finance, "agree", " ", "A4.3"), (police, "agree", "同意", "A4.1"),
                                          (finance, "perhaps", "同意", "A3.3")):  # fmt: skip
        async with refused(city, "invalid", clause, item):
            await city.do("staff", decisions.record_statement, item.id, unit, position, words)
    drafts = (
        (DecisionDraft("agreed", "原则同意。"), "C17"),
        (DecisionDraft("passed", " "), "A4.3"),
        (DecisionDraft("passed", "原则同意。", amount_approved=Decimal(-1)), "A1.3"),
    )
    for draft, clause in drafts:
        async with refused(city, "invalid", clause, item, motion):
            await city.do("staff", decisions.record_decision, item.id, draft)


@pytest.mark.clause("C4")
async def test_a_power_is_lent_to_somebody_there_is(db, clock) -> None:
    city = await build(db)

    def to(person: Any, begins: str = "2026-03-02 09:00", ends: str = "2026-03-05 09:00") -> DelegationDraft:
        return DelegationDraft(person, "leader", "motion:admit", moment(begins), moment(ends))

    other, me = city.people["deputy"], city.people["leader"]
    wrong = (to(new_id()), to(me), to(other, ends="2026-03-01 09:00"), to(other, "2026-03-06 09:00"))
    for draft in wrong:
        async with refused(city, "invalid", "C4"):
            await city.do("leader", delegations.delegate, city.group, draft)
    async with refused(city, "not_found", "A4.4"):  # one matter that there is not
        draft = DelegationDraft(other, "leader", "motion:admit", moment("2026-03-02 09:00"), moment("2026-03-05 09:00"),
                                new_id())  # fmt: skip
        await city.do("leader", delegations.delegate, city.group, draft)


@pytest.mark.clause("C20")
async def test_a_clerk_is_another_person_there_is(db, clock) -> None:
    city = await build(db)
    for clerk in (city.people["leader"], new_id()):
        async with refused(city, "invalid", "C20"):
            await city.do("leader", delegations.authorise_clerk, city.group, clerk)


@pytest.mark.clause("C13")
async def test_only_a_message_not_delivered_is_sent_again(db, clock) -> None:
    city = await build(db)
    async with db.write() as session:
        sent = Outbox(dedupe="sent", event="x", channel="mail", person_id=city.people["staff"], done_at=clock.now)
        session.add(sent)
    async with refused(city, "not_found", "A4.4", sent):
        await city.do("sysadmin", dead_letters.send_again, sent.id)
    async with refused(city, "not_found", "A4.4", sent):
        await city.do("auditor", dead_letters.send_again, sent.id)


@pytest.mark.clause("A3.3")
async def test_the_review_asks_answers_and_consolidates_in_words(db, clock) -> None:
    city = await build(db)
    motion = await city.motion("admitted", "A1.3(5)")
    (asked,) = await city.do("staff", opinions.ask_opinions, motion.id, [city.units["市民政局"]])
    async with refused(city, "invalid", "A3.3", asked):
        await city.do("civil", opinions.extend_opinion, asked.id, asked.due_on, "需要调研")
    await city.do("civil", opinions.answer_opinion, asked.id, "disagree", "资金渠道不明")
    async with refused(city, "not_your_role", "A3.3", asked):
        await city.do("civil", opinions.respond, asked.id, "自己回应自己")
    async with refused(city, "invalid", "A3.3", asked):
        await city.do("staff", opinions.respond, asked.id, " ")
    await city.do("staff", opinions.respond, asked.id, "已明确由市级统筹。")
    async with refused(city, "invalid", "A3.3", motion):
        await city.do("director", opinions.consolidate, motion.id, " ")


@pytest.mark.clause("C5", "C13")
async def test_people_units_and_posts_are_named_in_full_and_once(db, clock) -> None:
    city = await build(db)
    for name, kind in ((" ", "member_unit"), ("市财政局", "member_unit")):
        async with refused(city, "invalid", "C13"):
            await city.do("sysadmin", people.add_unit, name, kind)
    for who in (
        (" ", "14099990000", ""),
        ("新人", "", ""),
        ("新人", "14000000000", ""),
        ("新人", "", "staff@example.cn"),
    ):
        async with refused(city, "invalid", "C13"):
            await city.do("sysadmin", people.add_person, *who)
    async with refused(city, "invalid", "C13"):
        await city.do("sysadmin", people.deactivate_person, city.people["sysadmin"])
    async with refused(city, "not_found", "A4.4"):
        await city.do("sysadmin", people.deactivate_person, new_id())
    for draft in (
        AppointmentDraft(new_id(), city.group, "deputy", today()),
        AppointmentDraft(city.people["outsider"], city.group, "auditor", today()),
        AppointmentDraft(city.people["outsider"], city.group, "king", today()),
        AppointmentDraft(city.people["outsider"], city.group, "liaison", today()),
    ):
        async with refused(city, "invalid", "C5"):
            await city.do("sysadmin", people.appoint, draft)
    async with refused(city, "not_found", "A4.4"):
        await city.do("sysadmin", people.end_appointment, new_id(), today())


@pytest.mark.clause("C5")
async def test_an_appointment_ends_once_and_not_before_it_began(db, clock) -> None:
    city = await build(db)
    draft = AppointmentDraft(city.people["outsider"], city.group, "deputy", today())
    post = await city.do("sysadmin", people.appoint, draft)
    async with refused(city, "invalid", "C5", post):
        await city.do("sysadmin", people.end_appointment, post.id, today() - timedelta(days=1))
    await city.do("sysadmin", people.end_appointment, post.id, today())
    async with refused(city, "invalid", "C5", post):
        await city.do("sysadmin", people.end_appointment, post.id, date(2027, 1, 1))


@pytest.mark.clause("C13")
async def test_only_a_permission_there_is_can_be_changed(db, clock) -> None:
    city = await build(db)
    for role, noun, action in (
        ("king", "motion", "admit"),
        ("leader", "motion", "abolish"),
        ("leader", "crown", "wear"),
    ):
        async with refused(city, "invalid", "C13"):
            await city.do("secadmin", policy_admin.set_rule, role, noun, action, "group", True)


@pytest.mark.clause("C10")
async def test_a_public_text_has_a_title_and_each_document_has_one(db, clock) -> None:
    city = await build(db)
    _, _, decision = await city.decided()
    early = await city.document(decision, "issued")
    async with refused(city, "document_issued", "C10", early):
        await city.do("staff", publications.draft_publication, early.id, "标题", "全文")
    document = await city.document(decision, "registered")
    async with refused(city, "invalid", "C10", document):
        await city.do("staff", publications.draft_publication, document.id, " ", "全文")
    row = await city.do("staff", publications.draft_publication, document.id, "标题", "全文")
    async with refused(city, "invalid", "C10", row):
        await city.do("staff", publications.draft_publication, document.id, "另一标题", "全文")
    async with refused(city, "invalid", "C10", row):
        await city.do("staff", publications.edit_publication, row.id, " ", "全文")
    await city.act("staff", "publication", row, "submit")
    async with refused(city, "not_editable", "C10", row):
        await city.do("staff", publications.edit_publication, row.id, "标题", "改后的全文")


@pytest.mark.clause("C6", "C7")
async def test_a_refused_act_leaves_no_trace(db, clock) -> None:
    city = await build(db)
    motion = await city.motion("submitted")
    async with refused(city, "not_your_role", "A3.2", motion):
        await city.act("staff", "motion", motion, "endorse")
    async with refused(city, "invalid", "A3.2", motion):  # a return without its reason
        await city.act("director", "motion", motion, "return")


@pytest.mark.clause("A3.6", "C19")
async def test_a_directive_is_laid_on_units_of_its_group_with_a_result_and_a_day_to_come(db, clock) -> None:
    city = await build(db)
    async with db.write() as session:
        stranger = Unit(name="外市某局", kind="member_unit")
        session.add(stranger)
    good: dict[str, Any] = dict(title="数据归集", result="归集数据300项", lead_unit_id=city.units["市民政局"],
                                due_on=today() + timedelta(days=30))  # fmt: skip
    wrong = (
        ({"lead_unit_id": stranger.id}, "A3.6"),
        ({"cooperating_unit_ids": [stranger.id]}, "A3.6"),
        ({"title": " "}, "C19"),
        ({"result": ""}, "C19"),
        ({"due_on": today() - timedelta(days=1)}, "C19"),
        ({"period": "hourly"}, "C19"),
    )
    for change, clause in wrong:
        async with refused(city, "invalid", clause):
            await city.do("director", directives.draft_directive, city.group, DirectiveDraft(**{**good, **change}))

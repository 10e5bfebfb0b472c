"""The office's own: topics, forms of meeting, remits of the departments (B2.1, B2.3, B2.4)."""

from typing import Any

import strawberry

from app.models.matters import Item
from app.models.office import AddedForm, Topic
from app.models.people import Unit
from app.rules.roles import Actor
from app.services import agenda, forms, topics
from app.services.work import Work
from schema.acting import Act, mutation
from schema.enums import Caller, Organizer, RemitSubject
from schema.ids import need, want


@strawberry.input(description="What a department writes of a topic.")
class TopicContent(Act):
    title: str = strawberry.field(description="What it is called.")
    body: str = strawberry.field(description="Its text.")
    subject: RemitSubject | None = strawberry.field(
        default=None, description="The subject of the department's remit; none for work that the group handed over."
    )
    decision_id: strawberry.ID | None = strawberry.field(
        default=None, description="The decision of the group that handed the work over (B1.8)."
    )


@strawberry.input(description="A new topic.")
class DraftTopicInput(TopicContent):
    group_id: strawberry.ID = strawberry.field(description="The leading group.")
    department_id: strawberry.ID | None = strawberry.field(
        default=None, description="The author's department; needed only where he has several."
    )


@strawberry.input(description="A topic's text anew.")
class EditTopicInput(TopicContent):
    id: strawberry.ID = strawberry.field(description="The topic.")


@strawberry.input(description="A topic for an agenda.")
class AddTopicInput(Act):
    meeting_id: strawberry.ID = strawberry.field(description="The office meeting.")
    topic_id: strawberry.ID = strawberry.field(description="The topic.")


@strawberry.input(description="A form of office meeting that the director adds.")
class AddMeetingFormInput(Act):
    group_id: strawberry.ID = strawberry.field(description="The leading group.")
    name: str = strawberry.field(description="Its name.")
    name_en: str = strawberry.field(default="", description="Its name in English.")
    calls: list[Caller] = strawberry.field(description="Who is called without being named.")
    organizers: list[Organizer] = strawberry.field(description="Who may organize it (B2.5).")


@strawberry.input(description="A form that is no more used.")
class RetireMeetingFormInput(Act):
    id: strawberry.ID = strawberry.field(description="The form.")


@strawberry.input(description="What a department is responsible for.")
class SetRemitInput(Act):
    group_id: strawberry.ID = strawberry.field(description="The leading group.")
    unit_id: strawberry.ID = strawberry.field(description="The department.")
    remit: list[RemitSubject] = strawberry.field(description="Its subjects of work.")


def _draft(given: Any, department: str | None = None) -> topics.TopicDraft:
    return topics.TopicDraft(
        title=given.title,
        body=given.body,
        subject=given.subject.value if given.subject else "",
        department_id=want("Unit", department),
        decision_id=want("Decision", given.decision_id),
    )


@mutation(Topic, "起草办公室议题: draft a topic of an office meeting (B2.4).")
async def draft_topic(work: Work, actor: Actor, given: DraftTopicInput) -> Any:
    draft = _draft(given, given.department_id)
    return await topics.draft_topic(work, actor, need("Group", given.group_id), draft)


@mutation(Topic, "修改办公室议题: correct a draft or a returned topic (B2.4).")
async def edit_topic(work: Work, actor: Actor, given: EditTopicInput) -> Any:
    return await topics.edit_topic(work, actor, need("Topic", given.id), _draft(given))


@mutation(Item, "办公室议题列入议程: put an approved topic on the agenda of an office meeting (B2.4).")
async def add_topic(work: Work, actor: Actor, given: AddTopicInput) -> Any:
    return await agenda.add_topic(work, actor, need("Meeting", given.meeting_id), need("Topic", given.topic_id))


@mutation(AddedForm, "增加会议形式: add a form of office meeting (B2.3).")
async def add_meeting_form(work: Work, actor: Actor, given: AddMeetingFormInput) -> Any:
    calls, organizers = [each.value for each in given.calls], [each.value for each in given.organizers]
    return await forms.add_form(
        work, actor, need("Group", given.group_id), given.name, given.name_en, calls, organizers
    )


@mutation(AddedForm, "停用会议形式: use a form no more for new meetings (B2.3).")
async def retire_meeting_form(work: Work, actor: Actor, given: RetireMeetingFormInput) -> Any:
    return await forms.retire_form(work, actor, need("AddedForm", given.id))


@mutation(Unit, "明确职责: say what a department is responsible for (B2.1).")
async def set_remit(work: Work, actor: Actor, given: SetRemitInput) -> Any:
    unit_id = need("Unit", given.unit_id)
    remit = [each.value for each in given.remit]
    await forms.set_remit(work, actor, need("Group", given.group_id), unit_id, remit)
    return unit_id

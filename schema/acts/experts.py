"""The expert pool, kept by the office (A3.7)."""

from datetime import date
from typing import Any

import strawberry

from app.models.experts import Expert
from app.rules.roles import Actor
from app.services import experts
from app.services.experts import ExpertDraft
from app.services.work import Work
from schema.acting import Act, mutation
from schema.ids import need


@strawberry.input(description="What the pool holds of an expert.")
class ExpertFields(Act):
    employer: str = strawberry.field(description="Who employs him.")
    fields: list[str] = strawberry.field(description="The fields by which he can be drawn.")
    starts_on: date = strawberry.field(description="The first day of the term.")
    ends_on: date = strawberry.field(description="The last day of the term.")
    title: str = strawberry.field(default="", description="The professional title.")
    avoids: list[str] = strawberry.field(
        default_factory=list, description="Names of units on whose matters he does not sit."
    )


@strawberry.input(description="A new expert: a person of the installation, or one who becomes it.")
class EnrolExpertInput(ExpertFields):
    name: str = strawberry.field(description="The name.")
    phone: str = strawberry.field(default="", description="The mobile number; this or the mail address is needed.")
    mail: str = strawberry.field(default="", description="The mail address.")


@strawberry.input(description="An expert's new term, employer or fields.")
class ChangeExpertInput(ExpertFields):
    id: strawberry.ID = strawberry.field(description="The expert.")


@strawberry.input(description="A period in which an expert cannot be called.")
class AddExpertAbsenceInput(Act):
    id: strawberry.ID = strawberry.field(description="The expert.")
    starts_on: date = strawberry.field(description="The first day.")
    ends_on: date = strawberry.field(description="The last day.")
    note: str = strawberry.field(default="", description="What there is to say about it.")


@strawberry.input(description="An absence to be taken out.")
class RemoveExpertAbsenceInput(Act):
    id: strawberry.ID = strawberry.field(description="The absence.")


def _draft(given: ExpertFields) -> ExpertDraft:
    return ExpertDraft(given.employer, given.fields, given.starts_on, given.ends_on, given.title, given.avoids)


@mutation(Expert, "专家入库: take an expert into the pool (A3.7).")
async def enrol_expert(work: Work, actor: Actor, given: EnrolExpertInput) -> Any:
    return await experts.enrol(work, actor, _draft(given), given.name, given.phone, given.mail)


@mutation(Expert, "变更专家信息: another term, employer, title or fields (A3.7).")
async def change_expert(work: Work, actor: Actor, given: ChangeExpertInput) -> Any:
    return await experts.change(work, actor, need("Expert", given.id), _draft(given))


@mutation(Expert, "登记不便参加的时间: a period in which the expert cannot be called (A3.7).")
async def add_expert_absence(work: Work, actor: Actor, given: AddExpertAbsenceInput) -> Any:
    key = need("Expert", given.id)
    return await experts.add_absence(work, actor, key, given.starts_on, given.ends_on, given.note)


@mutation(Expert, "取消不便参加的时间: the expert can be called then after all (A3.7).")
async def remove_expert_absence(work: Work, actor: Actor, given: RemoveExpertAbsenceInput) -> Any:
    return await experts.remove_absence(work, actor, need("ExpertAbsence", given.id))

"""What the administrators keep: units, people, appointments, policy (C5, C13)."""

from datetime import date
from typing import Any

import strawberry

from app.models.people import Appointment, Person, Unit
from app.rules.roles import Actor
from app.services import people
from app.services.work import Work
from schema.acting import Act, mutation
from schema.enums import RoleName, UnitKindName
from schema.ids import need, need_all, want


@strawberry.input(description="A new unit.")
class AddUnitInput(Act):
    name: str = strawberry.field(description="Its name.")
    kind: UnitKindName = strawberry.field(description="Its kind.")
    group_id: strawberry.ID | None = strawberry.field(default=None, description="The leading group it joins.")


@strawberry.input(description="A new person.")
class AddPersonInput(Act):
    name: str = strawberry.field(description="The name.")
    phone: str = strawberry.field(default="", description="The mobile number; with the mail address, one is needed.")
    mail: str = strawberry.field(default="", description="The mail address.")


@strawberry.input(description="Who gets which role.")
class AppointInput(Act):
    person_id: strawberry.ID = strawberry.field(description="Who.")
    group_id: strawberry.ID = strawberry.field(description="In which leading group.")
    role: RoleName = strawberry.field(description="Which role.")
    unit_id: strawberry.ID | None = strawberry.field(default=None, description="Of which unit or department.")
    post: str = strawberry.field(default="", description="The post as people name it.")
    starts_on: date = strawberry.field(description="The first day.")
    in_charge_of: list[strawberry.ID] = strawberry.field(
        default_factory=list, description="Departments that a deputy director is in charge of."
    )


@strawberry.input(description="The end of an appointment.")
class EndAppointmentInput(Act):
    id: strawberry.ID = strawberry.field(description="The appointment.")
    ends_on: date = strawberry.field(description="The last day.")
    successor_id: strawberry.ID | None = strawberry.field(default=None, description="Who takes the post the day after.")


@strawberry.input(description="A person.")
class DeactivatePersonInput(Act):
    id: strawberry.ID = strawberry.field(description="The person.")


@mutation(Unit, "新增单位: add a unit (C13).")
async def add_unit(work: Work, actor: Actor, given: AddUnitInput) -> Any:
    return await people.add_unit(work, actor, given.name, given.kind.value, want("Group", given.group_id))


@mutation(Person, "新增人员: add a person (C13).")
async def add_person(work: Work, actor: Actor, given: AddPersonInput) -> Any:
    return await people.add_person(work, actor, given.name, given.phone, given.mail)


@mutation(Person, "停用账号: end somebody's sign-ins; the person stays on record (C5, C13).")
async def deactivate_person(work: Work, actor: Actor, given: DeactivatePersonInput) -> Any:
    return await people.deactivate_person(work, actor, need("Person", given.id))


@mutation(Appointment, "任职: appoint from a day on (C5).")
async def appoint(work: Work, actor: Actor, given: AppointInput) -> Any:
    draft = people.AppointmentDraft(
        person_id=need("Person", given.person_id),
        group_id=need("Group", given.group_id),
        role=given.role.value,
        starts_on=given.starts_on,
        unit_id=want("Unit", given.unit_id),
        post=given.post,
        in_charge_of=need_all("Unit", given.in_charge_of),
    )
    return await people.appoint(work, actor, draft)


@mutation(Appointment, "结束任职: end an appointment; a successor finds the office's open tasks (C5).")
async def end_appointment(work: Work, actor: Actor, given: EndAppointmentInput) -> Any:
    key, successor = need("Appointment", given.id), want("Person", given.successor_id)
    return await people.end_appointment(work, actor, key, given.ends_on, successor)

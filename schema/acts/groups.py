"""A group's settings (C13, A3.5)."""

from typing import Any

import strawberry

from app.models.people import Group
from app.rules.roles import Actor
from app.services import groups, ladders
from app.services.work import Work
from schema.acting import Act, mutation
from schema.enums import LadderName
from schema.ids import need, want
from schema.ladders import RungInput, drafts


@strawberry.input(description="One time setting.")
class DaysInput:
    name: str = strawberry.field(description="The setting, such as signature_days; the group's settings list them.")
    days: int = strawberry.field(description="How many days.")


@strawberry.input(description="What is to be set; what is left out stays.")
class EditGroupInput(Act):
    id: strawberry.ID = strawberry.field(description="The leading group.")
    body_code: str | None = strawberry.field(default=None, description="The code that begins its document numbers.")
    days: list[DaysInput] = strawberry.field(default_factory=list, description="Times.")
    all_deputy_directors_sign: bool | None = strawberry.field(
        default=None, description="Whether all office deputy directors sign off a document (A3.5)."
    )
    mail_titles: bool | None = strawberry.field(default=None, description="Whether mails may carry titles (C9).")
    general_affairs_id: strawberry.ID | None = strawberry.field(
        default=None, description="The department that runs daily business (B2.2)."
    )
    finance_unit_id: strawberry.ID | None = strawberry.field(
        default=None, description="The unit always asked about funds (A1.3)."
    )
    document_kinds: list[str] | None = strawberry.field(
        default=None, description="The kinds of document that the group may issue (A3.5)."
    )
    file_types: list[str] | None = strawberry.field(
        default=None, description="The types of file that the group takes, by their endings (C8)."
    )
    secrecy_officer_id: strawberry.ID | None = strawberry.field(
        default=None, description="Who is told when something with the mark of a state secret was refused (A4.4)."
    )
    chase_hours: list[str] | None = strawberry.field(
        default=None, description="Begin and end of the hours in which people are reminded (C2), such as 08:30, 17:30."
    )
    reminders_daily: int | None = strawberry.field(
        default=None,
        description="How many reminders a person is told one by one in a day; more come as one. 0: no limit (C2).",
    )


def _draft(given: EditGroupInput) -> groups.SettingsDraft:
    flags = {"all_deputy_directors_sign": given.all_deputy_directors_sign, "mail_titles": given.mail_titles}
    units = {"general_affairs": given.general_affairs_id, "finance_unit": given.finance_unit_id}
    hours = given.chase_hours
    return groups.SettingsDraft(
        body_code=given.body_code,
        days={each.name: each.days for each in given.days},
        flags={name: value for name, value in flags.items() if value is not None},
        units={name: need("Unit", key) for name, key in units.items() if key is not None},
        numbers={} if given.reminders_daily is None else {"reminders_daily": given.reminders_daily},
        document_kinds=given.document_kinds,
        file_types=given.file_types,
        secrecy_officer=want("Person", given.secrecy_officer_id),
        chase_hours=None if hours is None else ((hours[0], hours[1]) if len(hours) == 2 else ("", "")),
    )


@mutation(Group, "设置领导小组: the code of its numbers, its times and customs, from now on (C13).")
async def edit_group(work: Work, actor: Actor, given: EditGroupInput) -> Any:
    return await groups.edit_group(work, actor, need("Group", given.id), _draft(given))


@strawberry.input(description="One ladder of reminders.")
class SetLadderInput(Act):
    id: strawberry.ID = strawberry.field(description="The leading group.")
    name: LadderName = strawberry.field(description="For which tasks.")
    rungs: list[RungInput] | None = strawberry.field(
        default=None, description="Its rungs; without them the shared or the shipped ladder holds again."
    )


@mutation(Group, "设置催办阶梯: a ladder of reminders, for what has not fired yet (C2).")
async def set_ladder(work: Work, actor: Actor, given: SetLadderInput) -> Any:
    rungs = None if given.rungs is None else drafts(given.rungs)
    return await ladders.set_ladder(work, actor, need("Group", given.id), given.name.value, rungs)

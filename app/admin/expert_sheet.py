"""The expert pool as a spreadsheet (C12, A3.7): under the names that the import reads, with load and availability."""

from collections import defaultdict
from collections.abc import Sequence
from urllib.parse import quote
from uuid import UUID

from sqlmodel import col
from starlette.responses import Response

from app.adapters import expert_sheet as sheet
from app.adapters.workbook import KIND, Cell, workbook
from app.admin.ask import Ask
from app.admin.html import finish
from app.core.clock import today
from app.models.experts import Expert, ExpertAbsence
from app.models.people import Person
from app.queries.panels import loads
from app.queries.visibility import visible_to

_PRIVATE = (sheet.PHONE, sheet.MAIL)
_ADDED = (
    ("聘期状态", "Term"), ("参加论证(次)", "Panels called to"), ("不便参加的时间", "Not available"),
)  # fmt: skip
WIDTHS = (12, 24, 16, 30, 14, 24, 12, 12, 24, 12, 12, 30)


async def absences_of(ask: Ask, rows: Sequence[Expert]) -> dict[UUID, list[ExpertAbsence]]:
    """The periods, running and to come, in which these experts cannot be called."""
    query = visible_to(ask.view, ExpertAbsence).where(
        col(ExpertAbsence.expert_id).in_([row.id for row in rows]), col(ExpertAbsence.ends_on) >= today()
    )
    found: dict[UUID, list[ExpertAbsence]] = defaultdict(list)
    for row in (await ask.session.scalars(query.order_by(col(ExpertAbsence.starts_on)))).all():
        found[row.expert_id].append(row)
    return found


def _term(ask: Ask, row: Expert) -> str:
    if row.ends_on < today():
        return ask.say("聘期已满", "Term ended")
    return ask.say("聘期未到", "Term to come") if row.starts_on > today() else ask.say("在聘", "In term")


def _away(row: ExpertAbsence) -> str:
    return f"{row.starts_on}—{row.ends_on}" + (f"({row.note})" if row.note else "")


async def pool_sheet(ask: Ask, rows: Sequence[Expert]) -> Response:
    """Addresses only for the office, which keeps the pool."""
    shown = [name for name in sheet.COLUMNS if name not in _PRIVATE or ask.may("expert:edit")]
    people = {row.id: row for row in (await ask.session.scalars(
        visible_to(ask.view, Person).where(col(Person.id).in_([row.person_id for row in rows]))
    )).all()}  # fmt: skip
    load, away = await loads(ask.session, [row.id for row in rows]), await absences_of(ask, rows)

    def line(row: Expert) -> list[Cell]:
        person = people[row.person_id]
        cells: dict[str, Cell] = {
            sheet.NAME: person.name, sheet.EMPLOYER: row.employer, sheet.TITLE: row.title, sheet.FIELDS: row.fields,
            sheet.PHONE: person.phone, sheet.MAIL: person.mail, sheet.START: row.starts_on, sheet.END: row.ends_on,
            sheet.AVOIDS: row.avoids,
        }  # fmt: skip
        added: list[Cell] = [_term(ask, row), load[row.id], "、".join(_away(each) for each in away[row.id])]
        return [*(cells[name] for name in shown), *added]

    header = [ask.say(name, sheet.COLUMN_NAMES_EN[name]) for name in shown] + [ask.say(*each) for each in _ADDED]
    content = workbook(ask.say("专家库", "Experts"), header, (line(row) for row in rows), WIDTHS)
    response = Response(content, media_type=KIND)
    plain = f'attachment; filename="experts-{today()}.xlsx"'
    response.headers["content-disposition"] = f"{plain}; filename*=UTF-8''{quote(f'专家库-{today()}.xlsx')}"
    return finish(ask, response)

"""One task: what is asked, by which clause, until when, every reminder of it, and a reminder by hand (C1, C2)."""

from typing import Any

from sqlmodel import col
from starlette.responses import Response

from app.admin.ask import Ask
from app.admin.door import Page
from app.admin.home import owed_lines
from app.admin.html import go, show
from app.admin.menu import is_member
from app.core.refusals import NotFound
from app.models.people import Person
from app.models.records import Reminder, Task
from app.queries.visibility import visible_to
from app.services import reminding


async def task(ask: Ask) -> Response:
    row: Task | None = await ask.session.scalar(visible_to(ask.view, Task).where(col(Task.id) == ask.path_id()))
    if row is None:
        raise NotFound()
    (line,) = await owed_lines(ask, [row], with_titles=is_member(ask))
    query = visible_to(ask.view, Reminder).where(col(Reminder.task_id) == row.id)
    reminders = (await ask.session.scalars(query.order_by(col(Reminder.fired_at), col(Reminder.id)))).all()
    return show(
        ask, "admin/task.html", task=line, row=row, reminders=reminders, names=await _names(ask, reminders),
        may_chase=row.closed_at is None and is_member(ask) and ask.may("task:chase"),
    )  # fmt: skip


async def _names(ask: Ask, reminders: Any) -> dict[Any, str]:
    keys = {key for each in reminders for key in (each.recipient_id, each.by_id) if key}
    rows = (await ask.session.scalars(visible_to(ask.view, Person).where(col(Person.id).in_(keys)))).all()
    return {row.id: row.name for row in rows}


async def chase(ask: Ask) -> Response:
    task_id = ask.path_id()
    async with ask.begin() as work:
        await reminding.chase_task(work, ask.actor, task_id, ask.form.text("reason"))
    return go(ask, f"/admin/tasks/{task_id}?done=task.chase")


PAGES = (Page("/tasks/{id}", task), Page("/tasks/{id}/chase", chase, "POST"))

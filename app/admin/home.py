"""The first page: what do I owe, by when, the overdue first (C1); and what I was told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col
from starlette.responses import Response

from app.admin.ask import Ask
from app.admin.door import Page
from app.admin.html import go, show
from app.admin.menu import is_member, sees_task_list
from app.admin.titles import titles_of
from app.core.clock import now, today
from app.core.workdays import is_late
from app.models.records import Notification, Task
from app.queries.tasks import my_tasks, overdue
from app.queries.visibility import row_filter
from app.queries.waiting import holder_names
from app.services import notifications


@dataclass(frozen=True, slots=True)
class Owed:
    """A line of a task list. `title` is None where the reader may not know it (C13)."""

    id: UUID
    noun: str
    object_id: UUID
    kind: str
    holder: str
    clause: str
    due_on: date
    due: str
    provisional: bool
    late: bool
    title: str | None


async def owed_lines(ask: Ask, tasks: Sequence[Task], with_titles: bool) -> list[Owed]:
    names = await holder_names(ask.session, [task.holder for task in tasks])
    titles = await titles_of(ask, [(task.noun, task.object_id) for task in tasks]) if with_titles else {}
    return [
        Owed(
            task.id, task.noun, task.object_id, task.kind, ask.say(*names[task.holder]), task.clause, task.due_on,
            ask.say(task.due_zh, task.due_en), task.provisional, is_late(task.due_on, now()),
            titles.get(task.object_id),
        )
        for task in tasks
    ]  # fmt: skip


async def _notifications(ask: Ask) -> list[dict[str, Any]]:
    query = select(Notification).where(row_filter(ask.view, Notification), col(Notification.person_id) == ask.person_id)
    rows = (await ask.session.scalars(query.order_by(col(Notification.id).desc()).limit(20))).all()
    titles = await titles_of(ask, [(row.noun, row.object_id) for row in rows if row.object_id])
    return [{"row": row, "title": titles.get(row.object_id) if row.object_id else None} for row in rows]


async def home(ask: Ask) -> Response:
    tasks = await my_tasks(ask.session, ask.view) if is_member(ask) else []
    lines = await owed_lines(ask, tasks, with_titles=True)
    return show(ask, "admin/home.html", tasks=lines, notifications=await _notifications(ask), today=today())


async def task_list(ask: Ask) -> Response:
    """What everybody owes: handlers see it of their matters, the system administrator without titles."""
    if not sees_task_list(ask):
        ask.must_see_all("task", "C1")
    only_late = ask.request.query_params.get("late") == "1"
    query = (
        select(Task)
        .where(row_filter(ask.view, Task), col(Task.closed_at).is_(None))
        .order_by(col(Task.due_on), col(Task.id))
    )
    tasks = await overdue(ask.session, ask.view) if only_late else (await ask.session.scalars(query.limit(300))).all()
    lines = await owed_lines(ask, tasks, with_titles=is_member(ask))
    return show(ask, "admin/tasks.html", tasks=lines, only_late=only_late, titled=is_member(ask))


async def read(ask: Ask) -> Response:
    """One line, or that line and all before it."""
    async with ask.begin() as work:
        await notifications.mark_read(work, ask.actor, ask.path_id(), ask.form.checked("and_earlier"))
    return go(ask, "/admin/")


PAGES = (Page("/", home), Page("/tasks", task_list), Page("/notifications/{id}/read", read, "POST"))

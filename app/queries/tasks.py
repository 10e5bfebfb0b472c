"""What is owed (C1): my open tasks, and what is overdue."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.clock import today
from app.models.records import Task
from app.queries.visibility import View, own_tasks, row_filter


async def my_tasks(session: AsyncSession, view: View, only_open: bool = True, limit: int = 200) -> Sequence[Task]:
    """The viewer's tasks, those lent to him too, the most urgent first. Administrators get their own only."""
    query = select(Task).where(row_filter(view, Task), own_tasks(view))
    if only_open:
        query = query.where(Task.closed_at.is_(None))  # type: ignore[union-attr]
    return (await session.scalars(query.order_by(Task.due_on, Task.id).limit(limit))).all()  # type: ignore[arg-type]


async def overdue(session: AsyncSession, view: View, limit: int = 200) -> Sequence[Task]:
    """Open tasks past their due day that the viewer may see."""
    query = select(Task).where(row_filter(view, Task), Task.closed_at.is_(None), Task.due_on < today())  # type: ignore[union-attr]
    return (await session.scalars(query.order_by(Task.due_on, Task.id).limit(limit))).all()  # type: ignore[arg-type]

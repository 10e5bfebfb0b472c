"""What is owed (C1): my open tasks, and what is overdue."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.core.clock import today
from app.models.records import Task
from app.queries.visibility import View, own_tasks, row_filter


async def my_tasks(session: AsyncSession, view: View, only_open: bool = True, limit: int = 200) -> Sequence[Task]:
    """The viewer's tasks, those lent to him too, the most urgent first. Administrators get their own only."""
    query = select(Task).where(row_filter(view, Task), own_tasks(view))
    if only_open:
        query = query.where(col(Task.closed_at).is_(None))
    return (await session.scalars(query.order_by(col(Task.due_on), col(Task.id)).limit(limit))).all()


async def overdue(session: AsyncSession, view: View, limit: int = 200) -> Sequence[Task]:
    """Open tasks past their due day that the viewer may see."""
    query = select(Task).where(row_filter(view, Task), col(Task.closed_at).is_(None), col(Task.due_on) < today())
    return (await session.scalars(query.order_by(col(Task.due_on), col(Task.id)).limit(limit))).all()

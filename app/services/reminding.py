"""A reminder by hand, with its reason (C2): of one task, each person once a day, on record and seen by the reminded."""

import hashlib
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import select
from sqlmodel import col

from app.core.enforces import enforces
from app.core.ladder import Recipient, Rung, may_chase
from app.core.refusals import Refusal, Refused, invalid
from app.models.records import Outbox, Part, Reminder, Task
from app.queries.reminders import Seats, seats_of
from app.rules.notices import kind_of
from app.rules.roles import Actor, Role, of_department
from app.services import trail
from app.services.chains import Owed, owed_by, reached
from app.services.channels import open_ways
from app.services.chasing import told
from app.services.customs import customs_of
from app.services.permits import require
from app.services.work import Work

LONGEST_REASON = 500
_TODAY = Rung(0, ("assignee",))


@enforces("C2", "B2.7")
async def chase_task(work: Work, actor: Actor, task_id: UUID, reason: str) -> Task:
    """Remind whoever owes this task now."""
    task: Task = await work.must_see(Task, task_id, actor)
    require(work, actor, "task", "chase", task.group_id, "C2")
    seats = (await seats_of(work.session, [task.group_id], work.day))[task.group_id]
    _of_general_affairs(actor, seats)
    if not 0 < len(reason.strip()) <= LONGEST_REASON:
        raise invalid(
            "reason", f"催办理由为1至{LONGEST_REASON}字。", f"A reason has 1 to {LONGEST_REASON} signs.", "C2"
        )
    owed = owed_by(task.holder, seats)
    _may_be_reminded(work, task, seats, owed)
    recipients = await _not_yet(work, task, reached(_TODAY, owed))
    for each in recipients:
        work.session.add(_reminder(work, actor, task, each, reason.strip()))
        work.session.add_all(await _lines(work, task, each, reason.strip(), seats))
    await work.session.flush()
    await _on_trail(work, actor, task, reason.strip())
    return task


def _of_general_affairs(actor: Actor, seats: Seats) -> None:
    """Of the departments it is General Affairs that chases; the director and his deputies may anyway."""
    group = seats.group
    directs = actor.roles_in(group.id) & {Role.OFFICE_DIRECTOR, Role.OFFICE_DEPUTY_DIRECTOR}
    unit_id = group.settings.get("general_affairs")
    own = bool(unit_id) and of_department(group.id, UUID(unit_id)) in actor.holders
    if not own and not directs:
        raise Refused(
            Refusal("not_your_role", "此项由综合部或办公室主任、副主任办理。",
                    "This is for General Affairs, the director and his deputies.", "C2", "综合部", "General Affairs")
        )  # fmt: skip


def _may_be_reminded(work: Work, task: Task, seats: Seats, owed: Owed) -> None:
    if task.closed_at is not None:
        raise Refused(Refusal("task_closed", "此项已办结或撤回,不再催办。", "It is done or withdrawn.", "C2"))
    if not may_chase(work.calendar, work.now, customs_of(seats.group.settings).hours):
        raise Refused(
            Refusal("not_now", "休息日和催办时段以外不催办。", "Nobody is chased on a day off or out of hours.", "C2")
        )
    if owed.leads and task.due_on < work.day:
        raise Refused(
            Refusal("in_person", "组长、副组长逾期后不再发送提醒,请当面提醒。",
                    "After the day a leader or deputy is not written to; remind him in person.", "C2")
        )  # fmt: skip


async def _not_yet(work: Work, task: Task, recipients: Sequence[Recipient[UUID]]) -> list[Recipient[UUID]]:
    """Those who have not been reminded of it by hand today."""
    query = select(col(Reminder.recipient_id)).where(
        col(Reminder.task_id) == task.id, col(Reminder.manual_on) == work.day
    )
    known = set((await work.session.scalars(query)).all())
    left = [each for each in recipients if each.id not in known]
    if not left:
        raise Refused(
            Refusal("chased_today", "今天已经人工催办过。", "They have been reminded by hand today.", "C2")
            if recipients
            else Refusal("nobody_to_chase", "没有可以催办的人。", "There is nobody to remind.", "C2")
        )
    return left


def _reminder(work: Work, actor: Actor, task: Task, to: Recipient[UUID], reason: str) -> Reminder:
    return Reminder(
        task_id=task.id, object_id=task.object_id, holder=task.holder, due_version=task.due_version,
        recipient_id=to.id, fired_at=work.now, manual_on=work.day, by_id=actor.person_id, reason=reason,
    )  # fmt: skip


async def _lines(work: Work, task: Task, to: Recipient[UUID], reason: str, seats: Seats) -> list[Outbox]:
    mine = select(col(Part.id)).where(
        col(Part.object_id) == task.object_id, col(Part.in_force), col(Part.holder).in_(sorted(seats.holders_of(to.id)))
    )
    knows = await work.session.scalar(mine.limit(1)) is not None
    payload = _payload(task, to, reason)
    key = f"chase:{task.id}:{task.due_version}:manual:{work.day}:{to.id}"
    return [
        Outbox(
            dedupe=f"{key}:{way.key}", event="task.remind", channel=way.channel, webhook_id=way.webhook_id,
            person_id=to.id, group_id=task.group_id, noun=task.noun if knows else "",
            object_id=task.object_id if knows else None, payload=payload,
        )
        for way in await open_ways(work.session, task.group_id, kind_of("task.remind"))
    ]  # fmt: skip


def _payload(task: Task, to: Recipient[UUID], reason: str) -> dict[str, Any]:
    message: dict[str, Any] = orjson.loads(told(task.kind, _TODAY, to) + "}")
    return {
        **message, "rung": None, "zh": f"人工催办:{reason}", "en": f"reminded by hand: {reason}",
        "task_id": str(task.id), "due_version": task.due_version, "due_on": task.due_on.isoformat(),
        "task_clause": task.clause,
    }  # fmt: skip


async def _on_trail(work: Work, actor: Actor, task: Task, reason: str) -> None:
    await trail.append(
        work.session,
        trail.entry(
            work.now, task.noun, "chase", "C2", object_id=task.object_id, group_id=task.group_id,
            actor_id=actor.person_id, origin=actor.origin, content_hash=hashlib.sha256(reason.encode()).hexdigest(),
        ),
    )  # fmt: skip

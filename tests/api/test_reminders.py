"""Reminders over the API (C2): every chase of a task is read by whoever owes it."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from app.models.records import Task
from app.services import chasing
from app.services.outbox import deliver_in_app
from schema.ids import pack
from tests.support.city import moment

CHASES = "chases { at rung inPerson byHand reason recipient { name } by { name } }"


@pytest.mark.clause("C2", "A4.4")
async def test_every_chase_is_read_by_whoever_owes_the_task(api: Any, clock: Any) -> None:
    await api.city.motion("under_review")
    async with api.city.db.read() as session:
        query = select(Task).where(Task.holder.like(f"%{api.city.units['市财政局']}"), Task.kind == "opinion")
        task = (await session.scalars(query)).one()
    clock.set(moment("2026-03-09 10:00"))
    await chasing.sweep(api.city.db)
    given = {"id": pack("Task", task.id), "reason": "请今日答复"}
    assert (await api.do("finance", "chaseTask", **given))["code"] == "not_your_role"
    assert (await api.do("civil", "chaseTask", **given))["code"] == "not_found"
    done = await api.do("head", "chaseTask", f"... on Task {{ {CHASES} }}", **given)
    node = f"query($id: ID!) {{ node(id: $id) {{ ... on Task {{ {CHASES} }} }} }}"
    for who in ("finance", "finance_liaison", "head", "director"):
        seen = (await api.ask(who, node, id=given["id"]))["node"]["chases"]
        assert seen == done["chases"], who
    assert [(each["rung"], each["byHand"], each["reason"]) for each in seen] == [
        (-2, False, ""), (0, False, ""), (None, True, "请今日答复"),
    ]  # fmt: skip
    assert seen[2]["by"] == {"name": "部长辛"} and seen[2]["recipient"] == {"name": "财政联络员"}
    assert (await api.ask("civil", node, id=given["id"]))["node"] is None


@pytest.mark.clause("C2", "C9")
async def test_a_reminder_says_what_is_asked_by_which_clause_and_leads_there(api: Any, clock: Any) -> None:
    await api.city.motion("submitted")
    clock.set(moment("2026-03-13 10:00"))  # six working days late
    await chasing.sweep(api.city.db)
    await deliver_in_app(api.city.db)
    reminded = "reminded { taskId kind clause dueOn text page }"
    query = f"{{ viewer {{ notifications(first: 5) {{ nodes {{ event clause {reminded} }} }} }} }}"
    lines = (await api.ask("head", query))["viewer"]["notifications"]["nodes"]
    (line,) = [each for each in lines if each["event"] == "task.remind"]
    (reminded,) = line["reminded"]
    assert line["clause"] == "C2" and reminded["clause"] == "A3.2"
    assert (reminded["kind"], reminded["dueOn"]) == ("Signature", "2026-03-05")
    assert reminded["page"] == f"/admin/tasks/{UUID(reminded['taskId'].removeprefix('Task_'))}"
    found = await api.ask("head", "query($id: ID!) { node(id: $id) { ... on Task { kind } } }", id=reminded["taskId"])
    assert found["node"] == {"kind": "signature"}

"""The page of one task (C1, C2): what is asked, its reminders, and a reminder by hand."""

import pytest
from sqlalchemy import select

from app.models.records import Task
from app.services import chasing
from app.services.outbox import deliver_in_app
from tests.admin.conftest import Pages
from tests.support.city import moment


@pytest.mark.clause("C2", "A4.4")
async def test_a_task_shows_its_reminders_and_the_office_reminds_by_hand(pages: Pages, clock) -> None:
    city = pages.city
    motion = await city.motion("submitted")
    async with city.db.read() as session:
        task = (await session.scalars(select(Task).where(Task.object_id == motion.id))).one()
    clock.set(moment("2026-03-05 10:00"))
    await chasing.sweep(city.db)
    await deliver_in_app(city.db)
    page = f"/admin/tasks/{task.id}"
    director = await pages.sign_in("director")
    assert page in (await director.get("/admin/")).text
    shown = (await director.get(page)).text
    assert motion.title in shown and "到期当日" in shown and "主任戊" in shown
    head = await pages.sign_in("head")
    await head.get(page)
    assert (await head.post(f"{page}/chase", {"reason": "请今日核签"})).status_code == 303
    assert (await head.post(f"{page}/chase", {"reason": "请今日核签"})).status_code == 409
    assert "请今日核签" in (await director.get(page)).text
    admin = (await (await pages.sign_in("sysadmin")).get(page)).text
    assert motion.title not in admin and "请今日核签" not in admin
    assert (await (await pages.sign_in("civil")).get(page)).status_code == 404

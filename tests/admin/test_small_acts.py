"""Acts beside the procedure on the pages: an inbox read, a clerk's authority, a voided number, a restricted title."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.core.clock import now, today
from app.models.people import Appointment, Group
from app.models.records import Trail
from app.services import following, outbox, people
from tests.admin.conftest import Pages
from tests.support.city import moment


@pytest.mark.clause("C9")
async def test_the_inbox_is_read_line_by_line_or_at_once(pages: Pages) -> None:
    for _ in range(3):
        await pages.city.motion("submitted")
    await outbox.deliver_in_app(pages.city.db)
    director = await pages.sign_in("director")
    text = (await director.get("/admin/")).text
    assert text.count('class="unread"') == 3
    lines = re.findall(r'action="(/admin/notifications/[^"]+/read)"', text)
    assert (await director.post(lines[-1])).status_code == 303
    text = (await director.get("/admin/")).text
    assert text.count('class="unread"') == 2
    assert "全部标为已读" in text
    assert (await director.post(lines[0], {"and_earlier": "1"})).status_code == 303
    text = (await director.get("/admin/")).text
    assert 'class="unread"' not in text
    assert "标为已读" not in text
    stranger = await pages.sign_in("leader")
    await stranger.get("/admin/")
    assert (await stranger.post(lines[1])).status_code == 404


@pytest.mark.clause("C20")
async def test_a_clerks_authority_is_given_and_withdrawn(pages: Pages) -> None:
    city = pages.city
    motion = await city.motion("reviewed")
    signer, clerk = await pages.sign_in("leader"), await pages.sign_in("staff")
    await signer.get("/admin/delegations")
    form = {"group_id": str(city.group), "clerk_id": str(city.people["staff"])}
    assert (await signer.post("/admin/clerks", form)).status_code == 303
    assert "代录:审定" in (await clerk.get(f"/admin/motions/{motion.id}")).text
    text = (await signer.get("/admin/delegations")).text
    (withdraw,) = set(re.findall(r'action="(/admin/clerks/[^"]+/withdraw)"', text))
    assert (await clerk.post(withdraw)).status_code == 404
    assert (await signer.post(withdraw)).status_code == 303
    assert withdraw not in (await signer.get("/admin/delegations")).text
    assert "代录:审定" not in (await clerk.get(f"/admin/motions/{motion.id}")).text
    entry = {"principal_id": str(city.people["leader"]), "signed_on": "2026-03-02", "note": "档案柜3号"}
    assert (await clerk.post(f"/admin/act/motion/{motion.id}/admit", entry)).status_code == 409


@pytest.mark.clause("A3.5")
async def test_a_number_is_voided_on_the_documents_page(pages: Pages) -> None:
    city = pages.city
    _, _, decision = await city.decided()
    document = await city.document(decision, "registered")
    page, act = f"/admin/documents/{document.id}", f"/admin/act/document/{document.id}/void"
    director = await pages.sign_in("director")
    assert f'action="{act}"' in (await director.get(page)).text
    assert (await director.post(act, {"reason": " "})).status_code == 422
    assert (await director.post(act, {"reason": "主送机关有误"})).status_code == 303
    text = (await director.get(page)).text
    for words in (document.number, "编号作废", "主送机关有误"):
        assert words in text
    assert document.number in (await director.get("/admin/documents")).text


@pytest.mark.clause("C5", "A3.5")
async def test_a_document_says_who_left_before_signing(pages: Pages) -> None:
    city = pages.city
    _, _, decision = await city.decided()
    document = await city.document(decision, "signed")
    async with city.db.read() as session:
        post = await session.scalar(select(Appointment).where(Appointment.person_id == city.people["deputy2"]))
    await city.do("sysadmin", people.end_appointment, post.id, today())
    city.go_to(now() + timedelta(days=1))
    await following.sweep(city.works)
    text = (await (await pages.sign_in("leader")).get(f"/admin/documents/{document.id}")).text
    assert "签署前已离任,不再签署:副组长丁" in text


@pytest.mark.clause("A4.4")
async def test_a_list_that_shows_a_restricted_title_is_a_reading_and_task_lists_show_none(pages: Pages) -> None:
    city = pages.city
    secret = await city.motion("submitted", title="涉密以外的工作秘密事项之一", disclosure="restricted")
    await outbox.deliver_in_app(city.db)
    director = await pages.sign_in("director")
    home = (await director.get("/admin/")).text
    assert secret.title not in home
    assert "工作秘密事项" in home
    assert secret.title not in (await director.get("/admin/tasks")).text
    assert await readings(pages) == []
    assert secret.title in (await director.get("/admin/motions")).text
    assert await readings(pages) == [(secret.id, city.people["director"])]


async def readings(pages: Pages) -> list[tuple[object, object]]:
    async with pages.city.db.read() as session:
        rows = (await session.scalars(select(Trail).where(Trail.action == "read"))).all()
    return [(row.object_id, row.actor_id) for row in rows]


@pytest.mark.clause("C13", "A3.5")
async def test_a_groups_settings_have_a_page_for_the_system_administrator_alone(pages: Pages) -> None:
    city = pages.city
    page = f"/admin/groups/{city.group}"
    for who in ("leader", "secadmin", "staff"):
        other = await pages.sign_in(who)
        assert (await other.get(page)).status_code == 403
        assert (await other.post(page, {"body_code": "改"})).status_code in (403, 422)
    administrator = await pages.sign_in("sysadmin")
    assert page in (await administrator.get("/admin/groups")).text
    text = (await administrator.get(page)).text
    assert 'name="body_code" value="江智领"' in text
    form = dict(re.findall(r'type="(?:number|time)" name="(\w+)" value="([^"]*)"', text))
    form |= {"body_code": "江信领", "document_kinds": "通知", "signature_days": "1", "mail_titles": "1",
             "general_affairs": str(city.units["综合部"]), "finance_unit": str(city.units["市财政局"])}  # fmt: skip
    assert (await administrator.post(page, {**form, "signature_days": "-3"})).status_code == 422
    assert (await administrator.post(page, form)).status_code == 303
    async with city.db.read() as session:
        group = await session.get(Group, city.group)
    assert (group.body_code, group.settings["signature_days"], group.settings["mail_titles"]) == ("江信领", 1, True)
    assert group.settings["document_kinds"] == ["通知"]
    text = (await administrator.get(page)).text
    assert 'value="江信领"' in text


@pytest.mark.clause("C14")
async def test_days_on_pages_are_those_of_shanghai(pages: Pages) -> None:
    city = pages.city
    city.go_to(moment("2026-03-03 07:30"))  # still the second of March in UTC
    motion = await city.motion("submitted")
    text = (await (await pages.sign_in("staff")).get(f"/admin/motions/{motion.id}")).text
    assert "自 2026年3月3日" in text


@pytest.mark.clause("C11", "A4.4")
async def test_search_has_a_page(pages: Pages) -> None:
    city = pages.city
    motion = await city.motion("submitted", title="关于公共停车信息共享的办法")
    staff, civil = await pages.sign_in("staff"), await pages.sign_in("civil")
    text = (await staff.get("/admin/search?q=停车信息")).text
    assert f'href="/admin/motions/{motion.id}"' in text
    assert motion.title in text
    assert motion.title not in (await staff.get("/admin/search?q=停车信息&kind=document")).text
    assert motion.title not in (await staff.get("/admin/search?q=停车信息&since=2026-03-03")).text
    assert motion.title not in (await civil.get("/admin/search?q=停车信息")).text
    assert "至少两个" in (await staff.get("/admin/search?q=停")).text
    assert (await staff.get("/admin/search?q=停车&since=yesterday")).status_code == 200
    assert (await (await pages.sign_in("auditor")).get("/admin/search?q=停车")).status_code == 403

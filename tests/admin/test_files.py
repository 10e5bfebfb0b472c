"""Files over their own address, as a page's form and as a client sends them (A4.4, C8)."""

import hashlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from app.core.clock import now
from app.models.papers import Attachment, RegisterCard
from app.models.people import Group
from app.models.records import Outbox, Trail
from tests.admin.conftest import Browser, Pages, application
from tests.support.city import City
from tests.support.files import BOUNDARY, KIND, docx_of, form_of, packed, pdf_of, xlsx_of


@pytest.fixture
def pages(city: City, tmp_path: Path) -> Pages:
    return Pages(city, application(city, files=tmp_path / "files", file_mb=1))


def lying(tmp_path: Path) -> list[str]:
    """Every file in the store, and what waits to come in."""
    return sorted(path.name for path in (tmp_path / "files").rglob("*") if path.is_file())


async def send(
    browser: Browser, address: str, name: str | bytes, content: bytes, site: str = "same-origin", **fields: str
) -> httpx.Response:
    body = form_of(name, content, **{"csrf": browser.token, **fields})
    headers = {"content-type": KIND, "sec-fetch-site": site}
    return await browser.client.post(address, content=body, headers=headers, follow_redirects=False)


async def rows(city: City) -> list[Attachment]:
    async with city.db.read() as session:
        return list((await session.scalars(select(Attachment).order_by(Attachment.id))).all())


@pytest.mark.clause("C8")
async def test_a_file_is_put_in_by_a_page_taken_back_and_gets_versions(pages: Pages, tmp_path: Path) -> None:
    motion = await pages.city.motion()
    staff = await pages.sign_in("staff")
    here = f"/admin/motions/{motion.id}"
    assert "上传议题材料" in (await staff.get(here)).text
    first, second = docx_of("第一稿"), docx_of("第二稿")
    answer = await send(staff, f"/files/motion/{motion.id}", "建设方案.docx", first, back=here)
    assert (answer.status_code, answer.headers["location"]) == (303, here)
    await send(staff, f"/files/motion/{motion.id}", "建设方案.docx", second, back=here)
    old, new = await rows(pages.city)
    assert (old.number, new.number, old.series_id) == (1, 2, new.series_id) and old.until and not new.until
    assert new.digest == hashlib.sha256(second).hexdigest() and new.size == len(second)
    assert (new.noun, new.object_id, new.purpose, new.put_by) == (
        "motion", motion.id, "paper", pages.city.people["staff"]
    )  # fmt: skip
    text = (await staff.get(here)).text
    assert f"/files/{new.id}" in text and "第2版" in text and "以前的版本" in text
    taken = await staff.get(f"/files/{new.id}")
    assert taken.content == second
    assert taken.headers["x-content-type-options"] == "nosniff"
    assert taken.headers["content-disposition"].startswith("attachment;")
    assert "filename*=UTF-8''%E5%BB%BA" in taken.headers["content-disposition"]
    assert "sandbox" in taken.headers["content-security-policy"]
    again = await send(staff, f"/files/motion/{motion.id}", "建设方案.docx", second)
    assert again.status_code == 303 and len(await rows(pages.city)) == 2, "sent twice, it is there once"
    form = {"reason": "传错了", "back": here}
    assert (await staff.post(f"/admin/attachments/{new.id}/withdraw", form)).status_code == 303
    assert "已撤回:传错了" in (await staff.get(here)).text
    assert len(lying(tmp_path)) == 2


@pytest.mark.clause("C8", "A4.4")
async def test_a_client_sends_with_its_token_and_reads_json(pages: Pages) -> None:
    motion = await pages.city.motion()
    staff = await pages.sign_in("staff")
    token = staff.client.cookies["yishi"]
    client = pages.anybody().client
    headers = {"authorization": f"Bearer {token}", "content-type": KIND, "accept-language": "en"}
    address = f"/files/motion/Motion_{motion.id.hex}"
    answer = await client.post(address, content=form_of("说明.pdf", pdf_of("说明")), headers=headers)
    assert answer.status_code == 201
    told = answer.json()
    assert (told["name"], told["version"], told["mediaType"]) == ("说明.pdf", 1, "application/pdf")
    taken = await client.get(told["url"], headers=headers)
    assert hashlib.sha256(taken.content).hexdigest() == told["sha256"]
    nobody = await client.post(address, content=form_of("a.pdf", pdf_of("一")), headers={"content-type": KIND})
    assert nobody.status_code in (303, 401, 403, 409)
    wrong = {**headers, "authorization": "Bearer wrong"}
    assert (await client.get(told["url"], headers=wrong)).status_code == 401
    assert (await client.post(address, content=b"", headers=wrong)).status_code == 401
    bad = await client.post(address, content=form_of("a.exe", b"MZ"), headers=headers)
    assert (bad.status_code, bad.json()["code"], bad.json()["clause"]) == (415, "file_type", "C8")
    assert len(await rows(pages.city)) == 1


BAD: dict[str, tuple[str | bytes, bytes, str]] = {
    "too large": ("a.pdf", b"%PDF-1.7" + bytes(1_100_000), "超过1兆字节"),
    "empty": ("a.pdf", b"", "没有内容"),
    "no file": ("", b"", "请选择要上传的文件"),
    "a type nobody takes": ("a.exe", b"MZ", "不收这种文件"),
    "a name that is none": ("方案", b"x", "文件名无法识别"),
    "a name nobody can read": (b"\xff\xfe\x00.pdf", b"x", "文件名无法识别"),
    "a name that deceives": ("a\u202efdp.txt", b"x", "文件名无法识别"),
    "another content": ("a.docx", pdf_of("一"), "与扩展名“docx”不符"),
    "a table as a document": ("a.docx", xlsx_of("一"), "与扩展名“docx”不符"),
    "a program as text": ("a.txt", b"MZ\x00\x01", "与扩展名“txt”不符"),
    "encrypted": ("a.pdf", b"%PDF-1.7 /Encrypt 1 0 R", "无法检查"),
}


@pytest.mark.clause("C8", "A4.4")
@pytest.mark.parametrize("kind", BAD)
async def test_a_file_at_fault_is_told_so_and_leaves_nothing(pages: Pages, tmp_path: Path, kind: str) -> None:
    name, content, said = BAD[kind]
    motion = await pages.city.motion()
    staff = await pages.sign_in("staff")
    await staff.get(f"/admin/motions/{motion.id}")
    before = await pages.city.counts()
    answer = await send(staff, f"/files/motion/{motion.id}", name, content)
    assert answer.status_code in (409, 422) and said in answer.text
    assert await rows(pages.city) == [] and lying(tmp_path) == []
    assert await pages.city.counts() == before


@pytest.mark.clause("C8")
@pytest.mark.parametrize(
    ("kind", "body"),
    [("application/json", b"{}"), ("multipart/form-data", b"x"), (KIND, b"nonsense"),
     (KIND, form_of("a.txt", b"x")[:-30]), (KIND, form_of("a.txt", b"x") * 2)],
)  # fmt: skip
async def test_what_is_no_form_is_refused(pages: Pages, tmp_path: Path, kind: str, body: bytes) -> None:
    motion = await pages.city.motion()
    staff = await pages.sign_in("staff")
    headers = {"content-type": kind, "sec-fetch-site": "same-origin"}
    answer = await staff.client.post(f"/files/motion/{motion.id}", content=body, headers=headers)
    assert answer.status_code in (403, 409, 422)
    assert await rows(pages.city) == [] and lying(tmp_path) == []


@pytest.mark.clause("C8")
async def test_a_foreign_form_puts_nothing_in(pages: Pages, tmp_path: Path) -> None:
    motion = await pages.city.motion()
    staff = await pages.sign_in("staff")
    address, content = f"/files/motion/{motion.id}", pdf_of("一")
    for site, fields in (("cross-site", {}), ("same-site", {}), ("same-origin", {"csrf": "0" * 64})):
        assert (await send(staff, address, "a.pdf", content, site, **fields)).status_code == 403
    assert (await send(pages.anybody(), address, "a.pdf", content)).status_code in (303, 401, 409)
    assert await rows(pages.city) == [] and lying(tmp_path) == []


@pytest.mark.clause("A4.4")
async def test_a_file_is_seen_by_those_who_have_part_in_its_matter(pages: Pages) -> None:
    city = pages.city
    motion = await city.motion()
    staff = await pages.sign_in("staff")
    await send(staff, f"/files/motion/{motion.id}", "a.pdf", pdf_of("一"))
    (row,) = await rows(city)
    finance = await pages.sign_in("finance")
    nowhere = await finance.get("/files/00000000-0000-7000-8000-000000000000")
    hidden = await finance.get(f"/files/{row.id}")
    assert hidden.status_code == nowhere.status_code == 404
    assert len(hidden.text) == len(nowhere.text)
    unseen = await send(finance, f"/files/motion/{motion.id}", "b.pdf", pdf_of("二"))
    assert unseen.status_code == 404
    assert (await (await pages.sign_in("director")).get(f"/files/{row.id}")).status_code == 200
    for who in ("sysadmin", "secadmin", "auditor"):
        assert (await (await pages.sign_in(who)).get(f"/files/{row.id}")).status_code == 404
    assert (await pages.anybody().get(f"/files/{row.id}")).status_code == 303
    assert (await finance.get("/files/none")).status_code == 404


@pytest.mark.clause("A4.4")
async def test_taking_a_paper_of_a_restricted_matter_is_recorded(pages: Pages) -> None:
    city = pages.city
    plain, secret = await city.motion(), await city.motion(disclosure="restricted")
    staff = await pages.sign_in("staff")
    for motion in (plain, secret):
        await send(staff, f"/files/motion/{motion.id}", "a.pdf", pdf_of("一"))
    for row in await rows(city):
        assert (await staff.get(f"/files/{row.id}")).status_code == 200
    async with city.db.read() as session:
        (entry,) = (await session.scalars(select(Trail).where(Trail.action == "download"))).all()
    assert (entry.object_id, entry.actor_id, entry.clause) == (secret.id, city.people["staff"], "A4.4")
    assert entry.content_hash == row.digest


@pytest.mark.clause("A4.4")
@pytest.mark.parametrize(
    ("name", "content"),
    [("方案.docx", docx_of(["机密", "★", "10年"])), ("表.xlsx", xlsx_of("秘 密 ★")), ("图.pdf", pdf_of("绝密★")),
     ("文.txt", "机　密★".encode("gb18030")), ("机密★.txt", b"plain")],
)  # fmt: skip
async def test_a_file_with_the_mark_of_a_state_secret_leaves_no_copy_and_the_officer_is_told(
    pages: Pages, tmp_path: Path, caplog: pytest.LogCaptureFixture, name: str, content: bytes
) -> None:
    city = pages.city
    motion = await city.motion()
    staff = await pages.sign_in("staff")
    answer = await send(staff, f"/files/motion/{motion.id}", name, content)
    assert answer.status_code == 409 and "国家秘密标志" in answer.text
    assert await rows(city) == [] and lying(tmp_path) == []
    assert name not in caplog.text and name not in answer.text
    async with city.db.read() as session:
        lines = (await session.scalars(select(Outbox).where(Outbox.event == "secrecy.refused"))).all()
        (entry,) = (await session.scalars(select(Trail).where(Trail.action == "refuse_secret"))).all()
    assert {(row.person_id, row.channel) for row in lines} == {
        (city.people["head"], "inapp"), (city.people["head"], "mail")
    }, "the head of General Affairs, where the group has named nobody"  # fmt: skip
    assert all(row.object_id is None and name.partition(".")[0] not in str(row.payload) for row in lines)
    assert (entry.actor_id, entry.clause, entry.content_hash) == (city.people["staff"], "A4.4", "")


@pytest.mark.clause("A4.4")
async def test_the_officer_whom_the_group_has_named_is_told_of_texts_too(pages: Pages) -> None:
    city = pages.city
    async with city.db.write() as session:
        group = await session.get(Group, city.group)
        assert group is not None
        group.settings = {**group.settings, "secrecy_officer": str(city.people["vice"])}
    staff = await pages.sign_in("staff")
    motion = await city.motion()
    form = {"number": "机密★", "level": "secret", "years": "1", "keeper": "甲", "place": "乙"}
    assert (await staff.post(f"/admin/cards/motion/{motion.id}", form)).status_code == 409
    async with city.db.read() as session:
        lines = (await session.scalars(select(Outbox).where(Outbox.event == "secrecy.refused"))).all()
    assert {row.person_id for row in lines} == {city.people["vice"]}


@pytest.mark.clause("A4.4")
async def test_a_register_card_stands_in_the_place_of_what_may_not_be_kept(pages: Pages) -> None:
    city = pages.city
    motion = await city.motion()
    staff = await pages.sign_in("staff")
    good = {
        "number": "江智密〔2026〕1号",
        "level": "confidential",
        "years": "20",
        "keeper": "机要科 王某",
        "place": "机要室3号柜",
    }
    address = f"/admin/cards/motion/{motion.id}"
    for wrong in ({"level": "top_secret"}, {"years": "21"}, {"years": "0"}, {"years": "x"}, {"number": " "},
                  {"level": "secret", "years": "11"}, {"place": ""}, {"keeper": "甲" * 101}):  # fmt: skip
        assert (await staff.post(address, {**good, **wrong})).status_code == 422, wrong
    assert (await staff.post(f"/admin/cards/item/{motion.id}", good)).status_code == 422, "an item takes no card"
    async with city.db.read() as session:
        assert (await session.scalars(select(RegisterCard))).all() == []
    assert (await (await pages.sign_in("finance")).post(address, good)).status_code == 404
    assert (await staff.post(address, good)).status_code == 303
    text = (await staff.get(f"/admin/motions/{motion.id}")).text
    assert "江智密〔2026〕1号" in text and "机密20年" in text and "机要室3号柜" in text
    assert "登记卡江智密〔2026〕1号" in (await city.fresh(motion)).annexes


async def broken_off(body: bytes) -> AsyncIterator[bytes]:
    yield body[:200]
    raise ConnectionResetError("gone")


@pytest.mark.clause("C8")
async def test_an_upload_that_breaks_off_leaves_nothing(pages: Pages, tmp_path: Path) -> None:
    motion = await pages.city.motion()
    staff = await pages.sign_in("staff")
    body: Any = broken_off(form_of("a.pdf", pdf_of("一" * 500), csrf=staff.token))
    with pytest.raises(ConnectionResetError):
        await staff.client.post(f"/files/motion/{motion.id}", content=body, headers={"content-type": KIND})
    assert await rows(pages.city) == [] and lying(tmp_path) == []


@pytest.mark.clause("C8")
async def test_the_types_that_a_group_takes_are_its_own(pages: Pages) -> None:
    city = pages.city
    async with city.db.write() as session:
        group = await session.get(Group, city.group)
        assert group is not None
        group.settings = {**group.settings, "file_types": ["pdf"]}
    motion = await city.motion()
    staff = await pages.sign_in("staff")
    refused = await send(staff, f"/files/motion/{motion.id}", "a.docx", docx_of("一"))
    assert refused.status_code == 409 and "可以上传:pdf" in refused.text
    assert (await send(staff, f"/files/motion/{motion.id}", "a.pdf", pdf_of("一"))).status_code == 303
    assert (await rows(city))[0].put_at == now()


async def test_a_package_that_only_pretends_is_none(pages: Pages) -> None:
    motion = await pages.city.motion()
    staff = await pages.sign_in("staff")
    answer = await send(staff, f"/files/motion/{motion.id}", "a.docx", packed(("evil.exe", b"MZ")))
    assert answer.status_code == 409 and "不符" in answer.text


@pytest.mark.clause("C8")
async def test_one_form_brings_one_file(pages: Pages, tmp_path: Path) -> None:
    motion = await pages.city.motion()
    staff = await pages.sign_in("staff")
    first, second = form_of("a.txt", b"one", csrf=staff.token), form_of("b.txt", b"two")
    end = f"--{BOUNDARY}--\r\n".encode()
    headers = {"content-type": KIND, "sec-fetch-site": "same-origin"}
    body = first.removesuffix(end) + second
    answer = await staff.client.post(f"/files/motion/{motion.id}", content=body, headers=headers)
    assert answer.status_code == 422 and "一次只能上传一个文件" in answer.text
    assert await rows(pages.city) == [] and lying(tmp_path) == []

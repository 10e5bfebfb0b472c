"""Signing in, the first password, and what holds against foreign forms, scripts and frames."""

import re

import pytest

from app.services.accounts import make_invite
from tests.admin.conftest import Pages

PASSWORD = "Correct-Horse-7"


async def invited(pages: Pages, who: str) -> str:
    async with pages.city.works.begin() as work:
        return await make_invite(work, pages.city.people[who])


async def set_password(pages: Pages, who: str) -> None:
    browser, path = pages.anybody(), f"/admin/invite/{await invited(pages, who)}"
    await browser.get(path)
    answer = await browser.post(path, {"password": PASSWORD, "again": PASSWORD})
    assert answer.headers["location"] == "/admin/sign-in"


@pytest.mark.clause("C13")
async def test_a_one_time_link_then_sign_in_then_out(pages: Pages) -> None:
    await set_password(pages, "staff")
    browser = pages.anybody()
    asked = await browser.get("/admin/tasks")
    assert asked.headers["location"] == "/admin/sign-in?next=/admin/tasks"
    await browser.get(asked.headers["location"])
    form = {"login": "staff@example.cn", "password": PASSWORD, "next": "/admin/tasks"}
    answer = await browser.post("/admin/sign-in", form)
    assert answer.headers["location"] == "/admin/tasks"
    cookie = next(value for value in answer.headers.get_list("set-cookie") if value.startswith("yishi="))
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert (await browser.get("/admin/tasks")).status_code == 200
    assert (await browser.post("/admin/sign-out")).headers["location"] == "/admin/sign-in"
    assert (await browser.get("/admin/tasks")).status_code == 303


@pytest.mark.clause("C13")
async def test_the_link_works_once_and_the_password_must_be_typed_twice(pages: Pages) -> None:
    path, browser = f"/admin/invite/{await invited(pages, 'staff')}", pages.anybody()
    await browser.get(path)
    assert (await browser.post(path, {"password": PASSWORD, "again": "other"})).status_code == 422
    assert (await browser.post(path, {"password": "short", "again": "short"})).status_code == 422
    assert (await browser.post(path, {"password": PASSWORD, "again": PASSWORD})).status_code == 303
    assert (await browser.post(path, {"password": PASSWORD, "again": PASSWORD})).status_code == 422


async def test_a_wrong_password_and_an_unknown_name_are_answered_alike(pages: Pages) -> None:
    await set_password(pages, "staff")
    browser = pages.anybody()
    await browser.get("/admin/sign-in")
    for login in ("staff@example.cn", "nobody@example.cn"):
        answer = await browser.post("/admin/sign-in", {"login": login, "password": "Wrong-Horse-77"})
        assert answer.status_code == 422
        assert "账号或密码不正确" in answer.text
        assert "yishi=" not in "".join(answer.headers.get_list("set-cookie"))


@pytest.mark.parametrize("elsewhere", ["https://evil.example", "//evil.example", "/\\evil.example", "/adminx", ""])
async def test_signing_in_leads_only_to_our_own_pages(pages: Pages, elsewhere: str) -> None:
    await set_password(pages, "staff")
    browser = pages.anybody()
    await browser.get("/admin/sign-in")
    form = {"login": "staff@example.cn", "password": PASSWORD, "next": elsewhere}
    assert (await browser.post("/admin/sign-in", form)).headers["location"] == "/admin/"


async def test_a_form_from_elsewhere_does_nothing(pages: Pages) -> None:
    motion = await pages.city.motion("submitted")
    browser = await pages.sign_in("director")
    before = await pages.city.counts()
    path = f"/admin/act/motion/{motion.id}/endorse"
    foreign = [
        await browser.post(path, {"csrf": ""}),
        await browser.post(path, {"csrf": "0" * 64}),
        await browser.post(path, **{"sec-fetch-site": "cross-site"}),
        await browser.post(path, **{"sec-fetch-site": "same-site"}),
    ]
    assert [answer.status_code for answer in foreign] == [403] * 4
    multipart = await browser.client.post(path, files={"csrf": (None, browser.token)})
    assert multipart.status_code == 422
    other = await pages.sign_in("staff")
    assert (await browser.post(path, {"csrf": other.token})).status_code == 403, "the token belongs to one session"
    assert await pages.city.counts() == before
    assert (await browser.post(path)).status_code == 303


async def test_every_html_answer_allows_one_script_and_no_frame(pages: Pages) -> None:
    browser = await pages.sign_in("staff")
    for path in ("/admin/", "/admin/nowhere", "/admin/people", "/public", "/admin/motions?before=x"):
        answer = await browser.get(path)
        policy = answer.headers["content-security-policy"]
        nonce = re.search(r"script-src 'nonce-([\w-]+)';", policy)
        assert nonce
        assert policy.startswith("default-src 'none'")
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        scripts = re.findall(r"<script[^>]*>", answer.text)
        assert len(scripts) == 1
        assert f'nonce="{nonce[1]}"' in scripts[0]
        assert not re.search(r"\son\w+=|javascript:| style=", answer.text)
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["cache-control"] == "no-store"


async def test_a_fragment_carries_no_script(pages: Pages) -> None:
    browser = await pages.sign_in("staff")
    text = (await browser.get("/admin/motions", **{"hx-request": "true"})).text
    assert "<script" not in text
    assert "<html" not in text
    assert '<main id="main">' in text


async def test_behind_https_cookies_are_bound_to_the_host(pages: Pages) -> None:
    from tests.admin.conftest import application

    pages.app = application(pages.city, public_url="https://yishi.example.cn")
    browser = pages.anybody()
    answer = await browser.get("/admin/sign-in?lang=en")
    cookies = answer.headers.get_list("set-cookie")
    assert cookies
    assert all(cookie.startswith("__Host-") and "Secure" in cookie for cookie in cookies)
    assert "strict-transport-security" in answer.headers


async def test_htmx_comes_from_the_cdn_or_from_the_installation(pages: Pages) -> None:
    from app.admin.site import HTMX_INTEGRITY
    from tests.admin.conftest import application

    text = (await pages.anybody().get("/admin/sign-in")).text
    assert "https://cdn.jsdelivr.net/npm/htmx.org@4.0.1/dist/htmx.min.js" in text
    assert HTMX_INTEGRITY in text
    pages.app = application(pages.city, assets="local")
    text = (await pages.anybody().get("/admin/sign-in")).text
    assert "https://" not in text
    found = re.search(r'src="(/admin/static/[^"]+)"', text)
    assert found
    script = await pages.anybody().get(found[1])
    import base64
    import hashlib

    digest = base64.b64encode(hashlib.sha384(script.content).digest()).decode()
    assert f"sha384-{digest}" == HTMX_INTEGRITY

"""Signing in and out, and the first password by a one-time link."""

from starlette.responses import Response

from app.admin import cookies
from app.admin.ask import Ask, local_path
from app.admin.door import Page
from app.admin.html import go, show
from app.core.refusals import Refused, invalid
from app.services import accounts


async def sign_in_form(ask: Ask) -> Response:
    after = local_path(ask.request.query_params.get("next", ""))
    return show(ask, "admin/sign_in.html", after=after, login="", refusal=None)


async def sign_in(ask: Ask) -> Response:
    after = local_path(ask.form.text("next"))
    login, device = ask.form.text("login"), ask.request.headers.get("user-agent", "")
    hours = ask.site.settings.session_hours
    try:
        async with ask.begin() as work:
            token, _ = await accounts.sign_in(work, login, ask.form.text("password"), device, ask.origin, hours)
    except Refused as refused:
        return show(ask, "admin/sign_in.html", 422, after=after, login=login, refusal=refused.refusal)
    response = go(ask, after)
    cookies.write(ask.site, response, cookies.SESSION, token, hours * 3600)
    return response


async def sign_out(ask: Ask) -> Response:
    async with ask.begin() as work:
        await accounts.sign_out(work, cookies.read(ask.site, ask.request, cookies.SESSION))
    response = go(ask, "/admin/sign-in")
    cookies.drop(ask.site, response, cookies.SESSION)
    return response


async def invite_form(ask: Ask) -> Response:
    return show(ask, "admin/invite.html", refusal=None)


async def accept_invite(ask: Ask) -> Response:
    token, password = str(ask.request.path_params["token"]), ask.form.text("password")
    try:
        if password != ask.form.text("again"):
            raise invalid("again", "两次输入的密码不一致。", "The two passwords differ.", "C13")
        async with ask.begin() as work:
            await accounts.accept_invite(work, token, password)
    except Refused as refused:
        return show(ask, "admin/invite.html", 422, refusal=refused.refusal)
    return go(ask, "/admin/sign-in")


PAGES = (
    Page("/sign-in", sign_in_form, open=True),
    Page("/sign-in", sign_in, "POST", open=True),
    Page("/sign-out", sign_out, "POST"),
    Page("/invite/{token}", invite_form, open=True),
    Page("/invite/{token}", accept_invite, "POST", open=True),
)

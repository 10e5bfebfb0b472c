"""From a request to an answer: who asks, is the form ours, then the page; refusals become pages too."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from app.admin import cookies
from app.admin.ask import Ask, identify, local_path
from app.admin.forms import read_form
from app.admin.html import go, refuse
from app.admin.site import Site
from app.core.refusals import Refusal, Refused
from app.services.secrecy import tell_officer

Handler = Callable[[Ask], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Page:
    """One address. `open` pages are for everybody, all others begin with signing in. `by_address`: the address is
    signed and is itself the proof, so that a mail program may post to it without a form of ours."""

    path: str
    handler: Handler
    method: str = "GET"
    open: bool = False
    by_address: bool = False


def foreign_form() -> Refused:
    return Refused(
        Refusal(
            "foreign_form", "表单已失效,请刷新页面后重新提交。", "The form is no longer valid; reload the page.", "C13"
        )
    )


def check_origin(ask: Ask) -> None:
    """A form counts only when the browser says it is ours and it carries the token of this session."""
    site = ask.request.headers.get("sec-fetch-site")
    if site not in (None, "same-origin") or not cookies.fits(ask.secret, ask.form.text("csrf")):
        raise foreign_form()


async def _answer(ask: Ask, page: Page) -> Response:
    if not page.open and ask.actor.person_id is None:
        back = ask.request.scope["path"] if ask.request.method == "GET" else "/admin/"
        return go(ask, f"/admin/sign-in?next={back}")
    back = ""
    try:
        if page.method == "POST" and not page.by_address:
            ask.form = await read_form(ask.request)
            back = local_path(ask.form.text("back"), "/admin/")
            check_origin(ask)
        response = await page.handler(ask)
        await ask.record_readings()
        return response
    except Refused as refused:
        if refused.refusal.code == "state_secret":
            await ask.session.close()
            await tell_officer(ask.site.works, ask.actor, None)
        return refuse(ask, refused, back)


def _endpoint(site: Site, page: Page) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        async with site.db.read() as session:
            return await _answer(await identify(site, request, session), page)

    return endpoint


def routes_of(site: Site, pages: tuple[Page, ...]) -> list[BaseRoute]:
    return [Route(page.path, _endpoint(site, page), methods=[page.method]) for page in pages]

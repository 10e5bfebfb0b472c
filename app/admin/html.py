"""The one helper that makes every HTML answer, with all that holds against foreign scripts, frames and forms."""

import secrets
from typing import Any
from urllib.parse import urlencode

from starlette.responses import HTMLResponse, RedirectResponse, Response

from app.admin import cookies, words
from app.admin.ask import Ask
from app.admin.menu import menu
from app.admin.site import HTMX_INTEGRITY, environment
from app.core.clock import now
from app.core.refusals import Refused

HEADERS = {
    "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "referrer-policy": "no-referrer",
    "vary": "HX-Request, Cookie, Accept-Language",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}
STATUS = {"not_found": 404, "invalid": 422, "not_your_page": 403, "not_your_role": 403, "foreign_form": 403}


def policy_of_content(nonce: str) -> str:
    """Nothing but our own style sheet and addresses, and the one script that carries the nonce."""
    return (
        f"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )


def finish(ask: Ask, response: Response, nonce: str = "") -> Response:
    """Headers and cookies that every answer of these pages carries."""
    response.headers.update(HEADERS)
    response.headers["content-security-policy"] = policy_of_content(nonce or secrets.token_urlsafe(16))
    if ask.site.secure:
        response.headers["strict-transport-security"] = "max-age=31536000"
    if ask.request.query_params.get("lang") in ("zh", "en"):
        cookies.write(ask.site, response, cookies.LANGUAGE, ask.language, 31_536_000)
    if ask.actor.person_id is None and ask.secret:
        cookies.write(ask.site, response, cookies.VISITOR, ask.secret)
    return response


def show(ask: Ask, template: str, status: int = 200, **context: Any) -> Response:
    """A page; for htmx only its main part, without any script."""
    if not ask.secret:
        ask.secret = cookies.new_visitor()
    nonce = secrets.token_urlsafe(16)
    layout = "admin/fragment.html" if ask.is_htmx else "admin/base.html"
    everywhere = {
        "layout": layout, "nonce": nonce, "site": ask.site, "integrity": HTMX_INTEGRITY, "actor": ask.actor,
        "lang": ask.language, "t": ask.say, "w": words.Words(ask.language), "csrf": cookies.form_token(ask.secret),
        "other_language": other_language(ask), "menu": menu(ask), "path": ask.request.scope["path"],
        "done": done(ask), "now": now(), "voids": ask.may("paper:void"),
    }  # fmt: skip
    from_template = environment().get_template(template)
    return finish(ask, HTMLResponse(from_template.render({**everywhere, **context}), status), nonce)


def other_language(ask: Ask) -> str:
    """The query that shows this same page in the other language; what the page was asked for stays."""
    asked = [(name, value) for name, value in ask.request.query_params.multi_items() if name not in ("lang", "done")]
    return "?" + urlencode([*asked, ("lang", ask.say("en", "zh"))])


def done(ask: Ask) -> str:
    """The name of the act just done, for a line at the top; only names that a table knows."""
    noun, _, action = ask.request.query_params.get("done", "").partition(".")
    return words.Words(ask.language).act(noun, action) if noun and action else ""


def go(ask: Ask, path: str) -> Response:
    return finish(ask, RedirectResponse(path, 303))


def refuse(ask: Ask, refused: Refused, back: str = "") -> Response:
    """What was refused, why, under which clause, and who can remove it. htmx gets it as a note on the page."""
    refusal = refused.refusal
    status = STATUS.get(refusal.code, 409)
    if ask.is_htmx and ask.request.method == "POST":
        response = show(ask, "admin/notice.html", status, refusal=refusal)
        response.headers.update({"hx-retarget": "#notice", "hx-reswap": "innerHTML"})
        return response
    if status == 404:
        return show(ask, "admin/not_found.html", 404)
    return show(ask, "admin/refused.html", status, refusal=refusal, back=back)

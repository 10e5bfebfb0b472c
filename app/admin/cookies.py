"""The session cookie and the token against foreign forms that is made from it."""

import hashlib
import hmac
import secrets

from starlette.requests import Request
from starlette.responses import Response

from app.admin.site import Site

SESSION, VISITOR, LANGUAGE = "yishi", "yishi-visitor", "yishi-lang"


def name_of(site: Site, name: str) -> str:
    return f"__Host-{name}" if site.secure else name


def read(site: Site, request: Request, name: str) -> str:
    return request.cookies.get(name_of(site, name), "")


def write(site: Site, response: Response, name: str, value: str, max_age: int | None = None) -> None:
    response.set_cookie(
        name_of(site, name), value, max_age=max_age, path="/", secure=site.secure, httponly=True, samesite="lax"
    )


def drop(site: Site, response: Response, name: str) -> None:
    response.delete_cookie(name_of(site, name), path="/", secure=site.secure, httponly=True, samesite="lax")


def new_visitor() -> str:
    return secrets.token_urlsafe(24)


def form_token(secret: str) -> str:
    """Who cannot read the cookie cannot know this: it goes into every form of the session."""
    return hmac.new(secret.encode(), b"form", hashlib.sha256).hexdigest()


def fits(secret: str, given: str) -> bool:
    return bool(secret) and hmac.compare_digest(form_token(secret), given)

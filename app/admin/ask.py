"""One request of a person: who asks, in which language, with which rights, in which session."""

from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession
from starlette.requests import Request

from app.admin import cookies
from app.admin.forms import Form
from app.admin.site import Site
from app.core.refusals import NotFound, Refusal, Refused
from app.policy import Policy
from app.queries.actors import load_actor
from app.queries.visibility import View
from app.rules.roles import Actor
from app.services import accounts, readings
from app.services.work import Work


@dataclass(slots=True)
class Ask:
    site: Site
    request: Request
    session: AsyncSession
    view: View
    language: str
    secret: str
    origin: str = ""
    by_bearer: bool = False
    form: Form = field(default_factory=lambda: Form([]))
    read: set[readings.Read] = field(default_factory=set)
    signers: dict[UUID, list[Actor]] = field(default_factory=dict)  # by group, looked up once for a page

    @property
    def actor(self) -> Actor:
        return self.view.actor

    @property
    def policy(self) -> Policy:
        return self.view.policy

    @property
    def person_id(self) -> UUID:
        """Who asks; a page of this kind is only reached signed in."""
        if self.actor.person_id is None:
            raise NotFound()
        return self.actor.person_id

    def saw(self, *lists: Iterable[Any]) -> None:
        """Note the restricted matters among what a page shows; reading them is recorded (A4.4)."""
        for rows in lists:
            self.read |= readings.restricted(rows)

    async def record_readings(self) -> None:
        if self.read:
            await self.session.close()
            await readings.record(self.site.works, self.actor, self.read)

    @property
    def is_htmx(self) -> bool:
        return self.request.headers.get("hx-request") == "true"

    def say(self, zh: str, en: str) -> str:
        return zh if self.language == "zh" else en

    def path_id(self, name: str = "id") -> UUID:
        """An id of the path. What is no id looks like what does not exist (A4.4)."""
        try:
            return UUID(str(self.request.path_params[name]))
        except ValueError as error:
            raise NotFound() from error

    def may(self, permission: str) -> bool:
        """Whether a role of the asker carries this permission of the policy in force."""
        noun, _, action = permission.partition(":")
        if action == "read":
            return bool(self.view.scopes(noun))
        return bool(self.policy.allowed_roles(noun, action) & {role.value for role in self.actor.all_roles})

    def sees_all(self, noun: str) -> bool:
        return "installation" in self.view.scopes(noun)

    def must(self, permission: str, clause: str = "C13") -> None:
        if not self.may(permission):
            raise forbidden(clause)

    def must_see_all(self, noun: str, clause: str = "C13") -> None:
        if not self.sees_all(noun):
            raise forbidden(clause)

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Work]:
        """A unit of work. The reading session lets go of its connection first."""
        await self.session.close()
        async with self.site.works.begin() as work:
            yield work


class Forbidden(Refused):
    """The page belongs to another office; the clause says whose."""


def forbidden(clause: str) -> Forbidden:
    return Forbidden(
        Refusal("not_your_page", "您的职务不能使用这一页面。", "This page is not for your office.", clause,
                "请联系系统管理员", "ask the system administrator")
    )  # fmt: skip


def chosen_language(request: Request, stored: str) -> str:
    """`?lang=` first, then the cookie, then a browser that reads English and no Chinese. Chinese otherwise."""
    wanted = request.query_params.get("lang", "") or stored
    if wanted in ("zh", "en"):
        return wanted
    accepted = request.headers.get("accept-language", "").lower()
    return "en" if "en" in accepted and "zh" not in accepted else "zh"


def bearer_of(request: Request) -> str:
    """The token of a client of the API, which files are handed to as well."""
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" else ""


async def identify(site: Site, request: Request, session: AsyncSession, given: str = "") -> Ask:
    """`given`: a bearer token, where one is taken instead of the session's cookie."""
    token = given or cookies.read(site, request, cookies.SESSION)
    person_id = await accounts.person_of_token(session, token) if token else None
    origin = f"pages {request.client.host if request.client else ''}".strip()[:64]
    actor = await load_actor(session, person_id, origin)
    view = View(actor, await site.policies.current(session))
    secret = token if actor.person_id else cookies.read(site, request, cookies.VISITOR)
    language = chosen_language(request, cookies.read(site, request, cookies.LANGUAGE))
    return Ask(site, request, session, view, language, secret, origin, bool(given))


def local_path(value: str, otherwise: str = "/admin/", allowed: Sequence[str] = ("/admin", "/public")) -> str:
    """A way back inside this installation, or the other one: never an address that a form brings from outside."""
    plain = value.isprintable() and "\\" not in value and not value.startswith("//")
    inside = any(value == root or value.startswith((f"{root}/", f"{root}?")) for root in allowed)
    return value if plain and inside else otherwise

"""Signing in and out, the first password, and a line of the policy: what has its own payload."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Annotated, Any

import strawberry

from app.core.refusals import Refused
from app.core.settings import get_settings
from app.models.people import Person
from app.services import accounts, policy_admin
from schema.context import Info
from schema.declare import optional, ref
from schema.enums import RoleName
from schema.ids import pack
from schema.payloads import REFUSALS, answer, union
from schema.reading import one
from schema.viewer import Viewer


@strawberry.input(description="A sign-in on one device.")
class SignInInput:
    login: str = strawberry.field(description="The phone number or mail address.")
    password: str = strawberry.field(description="The password.")
    device: str = strawberry.field(default="", description="What the device is called, to tell sign-ins apart.")


@strawberry.input(description="A first password.")
class AcceptInviteInput:
    token: str = strawberry.field(description="The token of the one-time link.")
    password: str = strawberry.field(description="The password to be.")


@strawberry.input(description="One line of the policy (C13).")
class SetRuleInput:
    role: RoleName = strawberry.field(description="Which role.")
    noun: str = strawberry.field(description="The noun of the permission.")
    action: str = strawberry.field(description="The action of the permission.")
    scope: str = strawberry.field(default="group", description="How far it reaches.")
    allowed: bool = strawberry.field(description="Allow, or take away.")


@strawberry.type(description="A sign-in on one device.")
class Session:
    id: strawberry.ID = strawberry.field(description="Its id.")
    token: str = strawberry.field(description="Send it as “Authorization: Bearer …”; it is shown only once.")
    expires_at: datetime = strawberry.field(description="When it ends by itself.")
    person: optional(ref("Person")) = strawberry.field(description="Who signed in.")  # type: ignore[valid-type]


@strawberry.type(description="It is done.")
class Done:
    viewer: Viewer = strawberry.field(description="Who is asking now.")


SIGN_IN = union("SignInPayload", (Session, *REFUSALS), "The sign-in with its token, or why not.")
DONE = union("DonePayload", (Done, *REFUSALS), "Done, or why not.")


Resolve = Callable[[Info, Any], Awaitable[Any]]


def as_data(resolve: Resolve) -> Resolve:
    """A refusal becomes the answer, and what was read before the act is forgotten."""

    async def answered(info: Info, given: Any) -> Any:
        try:
            return await resolve(info, given)
        except Refused as refused:
            return answer(info.context, refused)
        finally:
            info.context.forget()

    return answered


async def sign_in(info: Info, given: Any) -> Any:
    context = info.context
    hours = get_settings().session_hours
    async with context.works.begin() as work:
        token, row = await accounts.sign_in(work, given.login, given.password, given.device, context.origin, hours)
        key, expires_at, person_id = strawberry.ID(pack("Session", row.id)), row.expires_at, row.person_id
    context.become(token)
    return Session(id=key, token=token, expires_at=expires_at, person=await one(context, Person, person_id))


async def sign_out(info: Info) -> Any:
    async with info.context.works.begin() as work:
        await accounts.sign_out(work, info.context.token)
    info.context.forget()
    return Done(viewer=Viewer())


async def accept_invite(info: Info, given: Any) -> Any:
    async with info.context.works.begin() as work:
        await accounts.accept_invite(work, given.token, given.password)
    return Done(viewer=Viewer())


async def set_rule(info: Info, given: Any) -> Any:
    async with info.context.works.begin() as work:
        actor = await info.context.actor_in(work.session)
        rule = (given.role.value, given.noun, given.action, given.scope, given.allowed)
        await policy_admin.set_rule(work, actor, *rule)
    return Done(viewer=Viewer())


def field_of(resolve: Any, says: str, kind: Any, given: Any = None) -> Any:
    if given is not None:
        resolve = as_data(resolve)
        named = strawberry.argument(name="input", description="What the act needs.")
        resolve.__annotations__["given"] = Annotated[given, named]
    resolve.__annotations__["return"] = kind
    return strawberry.field(resolver=resolve, description=says)


FIELDS: dict[str, Any] = {
    "sign_in": field_of(sign_in, "登录: sign in; at most one in a document (C13).", SIGN_IN, SignInInput),
    "sign_out": field_of(sign_out, "退出: end this sign-in.", DONE),
    "accept_invite": field_of(accept_invite, "设置密码: set a password by a one-time link.", DONE, AcceptInviteInput),
    "set_rule": field_of(set_rule, "调整权限: allow or take away one permission of a role (C13).", DONE, SetRuleInput),
}

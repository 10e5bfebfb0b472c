"""Signing in and out, the first password, and a line of the policy: what has its own payload."""

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
from schema.payloads import answer, union
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


@strawberry.type(description="Signed in.")
class SignInResult:
    token: str = strawberry.field(description="Send it as “Authorization: Bearer …”; it is shown only once.")
    expires_at: datetime = strawberry.field(description="When it ends by itself.")
    person: optional(ref("Person")) = strawberry.field(description="Who signed in.")  # type: ignore[valid-type]


@strawberry.type(description="It is done.")
class Done:
    viewer: Viewer = strawberry.field(description="Who is asking now.")


SIGN_IN = union("SignInPayload", SignInResult, "The token, or why not.")
DONE = union("DonePayload", Done, "Done, or why not.")


async def sign_in(info: Info, given: Any) -> Any:
    context = info.context
    try:
        async with context.works.begin() as work:
            token, session = await accounts.sign_in(work, given.login, given.password, given.device, context.origin,
                                                    get_settings().session_hours)
            expires_at, person_id = session.expires_at, session.person_id
    except Refused as refused:
        return answer(context, refused)
    context.become(token)
    return SignInResult(token=token, expires_at=expires_at, person=await one(context, Person, person_id))


async def sign_out(info: Info) -> Any:
    async with info.context.works.begin() as work:
        await accounts.sign_out(work, info.context.token)
    info.context.forget()
    return Done(viewer=Viewer())


async def accept_invite(info: Info, given: Any) -> Any:
    try:
        async with info.context.works.begin() as work:
            await accounts.accept_invite(work, given.token, given.password)
    except Refused as refused:
        return answer(info.context, refused)
    info.context.forget()
    return Done(viewer=Viewer())


async def set_rule(info: Info, given: Any) -> Any:
    try:
        async with info.context.works.begin() as work:
            actor = await info.context.actor_in(work.session)
            await policy_admin.set_rule(work, actor, given.role.value, given.noun, given.action, given.scope, given.allowed)
    except Refused as refused:
        return answer(info.context, refused)
    info.context.forget()
    return Done(viewer=Viewer())


def _field(resolve: Any, says: str, kind: Any, given: Any = None) -> Any:
    if given is not None:
        named = strawberry.argument(name="input", description="What the act needs.")
        resolve.__annotations__["given"] = Annotated[given, named]
    resolve.__annotations__["return"] = kind
    return strawberry.field(resolver=resolve, description=says)


FIELDS: dict[str, Any] = {
    "sign_in": _field(sign_in, "登录: sign in; at most one in a document (C13).", SIGN_IN, SignInInput),
    "sign_out": _field(sign_out, "退出: end this sign-in.", DONE),
    "accept_invite": _field(accept_invite, "设置密码: set a password by a one-time link.", DONE, AcceptInviteInput),
    "set_rule": _field(set_rule, "调整权限: allow or take away one permission of a role (C13).", DONE, SetRuleInput),
}

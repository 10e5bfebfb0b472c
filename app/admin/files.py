"""Files by an address of their own, for pages and for clients of the API: put in by a form, taken by a link (C8).

A page sends its session's cookie and the token of its form, a client its bearer token; whoever is not signed in sends
nothing that would be received.
"""

from dataclasses import dataclass, replace
from urllib.parse import quote
from uuid import UUID

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from app.adapters.files import FileMissing, FolderStore
from app.adapters.uploads import Upload, receive
from app.admin import cookies, words
from app.admin.ask import Ask, bearer_of, identify, local_path
from app.admin.door import foreign_form
from app.admin.html import STATUS, finish, go, refuse
from app.admin.site import Site
from app.core.refusals import Invalid, NotFound, Refusal, Refused
from app.models.papers import Attachment
from app.queries.subjects import MODELS
from app.services import filing
from app.services.attachments import Target

_STATUS = {**STATUS, "sign_in_needed": 401, "file_too_large": 413, "file_type": 415, "file_not_what_it_says": 415,
           "form_unreadable": 400, "file_name": 422, "file_empty": 422, "file_unreadable": 422,
           "state_secret": 422}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Desk:
    """Where files are handed over: the site and its store."""

    site: Site
    store: FolderStore

    @property
    def limit(self) -> int:
        return self.site.settings.file_mb * 1_000_000

    async def post(self, request: Request) -> Response:
        async with self.site.db.read() as session:
            ask = await identify(self.site, request, session, bearer_of(request))
            await session.close()
            return await self._post(ask)

    async def get(self, request: Request) -> Response:
        async with self.site.db.read() as session:
            ask = await identify(self.site, request, session, bearer_of(request))
            await session.close()
            return await self._get(ask)

    async def _post(self, ask: Ask) -> Response:
        back = "/admin/"
        try:
            check_sign_in(ask)
            target = _target(ask)
            group = await filing.admit(self.site.works, ask.actor, target)
            upload = await self._received(ask)
            try:
                back = local_path(upload.fields.get("back", ""), words.link(target.noun, target.object_id))
                _check_token(ask, upload)
                target = replace(target, reason=upload.fields.get("reason", ""))
                row = await filing.take(self.site.works, self.store, ask.actor, target, group, upload)
            finally:
                upload.close()
        except Refused as refused:
            return refusal_of(ask, refused, back)
        except ClientDisconnect:
            return Response(status_code=400)
        return _told(row) if ask.by_bearer else go(ask, back)

    async def _received(self, ask: Ask) -> Upload:
        kind = ask.request.headers.get("content-type", "")
        return await receive(kind, ask.request.stream(), self.limit, self.store.incoming)

    async def _get(self, ask: Ask) -> Response:
        if ask.actor.person_id is None and not ask.by_bearer:
            return go(ask, f"/admin/sign-in?next={ask.request.scope['path']}")
        try:
            check_sign_in(ask)
            row = await filing.find(self.site.works, ask.view, key_of(ask.request.path_params["id"]))
            content = await self.store.read(row.digest)
        except FileMissing:
            return refusal_of(ask, _missing())
        except Refused as refused:
            return refusal_of(ask, refused)
        return StreamingResponse(content, headers=headers_of(row.name, row.media_type, row.size))


def key_of(text: str) -> UUID:
    """A key as it is, or as the API writes it behind the name of its type."""
    try:
        return UUID(text.rpartition("_")[2])
    except ValueError as error:
        raise NotFound() from error


def _target(ask: Ask) -> Target:
    noun, asked = ask.request.path_params["noun"], ask.request.query_params
    if noun not in MODELS:
        raise NotFound()
    signature, replaces = (asked.get(name) for name in ("signature", "replaces"))
    return Target(
        noun, key_of(ask.request.path_params["id"]), key_of(signature) if signature else None,
        key_of(replaces) if replaces else None,
    )  # fmt: skip


def check_sign_in(ask: Ask) -> None:
    if ask.actor.person_id is None:
        raise Refused(Refusal("sign_in_needed", "请先登录。", "Sign in first.", "C13"))
    if not ask.by_bearer and ask.request.headers.get("sec-fetch-site") not in (None, "same-origin", "none"):
        raise foreign_form()


def _check_token(ask: Ask, upload: Upload) -> None:
    """A browser sends its cookie by itself, so its form must show that it is ours; a token is sent on purpose."""
    if not ask.by_bearer and not cookies.fits(ask.secret, upload.fields.get("csrf", "")):
        raise foreign_form()


def _missing() -> Refused:
    return Refused(
        Refusal(
            "file_missing",
            "文件暂时无法读取,请联系系统管理员。",
            "The file cannot be read; ask the system administrator.",
            "C8",
        )
    )


def _told(row: Attachment) -> Response:
    answer = {"id": f"Attachment_{row.id.hex}", "url": f"/files/{row.id}", "name": row.name, "version": row.number,
              "size": row.size, "mediaType": row.media_type, "sha256": row.digest}  # fmt: skip
    return JSONResponse(answer, 201)


def refusal_of(ask: Ask, refused: Refused, back: str = "") -> Response:
    if not ask.by_bearer:
        return refuse(ask, refused, back)
    said = refused.refusal
    answer: dict[str, object] = {"code": said.code, "message": said.sentence(ask.language), "clause": said.clause,
                                 "who": ask.say(said.who_zh, said.who_en)}  # fmt: skip
    if isinstance(refused, Invalid):
        answer["problems"] = [{"field": each.field, "message": ask.say(each.zh, each.en)} for each in refused.problems]
    return finish(ask, JSONResponse(answer, _STATUS.get(said.code, 409)))


def headers_of(name: str, media_type: str, size: int) -> dict[str, str]:
    """To be saved and never shown as a page of ours: not by a guess at its type, not with rights of its own."""
    plain = name.encode("ascii", "replace").decode().replace("?", "_").replace('"', "_")
    return {
        "content-type": media_type,
        "content-length": str(size),
        "content-disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}",
        "content-security-policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
        "x-content-type-options": "nosniff",
        "cross-origin-resource-policy": "same-origin",
        "cache-control": "private, no-store",
    }


def file_routes_of(site: Site, store: FolderStore) -> list[BaseRoute]:
    desk = Desk(site, store)
    return [Route("/files/{noun}/{id}", desk.post, methods=["POST"]), Route("/files/{id}", desk.get)]

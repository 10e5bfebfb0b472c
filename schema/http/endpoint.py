"""/graphql as a bare ASGI application: what a request must look like, and what comes back (GraphQL over HTTP)."""

import logging
import secrets
from functools import lru_cache
from pathlib import Path

import strawberry

from app.adapters.web import HEADERS
from app.core.bounded import Bounded
from app.core.refusals import Refused
from app.services.work import Works
from schema.context import Context, bearer, chosen_language
from schema.errors import NotExecuted, as_error, malformed
from schema.http import answers
from schema.http.answers import Raw, Send
from schema.http.asked import Asked, Gone, Headers, Receive, Scope, body_of, from_address, from_json, headers_of
from schema.http.media import PAGE, STREAM, Media, acceptable
from schema.http.persisted import Persisted
from schema.http.pipeline import Pipeline, Plan, Wake
from schema.http.socket import Socket
from schema.http.stream import refused_stream, stream
from schema.prepared import Library, Prepared

EXPLORER = Path(__file__).parents[1] / "explorer.html"
BODIES, ROOM = 1000, 1_000_000
METHODS = b"GET, HEAD, POST, OPTIONS"
logger = logging.getLogger("yishi.graphql")
_language = lru_cache(maxsize=256)(chosen_language)


class Endpoint:
    """One schema over HTTP, server-sent events and sockets. `explorer`: also as a page to try it on, with all hints."""

    def __init__(
        self,
        schema: strawberry.Schema,
        works: Works,
        *,
        explorer: bool = False,
        only_trusted: bool = False,
        plan: Plan | None = None,
        wake: Wake | None = None,
    ) -> None:
        self.explorer = explorer and not only_trusted
        library = Library(schema._schema, open_schema=self.explorer)
        self.pipeline = Pipeline(schema, library, Persisted(works.db, only_trusted=only_trusted), plan, wake)
        self.works = works
        self._bodies: Bounded[bytes, tuple[Asked, Prepared]] = Bounded(BODIES, ROOM)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = headers_of(scope)
        if scope["type"] == "websocket":
            await Socket(self.pipeline, self._context(scope, headers), receive, send).serve(scope)
            return
        head = scope["method"] == "HEAD"
        page = self.explorer and scope["method"] != "POST" and b"query=" not in scope["query_string"]
        media = acceptable(headers.get(b"accept"), page=page)
        try:
            await self._answer(scope, headers, media, receive, send)
        except Gone:
            return
        except NotExecuted as refused:
            self.pipeline.tally.refused(refused)
            if media == STREAM and not refused.malformed:
                await refused_stream(send, refused)
            else:
                await answers.refused(send, media, refused, head=head)
        except Refused as error:
            await answers.refused(send, media, NotExecuted(as_error(error), malformed=True), head=head)
        except Exception as error:
            broken = NotExecuted(as_error(error), status=500, malformed=True)
            await answers.refused(send, media, broken, head=head)

    def metrics(self) -> str:
        """Counts since this process began, in the text format of Prometheus."""
        return self.pipeline.metrics()

    async def _answer(self, scope: Scope, headers: Headers, media: Media | None, receive: Receive, send: Send) -> None:
        method = scope["method"]
        if method == "POST":
            if media is None:
                raise _not_acceptable()
            asked, prepared = await self._posted(await body_of(headers, receive))
            await self._executed(scope, headers, media, prepared, asked, receive, send)
            return
        if method in ("GET", "HEAD"):
            if media == PAGE:
                await _page(send, head=method == "HEAD")
                return
            if media is None:
                raise _not_acceptable()
            asked = from_address(scope["query_string"])
        elif method == "OPTIONS":
            await answers.send(send, 204, [*_MANNERS, (b"allow", METHODS)], b"")
            return
        else:
            raise _not_allowed("Use GET or POST.", METHODS)
        prepared = await self.pipeline.prepare(asked)
        if prepared.kind == "mutation":
            raise _not_allowed("Send mutations by POST.", b"POST")
        await self._executed(scope, headers, media, prepared, asked, receive, send)

    async def _posted(self, body: bytes) -> tuple[Asked, Prepared]:
        """What a body asks. Queries come again and again in the same bytes; nothing else is remembered."""
        known = self._bodies.get(body)
        if known is not None:
            return known
        asked = from_json(body)
        prepared = await self.pipeline.prepare(asked)
        if prepared.kind == "query" and self.pipeline.persisted.is_plain(asked):
            self._bodies.put(body, (asked, prepared), len(body))
        return asked, prepared

    async def _executed(
        self,
        scope: Scope,
        headers: Headers,
        media: Media,
        prepared: Prepared,
        asked: Asked,
        receive: Receive,
        send: Send,
    ) -> None:
        context = self._context(scope, headers)
        if media == STREAM:
            await stream(self.pipeline, prepared, asked, context, receive, send)
            return
        body = await self.pipeline.answer(prepared, asked, context)
        if scope["method"] == "POST":
            await answers.executed(send, media, body)
            return
        known = headers.get(b"if-none-match", b"")
        await answers.read(send, media, body, context.token, known, head=scope["method"] == "HEAD")

    def _context(self, scope: Scope, headers: Headers) -> Context:
        token = bearer(headers.get(b"authorization", b"").decode("latin-1"))
        language = _language(headers.get(b"accept-language", b"").decode("latin-1"))
        client = scope.get("client")
        return Context(self.works, token, language, client[0][:64] if client else "")


_MANNERS: Raw = [(name.encode(), value.encode()) for name, value in HEADERS.items()]


def _not_acceptable() -> NotExecuted:
    return malformed("Accept application/graphql-response+json or application/json.", "NOT_ACCEPTABLE", 406)


def _not_allowed(message: str, methods: bytes) -> NotExecuted:
    error = malformed(message, "METHOD_NOT_ALLOWED", 405)
    error.headers = ((b"allow", methods),)
    return error


async def _page(send: Send, *, head: bool) -> None:
    """A page of our own, for it must work on networks that reach no content delivery network."""
    nonce = secrets.token_urlsafe(16)
    policy = f"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; connect-src 'self'"
    page = EXPLORER.read_text("utf-8").replace("{nonce}", nonce)
    headers = {**HEADERS, "content-type": "text/html; charset=utf-8", "cache-control": "no-store"}
    headers["content-security-policy"] = f"{policy}; frame-ancestors 'none'"
    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    await answers.send(send, 200, raw, page.encode(), head=head)

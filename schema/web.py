"""/graphql over HTTP and sockets: what a request must look like, and what comes back."""

import secrets
from collections.abc import Awaitable, Callable
from datetime import timedelta
from json import JSONDecodeError
from pathlib import Path
from typing import Any

import orjson
import strawberry
from cross_web import AsyncHTTPRequestAdapter, HTTPException
from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse, Response
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL
from strawberry.http import GraphQLHTTPResponse, GraphQLRequestData
from strawberry.subscriptions import GRAPHQL_SSE_PROTOCOL, GRAPHQL_TRANSPORT_WS_PROTOCOL
from strawberry.types import ExecutionResult
from strawberry.types.execution import PreExecutionError

from app.services.work import Works
from schema.context import Context, bearer, chosen_language

MAX_BODY = 1_000_000
EXPLORER = Path(__file__).with_name("explorer.html")
MAX_SUBSCRIPTIONS = 10
INIT_WAIT = timedelta(seconds=5)
RESPONSE_TYPE = "application/graphql-response+json"
_NOT_EXECUTED = "yishi.graphql.not_executed"

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Any]]


class BodyTooLarge(Exception):
    """More than a document and its variables can need."""


def _limited(receive: Receive) -> Receive:
    """The body as it comes, counted; nothing larger is ever held in memory."""
    seen = 0

    async def counted() -> Any:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > MAX_BODY:
            raise BodyTooLarge
        return message

    return counted


def _failure(status: int, message: str, code: str) -> Response:
    body = orjson.dumps({"errors": [{"message": message, "extensions": {"code": code}}]})
    return Response(body, status, media_type=RESPONSE_TYPE)


def _object(data: Any) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise HTTPException(400, "The request must be a JSON object.")
    return data


class Endpoint(GraphQL[Context, None]):
    """Strawberry's endpoint with this house's manners."""

    def __init__(self, schema: strawberry.Schema, works: Works, *, explorer: bool) -> None:
        super().__init__(
            schema,
            graphql_ide="graphiql" if explorer else None,
            subscription_protocols=(GRAPHQL_TRANSPORT_WS_PROTOCOL, GRAPHQL_SSE_PROTOCOL),
            connection_init_wait_timeout=INIT_WAIT,
            max_subscriptions_per_connection=MAX_SUBSCRIPTIONS,
        )
        self.works = works

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "websocket":
            await super().__call__(scope, receive, send)
            return
        request = Request(scope, receive=_limited(receive))
        response = await self._answer(request)
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        try:
            response: Response = await self.run(request)
            return response
        except BodyTooLarge:
            return _failure(413, f"The body has at most {MAX_BODY} bytes.", "BODY_TOO_LARGE")
        except HTTPException as error:
            return _failure(error.status_code, error.reason, "BAD_REQUEST")

    async def render_graphql_ide(self, request: Request) -> Response:
        """A page of our own, for it must work on networks that reach no content delivery network."""
        nonce = secrets.token_urlsafe(16)
        policy = f"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; connect-src 'self'"
        page = EXPLORER.read_text("utf-8").replace("{nonce}", nonce)
        return HTMLResponse(page, headers={"content-security-policy": f"{policy}; frame-ancestors 'none'"})

    async def get_context(self, request: Request | WebSocket, response: Any) -> Context:
        headers = request.headers
        return Context(
            self.works,
            bearer(headers.get("authorization", "")),
            chosen_language(headers.get("accept-language", "")),
            _origin(request),
        )

    async def parse_http_body(self, request: AsyncHTTPRequestAdapter) -> GraphQLRequestData | list[GraphQLRequestData]:
        """A form of a foreign page can send only simple content types: they are refused."""
        if request.method == "POST":
            kind = (request.content_type or "").partition(";")[0].strip().lower()
            if kind not in ("application/json", "application/graphql-response+json"):
                raise HTTPException(415, "Send the request as application/json.")
            _object(self.parse_json(await request.get_body()))
        return await super().parse_http_body(request)

    def parse_query_params(self, params: Any) -> dict[str, Any]:
        found = super().parse_query_params(params)
        for name in ("variables", "extensions"):
            if found.get(name):
                _object(found[name])
        return found

    def decode_json(self, data: str | bytes) -> object:
        """A socket's messages have the same limit as a body."""
        if len(data) > MAX_BODY:
            raise JSONDecodeError("longer than a body may be", "", 0)
        return orjson.loads(data)

    def encode_json(self, data: object) -> bytes:
        return orjson.dumps(data)

    async def process_result(self, request: Any, result: ExecutionResult) -> GraphQLHTTPResponse:
        """Where nothing was executed there is no `data` (GraphQL over HTTP), and the status says so."""
        answer = await super().process_result(request, result)
        if isinstance(result, PreExecutionError) and isinstance(request, Request):
            answer.pop("data", None)
            request.scope[_NOT_EXECUTED] = True
        return answer

    async def run(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        response = await super().run(request, *args, **kwargs)
        plain = isinstance(request, Request) and response.media_type == "application/json"
        if plain and RESPONSE_TYPE in request.headers.get("accept", ""):
            response.headers["content-type"] = f"{RESPONSE_TYPE}; charset=utf-8"
            if _NOT_EXECUTED in request.scope:
                response.status_code = 400
        return response


def _origin(request: HTTPConnection) -> str:
    return request.client.host[:64] if request.client else ""

"""The composition root: the ASGI application. The only module that knows every floor, the GraphQL schema too."""

import asyncio
import hmac
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp, Receive, Scope, Send

import schema
from app import admin
from app.adapters.queue import Waker
from app.adapters.uploads import AROUND
from app.adapters.valkey import EmbeddedValkey
from app.adapters.wakeups import Wakeups
from app.adapters.web import MAX_BODY, BodyLimit, Hosts, SecurityHeaders, WakeAfterWrites, allowed_hosts
from app.core import clock
from app.core.settings import Settings, get_settings
from app.jobs import runner
from app.jobs.context import surroundings
from app.models.engine import Database
from app.models.migrate import at_head
from app.policy import PolicyStore
from app.services import installation
from app.services.work import Works


class Doors:
    """The two doors side by side. What is asked of the API reaches its endpoint without passing through anything that
    pages need; the endpoint has manners of its own."""

    def __init__(self, graphql: ASGIApp, pages: ASGIApp, hosts: Hosts) -> None:
        self.graphql, self.pages, self.hosts = graphql, pages, hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan" or scope["path"] != "/graphql":
            await self.pages(scope, receive, send)
        elif self._named(scope):
            await self.graphql(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            await PlainTextResponse("Invalid host header", 400)(scope, receive, send)

    def _named(self, scope: Scope) -> bool:
        """Named once, and by a name that is served here."""
        named = [value for name, value in scope["headers"] if name == b"host"]
        return len(named) == 1 and named[0] in self.hosts


def create_app(settings: Settings | None = None) -> Doors:
    """The application for these settings. The database must have been prepared (`python -m app serve` does)."""
    settings = settings or get_settings()
    db = Database(settings.url)
    policies = PolicyStore()
    news = Wakeups(_queue_address(settings))
    works = Works(db, policies, news)
    waker = Waker(_queue_address(settings))
    hosts = allowed_hosts(settings)
    graphql = schema.graphql_app(
        works, explorer=settings.only_here, only_trusted=settings.trusted_only, wake=waker.wake
    )
    pages = Starlette(
        routes=[*_routes(db, works, policies, settings), _metrics(graphql.metrics, settings)],
        middleware=[
            Middleware(TrustedHostMiddleware, allowed_hosts=hosts, www_redirect=False),
            Middleware(SecurityHeaders),
            Middleware(BodyLimit, limit=MAX_BODY, larger={"/files/": settings.file_mb * 1_000_000 + AROUND}),
            Middleware(WakeAfterWrites, wake=waker.wake),
        ],
        lifespan=_lifespan(db, settings, waker, news),
    )
    return Doors(graphql, pages, Hosts(hosts))


def _queue_address(settings: Settings) -> str:
    if settings.redis_url or not settings.embedded_worker:
        return settings.redis_url
    return EmbeddedValkey(settings.var).url


def _routes(db: Database, works: Works, policies: PolicyStore, settings: Settings) -> list[BaseRoute]:
    async def readyz(_request: Request) -> Response:
        return await _ready(db, policies)

    return [
        Route("/", lambda _request: RedirectResponse("/admin/")),
        Route("/healthz", lambda _request: JSONResponse({"status": "ok"})),
        Route("/readyz", readyz),
        Route("/admin", lambda _request: RedirectResponse("/admin/")),
        Mount("/admin", routes=admin.routes(db, works, policies, settings)),
        *admin.public_routes(db, works, policies, settings),
        *admin.file_routes(db, works, policies, settings),
    ]


def _metrics(text: Callable[[], str], settings: Settings) -> BaseRoute:
    """For whoever has the token, or may be taken for the operator because only this machine reaches the server."""

    async def metrics(request: Request) -> Response:
        token, given = settings.metrics_token, request.headers.get("authorization", "")
        if token and not hmac.compare_digest(given.encode(), f"Bearer {token}".encode()):
            return PlainTextResponse("Unauthorized", 401, {"www-authenticate": "Bearer"})
        return PlainTextResponse(text(), media_type="text/plain; version=0.0.4")

    async def nothing(_request: Request) -> Response:
        return PlainTextResponse("Not Found", 404)

    return Route("/metrics", metrics if settings.metrics_token or settings.only_here else nothing)


async def _ready(db: Database, policies: PolicyStore) -> Response:
    """Can requests be answered: the database reachable and migrated to the end, the policy loadable?"""
    try:
        migrated = await at_head(db)
        async with db.read() as session:
            policy = await policies.current(session)
    except Exception as error:  # whatever it is, the answer is "not ready", with no detail for strangers
        return JSONResponse({"status": "not ready", "because": type(error).__name__}, 503)
    if not migrated or not policy.acts:
        return JSONResponse({"status": "not ready", "because": "migrations" if not migrated else "policy"}, 503)
    return JSONResponse({"status": "ready"})


def _lifespan(
    db: Database, settings: Settings, waker: Waker, news: Wakeups
) -> Callable[[Starlette], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_application: Starlette) -> AsyncIterator[None]:
        await installation.check(db, settings)
        clock.use_file(settings.clock_file)
        lives = [asyncio.create_task(news.listen())]
        if settings.embedded_worker:
            lives.append(asyncio.create_task(runner.run_embedded(surroundings(db, settings, news), settings)))
        try:
            yield
        finally:
            for life in lives:
                life.cancel()
            await asyncio.wait(lives)
            await news.close()
            await waker.close()
            await db.close()

    return lifespan

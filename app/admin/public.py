"""What everybody may read (C10): published decisions as plain pages and as an Atom feed, without signing in."""

from sqlmodel import col
from starlette.responses import Response

from app.admin.ask import Ask
from app.admin.door import Page
from app.admin.html import finish, show
from app.admin.site import environment
from app.core.clock import now
from app.core.refusals import NotFound
from app.models.outcome import Publication
from app.queries.visibility import View, visible_to
from app.rules.roles import PUBLIC

LIMIT = 100


def _as_public(ask: Ask) -> View:
    """Also somebody who is signed in sees here what the public sees, and nothing else."""
    return View(PUBLIC, ask.policy)


async def _published(ask: Ask) -> list[Publication]:
    query = visible_to(_as_public(ask), Publication).order_by(
        col(Publication.published_at).desc(), col(Publication.id).desc()
    )
    return list((await ask.session.scalars(query.limit(LIMIT))).all())


async def published(ask: Ask) -> Response:
    return show(ask, "public/list.html", rows=await _published(ask))


async def publication(ask: Ask) -> Response:
    """One text. What was taken back leaves a tombstone."""
    query = visible_to(_as_public(ask), Publication).where(col(Publication.id) == ask.path_id())
    row = await ask.session.scalar(query)
    if row is None:
        raise NotFound()
    return show(ask, "public/one.html", 410 if row.state == "taken_back" else 200, row=row)


async def feed(ask: Ask) -> Response:
    rows = await _published(ask)
    changed = max((row.published_at or row.state_since for row in rows), default=now())
    body = (
        environment()
        .get_template("public/feed.xml")
        .render(rows=rows, changed=changed, base=ask.site.settings.base_url)
    )
    return finish(ask, Response(body, media_type="application/atom+xml"))


PAGES = (
    Page("/public", published, open=True),
    Page("/public/feed.atom", feed, open=True),
    Page("/public/{id}", publication, open=True),
)

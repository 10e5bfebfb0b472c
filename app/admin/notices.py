"""My notices: what reaches me outside the app, kind by kind, and my calendar's secret address (C9); what these
addresses and the link of a mail lead to."""

import hashlib

from starlette.responses import Response

from app.admin.ask import Ask
from app.admin.door import Page
from app.admin.html import go, show
from app.core.refusals import NotFound
from app.queries.actors import load_actor
from app.rules.notices import OUTSIDE
from app.services import calendar_feeds
from app.services import preferences as services
from app.services.calendar_feeds import address_of
from app.services.calendars import feed


async def _page(ask: Ask, address: str = "") -> Response:
    rows = await services.preferences(ask.session, ask.person_id)
    feed = await calendar_feeds.feed_of(ask.session, ask.person_id)
    return show(ask, "admin/notices.html", rows=rows, feed=feed, address=address)


async def notices(ask: Ask) -> Response:
    return await _page(ask)


async def save(ask: Ask) -> Response:
    """The boxes of all kinds at once; what cannot be muted has none."""
    wanted = {channel: set(ask.form.texts(channel)) for channel in OUTSIDE}
    async with ask.begin() as work:
        for row in await services.preferences(work.session, ask.person_id):
            code = row.kind.code
            if not row.kind.mandatory:
                await services.set_preference(work, ask.actor, code, *(code in wanted[each] for each in OUTSIDE))
    return go(ask, "/admin/notices")


async def renew_calendar(ask: Ask) -> Response:
    """The address stands on this answer alone."""
    async with ask.begin() as work:
        secret = await calendar_feeds.renew_feed(work, ask.actor)
    return await _page(ask, address_of(ask.site.settings.base_url, secret))


async def revoke_calendar(ask: Ask) -> Response:
    async with ask.begin() as work:
        await calendar_feeds.revoke_feed(work, ask.actor)
    return go(ask, "/admin/notices")


async def calendar(ask: Ask) -> Response:
    """For a calendar program: the address is the proof. An answer that has not changed is not sent again."""
    person_id = await calendar_feeds.person_of_feed(ask.session, str(ask.request.path_params["secret"]))
    settings = ask.site.settings
    domain = settings.mail_from.rpartition("@")[2]
    if person_id is None or (await load_actor(ask.session, person_id)).person_id is None:
        raise NotFound()
    content = await feed(ask.session, ask.policy, person_id, domain, f"{settings.base_url}/")
    tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    headers = {"etag": tag, "cache-control": "private, no-cache", "referrer-policy": "no-referrer"}
    if tag in ask.request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(content, media_type="text/calendar; charset=utf-8", headers=headers)


async def unsubscribe_form(ask: Ask) -> Response:
    """Looking at the address mutes nothing: mail programs look at every link."""
    _, kinds = await services.kinds_of_token(ask.session, str(ask.request.path_params["token"]))
    return show(ask, "admin/unsubscribe.html", kinds=kinds, muted=False)


async def unsubscribe(ask: Ask) -> Response:
    """One click (RFC 8058): the signed address is the proof, no sign-in and no token of a form."""
    async with ask.begin() as work:
        kinds = await services.unsubscribe(work, str(ask.request.path_params["token"]))
    return show(ask, "admin/unsubscribe.html", kinds=kinds, muted=True)


PAGES = (
    Page("/notices", notices),
    Page("/notices", save, "POST"),
    Page("/notices/calendar", renew_calendar, "POST"),
    Page("/notices/calendar/revoke", revoke_calendar, "POST"),
)
OPEN_PAGES = (
    Page("/calendar/{secret}.ics", calendar, open=True),
    Page("/unsubscribe/{token}", unsubscribe_form, open=True),
    Page("/unsubscribe/{token}", unsubscribe, "POST", open=True, by_address=True),
)

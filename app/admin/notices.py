"""My notices: what reaches me outside the app, kind by kind (C9); and the link of a mail that mutes its kinds."""

from starlette.responses import Response

from app.admin.ask import Ask
from app.admin.door import Page
from app.admin.html import go, show
from app.rules.notices import OUTSIDE
from app.services import preferences as services


async def notices(ask: Ask) -> Response:
    return show(ask, "admin/notices.html", rows=await services.preferences(ask.session, ask.person_id))


async def save(ask: Ask) -> Response:
    """The boxes of all kinds at once; what cannot be muted has none."""
    wanted = {channel: set(ask.form.texts(channel)) for channel in OUTSIDE}
    async with ask.begin() as work:
        for row in await services.preferences(work.session, ask.person_id):
            code = row.kind.code
            if not row.kind.mandatory:
                await services.set_preference(work, ask.actor, code, *(code in wanted[each] for each in OUTSIDE))
    return go(ask, "/admin/notices")


async def unsubscribe_form(ask: Ask) -> Response:
    """Looking at the address mutes nothing: mail programs look at every link."""
    _, kinds = await services.kinds_of_token(ask.session, str(ask.request.path_params["token"]))
    return show(ask, "admin/unsubscribe.html", kinds=kinds, muted=False)


async def unsubscribe(ask: Ask) -> Response:
    """One click (RFC 8058): the signed address is the proof, no sign-in and no token of a form."""
    async with ask.begin() as work:
        kinds = await services.unsubscribe(work, str(ask.request.path_params["token"]))
    return show(ask, "admin/unsubscribe.html", kinds=kinds, muted=True)


PAGES = (Page("/notices", notices), Page("/notices", save, "POST"))
OPEN_PAGES = (
    Page("/unsubscribe/{token}", unsubscribe_form, open=True),
    Page("/unsubscribe/{token}", unsubscribe, "POST", open=True, by_address=True),
)

"""Pages for people: HTMX over templates, the same services as the API behind them."""

from starlette.responses import Response
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles

from app.adapters.files import FolderStore
from app.admin import (
    account,
    act,
    asking_rules,
    attendance,
    boards,
    check_in,
    delegations,
    directive_sheet,
    directives,
    drafts,
    experts,
    files,
    groups,
    home,
    ladders,
    leader_sheet,
    lists,
    matters,
    meeting_papers,
    notices,
    office,
    operations,
    panel_pages,
    paper_files,
    papers,
    people,
    person,
    public,
    ready,
    roles,
    search,
    tasks,
    webhooks,
)
from app.admin.ask import Ask
from app.admin.door import Page, routes_of
from app.admin.site import STATIC, Site
from app.core.refusals import NotFound
from app.core.settings import Settings
from app.models.engine import Database
from app.policy import PolicyStore
from app.services.work import Works


async def _nowhere(ask: Ask) -> Response:
    raise NotFound()


PAGES = (
    *account.PAGES, *home.PAGES, *people.PAGES, *person.PAGES, *roles.PAGES, *operations.PAGES, *delegations.PAGES,
    *asking_rules.PAGES, *experts.PAGES, *groups.PAGES, *ladders.PAGES, *act.PAGES, *drafts.PAGES, *lists.PAGES,
    *panel_pages.PAGES, *papers.PAGES, *meeting_papers.PAGES, *search.PAGES,
    *leader_sheet.PAGES, *matters.PAGES, *boards.PAGES, *directive_sheet.PAGES, *directives.PAGES, *office.PAGES,
    *ready.PAGES, *attendance.PAGES, *notices.PAGES, *webhooks.PAGES, *check_in.PAGES, *tasks.PAGES,
    Page("/{path:path}", _nowhere), Page("/{path:path}", _nowhere, "POST"),
)  # fmt: skip


def routes(db: Database, works: Works, policies: PolicyStore, settings: Settings) -> list[BaseRoute]:
    """The pages under /admin; app.main mounts them there."""
    site = Site(db, works, policies, settings)
    return [Mount("/static", StaticFiles(directory=STATIC)), *routes_of(site, PAGES)]


def public_routes(db: Database, works: Works, policies: PolicyStore, settings: Settings) -> list[BaseRoute]:
    """What everybody may read, under /public, and addresses that are signed or secret themselves."""
    return routes_of(Site(db, works, policies, settings), (*public.PAGES, *notices.OPEN_PAGES))


def file_routes(db: Database, works: Works, policies: PolicyStore, settings: Settings) -> list[BaseRoute]:
    """The addresses under /files, for pages and clients of the API alike."""
    site = Site(db, works, policies, settings)
    return [*paper_files.paper_routes_of(site), *files.file_routes_of(site, FolderStore(settings.files_folder))]

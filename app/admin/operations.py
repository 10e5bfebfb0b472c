"""How the machine is doing: jobs, messages waiting, mails that did not arrive; and the trail for the auditor."""

from sqlalchemy import func, select
from sqlmodel import col
from starlette.responses import Response

from app.admin.ask import Ask
from app.admin.door import Page
from app.admin.html import go, show
from app.admin.titles import person_names
from app.core.clock import now
from app.core.refusals import NotFound
from app.models.records import JobRun, Outbox, Trail
from app.queries.calendar import load_calendar
from app.queries.visibility import row_filter, visible_to
from app.rules.notices import OUTSIDE
from app.services import dead_letters
from app.services.trail import verify

PAGE = 100


async def jobs(ask: Ask) -> Response:
    ask.must_see_all("job_run")
    runs = (await ask.session.scalars(visible_to(ask.view, JobRun).order_by(col(JobRun.name)))).all()
    open_rows = col(Outbox.done_at).is_(None) & col(Outbox.dead_at).is_(None)
    counts = select(
        col(Outbox.channel),
        func.count().filter(open_rows & (col(Outbox.due_at) <= now())).label("waiting"),
        func.count().filter(open_rows & (col(Outbox.due_at) > now())).label("later"),
        func.count().filter(col(Outbox.done_at).is_not(None)).label("delivered"),
        func.count().filter(col(Outbox.dead_at).is_not(None)).label("given_up"),
    ).where(row_filter(ask.view, Outbox)).group_by(col(Outbox.channel)).order_by(col(Outbox.channel))  # fmt: skip
    missing = (await load_calendar(ask.session)).missing_year(now())
    return show(
        ask, "admin/jobs.html", runs=runs, counts=(await ask.session.execute(counts)).all(), missing_year=missing
    )


async def mails(ask: Ask) -> Response:
    """Mails and deliveries that failed: recipient, kind, time and error; never subject, text or links."""
    ask.must_see_all("outbox")
    failed = col(Outbox.dead_at).is_not(None) | (col(Outbox.done_at).is_(None) & (col(Outbox.attempts) > 0))
    waiting = col(Outbox.done_at).is_(None) & col(Outbox.dead_at).is_(None) & (col(Outbox.attempts) == 0)
    mine = row_filter(ask.view, Outbox) & col(Outbox.channel).in_(OUTSIDE)
    columns = select(
        col(Outbox.id),
        col(Outbox.channel),
        col(Outbox.person_id),
        col(Outbox.event),
        col(Outbox.created_at),
        col(Outbox.attempts),
        col(Outbox.dead_at),
        col(Outbox.error),
    )
    rows = (
        await ask.session.execute(columns.where(mine, failed).order_by(col(Outbox.created_at).desc()).limit(PAGE))
    ).all()
    count = await ask.session.scalar(select(func.count()).select_from(Outbox).where(mine, waiting))
    names = await person_names(ask, [row.person_id for row in rows])
    return show(
        ask, "admin/mails.html", rows=rows, names=names, waiting=count or 0, has_mailer=bool(ask.site.settings.smtp_url)
    )


async def send_again(ask: Ask) -> Response:
    ask.must_see_all("outbox")
    async with ask.begin() as work:
        await dead_letters.send_again(work, ask.actor, ask.path_id())
    return go(ask, "/admin/mails")


async def trail(ask: Ask) -> Response:
    """Ids, actions, clauses and hashes only: the auditor sees no titles and no texts (C13)."""
    ask.must_see_all("trail")
    before = ask.request.query_params.get("before", "")
    query = visible_to(ask.view, Trail).order_by(col(Trail.seq).desc()).limit(PAGE)
    if before:
        if not before.isdecimal() or len(before) > 18:
            raise NotFound()
        query = query.where(col(Trail.seq) < int(before))
    rows = (await ask.session.scalars(query)).all()
    checked = await verify(ask.session) if ask.request.query_params.get("verify") == "1" else None
    return show(ask, "admin/trail.html", rows=rows, checked=checked, page=PAGE)


PAGES = (
    Page("/jobs", jobs),
    Page("/mails", mails),
    Page("/mails/{id}/again", send_again, "POST"),
    Page("/trail", trail),
)

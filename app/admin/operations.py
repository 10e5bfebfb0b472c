"""How the machine is doing: jobs, messages waiting, mails that did not arrive; and the trail for the auditor."""

from sqlalchemy import func, select
from starlette.responses import Response

from app.admin.ask import Ask
from app.admin.door import Page
from app.admin.html import go, show
from app.admin.titles import person_names
from app.core.clock import now
from app.core.refusals import NotFound
from app.models.records import JobRun, Outbox, Trail
from app.queries.visibility import row_filter, visible_to
from app.services import dead_letters
from app.services.trail import verify

PAGE = 100


async def jobs(ask: Ask) -> Response:
    ask.must_see_all("job_run")
    runs = (await ask.session.scalars(visible_to(ask.view, JobRun).order_by(JobRun.name))).all()
    open_rows = Outbox.done_at.is_(None) & Outbox.dead_at.is_(None)  # type: ignore[union-attr]
    counts = select(
        Outbox.channel,
        func.count().filter(open_rows & (Outbox.due_at <= now())).label("waiting"),
        func.count().filter(open_rows & (Outbox.due_at > now())).label("later"),
        func.count().filter(Outbox.done_at.is_not(None)).label("delivered"),  # type: ignore[union-attr]
        func.count().filter(Outbox.dead_at.is_not(None)).label("given_up"),  # type: ignore[union-attr]
    ).where(row_filter(ask.view, Outbox)).group_by(Outbox.channel).order_by(Outbox.channel)  # fmt: skip
    return show(ask, "admin/jobs.html", runs=runs, counts=(await ask.session.execute(counts)).all())


async def mails(ask: Ask) -> Response:
    """Recipient, kind, time and error; never subject, text or links."""
    ask.must_see_all("outbox")
    failed = Outbox.dead_at.is_not(None) | (Outbox.done_at.is_(None) & (Outbox.attempts > 0))  # type: ignore[union-attr]
    waiting = Outbox.done_at.is_(None) & Outbox.dead_at.is_(None) & (Outbox.attempts == 0)  # type: ignore[union-attr]
    mine = row_filter(ask.view, Outbox) & (Outbox.channel == "mail")
    columns = select(Outbox.id, Outbox.person_id, Outbox.event, Outbox.created_at, Outbox.attempts, Outbox.dead_at, Outbox.error)  # type: ignore[call-overload]
    rows = (await ask.session.execute(columns.where(mine, failed).order_by(Outbox.created_at.desc()).limit(PAGE))).all()  # type: ignore[attr-defined]
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
    query = visible_to(ask.view, Trail).order_by(Trail.seq.desc()).limit(PAGE)  # type: ignore[union-attr]
    if before:
        if not before.isdecimal() or len(before) > 18:
            raise NotFound()
        query = query.where(Trail.seq < int(before))  # type: ignore[operator]
    rows = (await ask.session.scalars(query)).all()
    checked = await verify(ask.session) if ask.request.query_params.get("verify") == "1" else None
    return show(ask, "admin/trail.html", rows=rows, checked=checked, page=PAGE)


PAGES = (
    Page("/jobs", jobs),
    Page("/mails", mails),
    Page("/mails/{id}/again", send_again, "POST"),
    Page("/trail", trail),
)

"""Deliver what the outbox holds: to inboxes, by mail, and by webhook. One way that fails holds up no other."""

from typing import Any

from app.jobs.context import Surroundings
from app.services.hooks import deliver_webhooks
from app.services.job_runs import recorded
from app.services.letters import deliver_mail
from app.services.outbox import deliver_in_app


async def run_in_app(around: Surroundings) -> int:
    return await recorded(around.db, "deliver_in_app", lambda: deliver_in_app(around.db, around.news))


async def run(around: Surroundings) -> int:
    count = await run_in_app(around)
    count += await recorded(around.db, "deliver_mail", lambda: deliver_mail(around.db, around.mailer, around.link))
    return count + await recorded(
        around.db, "deliver_webhooks", lambda: deliver_webhooks(around.db, around.sender, around.link)
    )


async def deliver(ctx: dict[str, Any]) -> int:
    """The same as a job that a web process asks for right after an act."""
    return await run(ctx["around"])


async def tell(ctx: dict[str, Any]) -> int:
    """Only into inboxes: what somebody may be looking at does not wait until mails have gone out."""
    return await run_in_app(ctx["around"])

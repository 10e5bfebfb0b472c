"""Deliver what the outbox holds: to inboxes, by mail, and by webhook. One way that fails holds up no other."""

from typing import Any

from app.jobs.context import Surroundings
from app.services.hooks import deliver_webhooks
from app.services.job_runs import recorded
from app.services.letters import deliver_mail
from app.services.outbox import deliver_in_app


async def run(around: Surroundings) -> int:
    count = await recorded(around.db, "deliver_in_app", lambda: deliver_in_app(around.db, around.news))
    count += await recorded(around.db, "deliver_mail", lambda: deliver_mail(around.db, around.mailer, around.link))
    return count + await recorded(
        around.db, "deliver_webhooks", lambda: deliver_webhooks(around.db, around.sender, around.link)
    )


async def deliver(ctx: dict[str, Any]) -> int:
    """The same as a job that a web process asks for right after an act."""
    return await run(ctx["around"])

"""A webhook that was tried for some weeks: what it delivered, what it did not, and its end (C9).

It has been ended, and its host is one that exists nowhere: the demonstration sends nothing to anybody."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlmodel import col

from app.models.records import Outbox
from app.services import outbox, webhooks
from app.services.demo.stage import Stage
from app.services.demo.timeline import Story
from app.services.webhooks import WebhookDraft

ADMINISTRATOR = "管平"
DRAFT = WebhookDraft("短信网关(试用)", "https://sms.example.invalid/yishi", kinds=("meeting_notice",))
TRIED, DELIVERS, FAILS = 85, (70, 55, 40), 20  # working days ago


def stories(stage: Stage) -> list[Story]:
    return [_tried(stage)]


async def _tried(stage: Stage) -> Story:
    yield stage.ago(TRIED)
    webhook, _ = await stage.do(ADMINISTRATOR, webhooks.add_webhook, stage.group.id, DRAFT)
    for days in DELIVERS:
        yield stage.ago(days, hour=18)
        await outbox.mark_done(stage.session, await _attempted(stage, 1))
    yield stage.ago(FAILS, hour=18)
    await outbox.fail(stage.session, await _attempted(stage, outbox.ATTEMPTS), "HTTP 503")
    await stage.do(ADMINISTRATOR, webhooks.end_webhook, webhook.id)


async def _attempted(stage: Stage, times: int) -> Sequence[Outbox]:
    """What waits for it, after so many attempts."""
    rows = (await stage.session.scalars(select(Outbox).where(outbox.pending("webhook")).order_by(col(Outbox.id)))).all()
    for row in rows:
        row.attempts = times
    await stage.session.flush()
    return rows

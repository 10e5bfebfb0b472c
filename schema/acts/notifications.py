"""Reading what one was told (C9)."""

from typing import Any

import strawberry

from app.models.records import Notification
from app.rules.roles import Actor
from app.services import notifications
from app.services.work import Work
from schema.acting import Act, mutation
from schema.ids import need


@strawberry.input(description="A line of one's own inbox.")
class ReadNotificationInput(Act):
    id: strawberry.ID = strawberry.field(description="The line.")
    and_earlier: bool = strawberry.field(default=False, description="With all lines before it.")


@mutation(Notification, "标为已读: mark a line of one's own inbox as read (C9).")
async def read_notification(work: Work, actor: Actor, given: ReadNotificationInput) -> Any:
    return await notifications.mark_read(work, actor, need("Notification", given.id), given.and_earlier)

"""Stories that happen at the same time, told in the order of the calendar.

Each story yields the instant at which it goes on, and goes on when no other has anything earlier to tell. One runs at a
time, so they share a session; and time never goes back, so history and trail read as if it had all happened.
"""

import heapq
from collections.abc import AsyncIterator, Sequence
from datetime import datetime

from app.core import clock

Story = AsyncIterator[datetime]


async def tell(begin: datetime, stories: Sequence[Story]) -> None:
    """Tell all stories to their end."""
    clock.freeze(begin)
    waiting: list[tuple[datetime, int, Story]] = []
    for number, story in enumerate(stories):
        await _go_on(waiting, number, story)
    while waiting:
        instant, number, story = heapq.heappop(waiting)
        clock.freeze(max(instant, clock.now()))
        await _go_on(waiting, number, story)


async def _go_on(waiting: list[tuple[datetime, int, Story]], number: int, story: Story) -> None:
    try:
        heapq.heappush(waiting, (await anext(story), number, story))
    except StopAsyncIteration:
        return

"""What tests enter from paper (C20), by the one way in."""

from datetime import date
from typing import Any

from app.core.clock import today
from app.models.engine import Database
from app.rules.roles import Actor
from app.services import acts, delegations
from app.services.from_paper import enter
from app.services.paper import PaperEntry
from app.services.work import Work
from tests.support.city import City, build


async def with_clerk(db: Database) -> City:
    """A city in which these have authorised a clerk of the office."""
    city = await build(db)
    for who in ("leader", "director", "vice", "civil", "finance"):
        await city.do(who, delegations.authorise_clerk, city.group, city.people["planner"])
    return city


def sheet(city: City, who: str, day: date | None = None, note: str = "档案柜3-12", scan: str = "") -> PaperEntry:
    """A sheet signed by somebody of the city."""
    return PaperEntry(city.people[who], day or today(), note, scan)


async def entered(
    city: City, clerk: str, noun: str, row: Any, action: str, paper: PaperEntry, service: Any = None, *given: Any,
    **words: Any,
) -> Any:  # fmt: skip
    """A clerk enters a step: a plain one, or that of a service that takes the row's id and what is given."""

    async def by(work: Work, actor: Actor) -> Any:
        async def act(signer: Actor) -> Any:
            if service is None:
                return await acts.act(work, signer, noun, row.id, action, **words)
            return await service(work, signer, row.id, *given, **words)

        return await enter(work, actor, noun, row.id, action, paper, act)

    return await city.do(clerk, by)

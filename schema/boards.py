"""Boards, league table and punctuality of directives, over what the asker may see (C3)."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

import strawberry

from app.core.clock import today
from app.models.people import Group
from app.queries.boards import board as columns_by
from app.queries.league import FORMULA, Score
from app.queries.league import league as league_of
from app.queries.league import punctuality as months_of
from app.queries.progress import state_of_directives
from app.queries.results import Result, results
from schema.context import Info
from schema.declare import listed, ref
from schema.enums import BoardBy
from schema.errors import coded
from schema.ids import uuid_of
from schema.reading import one

MAX_MONTHS = 60
GroupId = Annotated[strawberry.ID, strawberry.argument(description="The leading group.")]
From = Annotated[date, strawberry.argument(description="The first day of the period.")]
To = Annotated[date, strawberry.argument(description="The last day of the period.")]
Months = Annotated[int, strawberry.argument(description=f"How many months, at most {MAX_MONTHS}.")]
By = Annotated[BoardBy, strawberry.argument(description="How it is arranged.")]
Since = Annotated[date | None, strawberry.argument(description="Also what was closed from this day on.")]


@strawberry.type(description="How many open directives have which light.")
class Lights:
    red: int = strawberry.field(description="Overdue.")
    yellow: int = strawberry.field(description="Due soon.")
    green: int = strawberry.field(description="In time.")
    grey: int = strawberry.field(description="Not owed now.")


@strawberry.type(description="One column of a board.")
class BoardColumn:
    name: str = strawberry.field(description="The unit, decision or leader; empty where there is none to be seen.")
    lights: Lights = strawberry.field(description="The lights of its open directives.")
    open: int = strawberry.field(description="How many are open.")
    closed: int = strawberry.field(description="How many are closed.")
    directives: listed(ref("Directive")) = strawberry.field(description="The directives, the most urgent first.")  # type: ignore[valid-type]


@strawberry.type(description="Punctuality: what was due, what came in time.")
class PunctualityScore:
    due: int = strawberry.field(description="Directives due in the period.")
    in_time: int = strawberry.field(description="Of these those whose completion was reported in time.")
    percent: float | None = strawberry.field(description="The share in percent; null where nothing was due.")


@strawberry.type(description="A unit's place in the league table.")
class LeaguePlace:
    rank: int | None = strawberry.field(description="Its rank; equal scores share one; null where nothing was due.")
    unit: str = strawberry.field(description="The unit.")
    score: PunctualityScore = strawberry.field(description="Its punctuality.")
    open: int = strawberry.field(description="How many it leads that are open.")
    overdue: int = strawberry.field(description="How many of these are overdue.")
    closed: int = strawberry.field(description="How many it led that are closed.")


@strawberry.type(description="The league table of units, with its formula.")
class League:
    formula: str = strawberry.field(description="How punctuality is reckoned.")
    places: list[LeaguePlace] = strawberry.field(description="The units, the most punctual first.")


@strawberry.type(description="Punctuality in one month.")
class MonthScore:
    month: date = strawberry.field(description="Its first day.")
    score: PunctualityScore = strawberry.field(description="Its punctuality.")


@strawberry.type(description="Punctuality over time, with its formula.")
class PunctualityOverTime:
    formula: str = strawberry.field(description="How punctuality is reckoned.")
    months: list[MonthScore] = strawberry.field(description="Month by month, the present one last.")


@strawberry.type(
    description="The state of a group's directives at this moment, as a meeting's first item tells it (C18)."
)
class DirectiveProgress:
    summary: str = strawberry.field(description="In one sentence.")
    text: str = strawberry.field(description="The whole, line by line.")
    open: int = strawberry.field(description="How many are open.")
    lights: Lights = strawberry.field(description="Their lights.")


async def _results(info: Info, written: strawberry.ID) -> list[Result]:
    """What may be seen of the group; nothing where there is no such group."""
    group_id, view = uuid_of("Group", written), await info.context.view()
    if group_id is None:
        return []
    async with info.context.db.read() as session:
        found = await results(session, view, group_id)
    info.context.saw(each.row for each in found)
    return found


def _score(score: Score) -> PunctualityScore:
    return PunctualityScore(due=score.due, in_time=score.in_time, percent=score.percent)


async def board(info: Info, group_id: GroupId, by: By) -> list[BoardColumn]:
    return [
        BoardColumn(
            name=column.name, lights=Lights(**column.lights), open=column.open, closed=column.closed,
            directives=[each.row for each in column.rows],
        )
        for column in columns_by(await _results(info, group_id), by.value)
    ]  # fmt: skip


async def league(info: Info, group_id: GroupId, start: From, end: To) -> League:
    found: Sequence[Result] = await _results(info, group_id)
    return League(
        formula=info.context.say(*FORMULA),
        places=[
            LeaguePlace(
                rank=each.rank, unit=each.unit, score=_score(each.score), open=each.open, overdue=each.overdue,
                closed=each.closed,
            )
            for each in league_of(found, start, end, today())
        ],
    )  # fmt: skip


async def punctuality(info: Info, group_id: GroupId, months: Months = 12) -> PunctualityOverTime:
    if not 1 <= months <= MAX_MONTHS:
        raise coded(f"Between 1 and {MAX_MONTHS} months.", "BAD_PAGE_SIZE")
    found = months_of(await _results(info, group_id), today(), months)
    return PunctualityOverTime(
        formula=info.context.say(*FORMULA),
        months=[MonthScore(month=each.first, score=_score(each.score)) for each in found],
    )


async def progress(info: Info, group_id: GroupId, since: Since = None) -> DirectiveProgress | None:
    group = await one(info.context, Group, uuid_of("Group", group_id))
    if group is None:
        return None
    async with info.context.db.read() as session:
        found = await state_of_directives(session, await info.context.view(), group.id, since)
    language = info.context.say("zh", "en")
    return DirectiveProgress(
        summary=found.summary(language), text=found.text(language), open=len(found.open), lights=Lights(**found.counts)
    )

"""The root of reading."""

from asyncio import gather
from typing import Annotated, Any

import strawberry

from schema import boards, changing, explanations, lists, live, noticing, searching
from schema import leader_sheet as leader_sheets
from schema.boards import BoardColumn, DirectiveProgress, League, PunctualityOverTime
from schema.connections import MAX_PAGE, connection
from schema.context import Info
from schema.errors import coded
from schema.explanations import DelegablePower, Explanation, ReadyMotion, Story, UnitYear, WorkingDays
from schema.ladders import LadderPreview, ladder_preview
from schema.leader_sheet import LeaderSheet
from schema.nodes import Node, look_up
from schema.viewer import Viewer

Id = Annotated[strawberry.ID, strawberry.argument(description="A global id.")]
Ids = Annotated[list[strawberry.ID], strawberry.argument(description=f"Global ids, at most {MAX_PAGE}.")]


async def _node(info: Info, id: Id) -> Node | None:
    found: Node | None = await look_up(info.context, id)
    return found


async def _nodes(info: Info, ids: Ids) -> list[Node | None]:
    if len(ids) > MAX_PAGE:
        raise coded(f"At most {MAX_PAGE} ids.", "BAD_PAGE_SIZE")
    return list(await gather(*(look_up(info.context, each) for each in ids)))


def _viewer(info: Info) -> Viewer:
    return Viewer()


def _field(resolve: Any, says: str, kind: Any = None) -> Any:
    if kind is not None:
        resolve.__annotations__["return"] = kind
    return strawberry.field(resolver=resolve, description=says)


@strawberry.type(description="Reading. What one may not see looks like what does not exist (A4.4).")
class Query:
    viewer: Viewer = _field(_viewer, "Who is asking.")
    node: Node | None = _field(_node, "Anything by its global id; null where it does not exist or may not be seen.")
    nodes: list[Node | None] = _field(_nodes, "Several by their global ids, in the same order.")
    groups = lists.groups
    motions = lists.motions
    meetings = lists.meetings
    topics = lists.topics
    added_forms = lists.added_forms
    documents = lists.documents
    directives = lists.directives
    publications = lists.publications
    units = lists.units
    people = lists.people
    experts = lists.experts
    trail = lists.trail
    webhooks = lists.webhooks
    undelivered = _field(
        noticing.undelivered, "Messages that were given up or fail, for the system administrator (C13).",
        connection("Delivery"),
    )  # fmt: skip
    meeting_progress: live.MeetingProgress | None = _field(
        live.meeting_progress, "How a meeting stands now; null for whoever has no place in it (C9)."
    )
    changes: changing.Changes = _field(
        changing.changes, "What changed since a cursor, for clients that were away (C9)."
    )
    notice_preferences: list[noticing.NoticePreference] = _field(
        noticing.notice_preferences, "What reaches the viewer outside the app, kind by kind (C9)."
    )
    leader_sheet: LeaderSheet | None = _field(
        leader_sheets.leader_sheet, "The leader's sheet: a motion on one page; null for whom it is not (A3.4)."
    )
    story: Story | None = _field(explanations.story, "A whole matter in one query (C6).")
    ready_motions: list[ReadyMotion] = _field(
        explanations.ready, "Motions that are ready for a meeting, the longest waiting first (A2.1)."
    )
    directive_board: list[BoardColumn] = _field(
        boards.board, "A group's directives in columns by unit, decision or leader (C3)."
    )
    directive_league: League = _field(boards.league, "The league table of units, with its formula (C3).")
    directive_punctuality: PunctualityOverTime = _field(
        boards.punctuality, "Punctuality over time, with its formula (C3)."
    )
    directive_progress: DirectiveProgress | None = _field(
        boards.progress, "The state of a group's directives, as a meeting's first item tells it (A3.6, C18)."
    )
    attendance_of_year: list[UnitYear] = _field(
        explanations.attendance_of, "Attendance over a year by unit, as far as the asker may see it (A4.1)."
    )
    why: Explanation | None = _field(explanations.why, "May this step be taken now, and if not why not (C7).")
    delegable_powers: list[DelegablePower] = _field(
        explanations.delegable_powers, "The powers that the viewer could lend (C4)."
    )
    search: searching.SearchResult = _field(
        searching.search, "Search in Chinese over motions, meetings, documents and directives (C11)."
    )
    ladder_preview: LadderPreview | None = _field(
        ladder_preview, "On which days a ladder of reminders would fire, before it is set (C2)."
    )
    working_days: WorkingDays = _field(explanations.working_days, "Count working days, with the explanation (C14).")

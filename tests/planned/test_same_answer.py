"""A plan and the resolvers answer alike, to everybody, whatever form the query has."""

from typing import Any

import pytest

from tests.planned.conftest import BothWays

PEOPLE = ("leader", "in_charge", "deputy", "director", "staff", "finance", "civil", "auditor", "outsider", "")
QUERIES = {
    "viewer": "{ viewer { id name __typename roles { role label group { name } unit { id name } } "
    "person { phone mail } } }",
    "owed to me": """{ viewer { owedToMe(first: 20) { nodes { id kind holder late } }
        overdue: owedToMe(overdueOnly: true, first: 9) { totalCount nodes { id } } } }""",
    "tasks": """{ viewer { tasks(first: 20) { nodes { id kind clause dueOn openedAt holder late dueExplanation matter {
        __typename id
        ... on Motion { title motionState: state history(last: 1) { ...Step } }
        ... on Opinion { state motion { title } history(last: 1) { ...Step } }
        ... on Document { title history(last: 1) { ...Step } }
        ... on Attendance { meeting { title } }
        ... on Directive { title dueOn reports(last: 1) { text reportedAt reporter { name } } } } } } } }
        fragment Step on Signature { action opinion signedAt person { name } }""",
    "page": """{ motions(first: 2) { totalCount edges { cursor node { id title amountAsked year technical } }
        nodes { id form category categoryLabel state stateLabel proposingUnit { id name } follows { id }
          opinions(first: 3) { id position positionLabel text unit { name } dueOn answeredAt } drafter { phone } }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor __typename } __typename } }""",
    "end": """{ motions(last: 2, orderBy: OLDEST_FIRST) { nodes { id } edges { cursor }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }""",
    "meetings": """{ meetings { nodes { id title form formLabel startsAt items(first: 10) { number state
        motion { id title opinions { position unit { name } } } } attendances { capacity late signedInAt }
        documents { number } decisions { kindLabel text
          amountApproved documents { title } directives { title } } } } }""",
    "agendas": """{ meetings { nodes { items { number } first: items(first: 1) { number }
        ends: items(last: 2) { n: number id } end: items(last: 1) { number state } } }
        motions { nodes { items { number meeting { items { number } } } } } }""",
    "groups": """{ groups { nodes { code members { kind unit { name kindLabel groups { name } } }
        appointments(first: 5) {
        nodes { role roleLabel inForce inChargeOf { name } person { name } startsOn } pageInfo { hasNextPage } } } } }""",
    "inbox": """{ viewer { notifications { nodes { text clause event matter { id } createdAt readAt } }
        delegations { nodes { inForce matter { id } } } paperAuthorities { totalCount } } }""",
    "filters": """{ motions(filter: {search: "资金", states: [ENDORSED, READY, DRAFT]}) { totalCount nodes { title } }
        units(filter: {kind: MEMBER_UNIT, search: "局"}) { nodes { name } } people(filter: {search: "%"}) { totalCount }
        }""",
    "trail": "{ trail(first: 3) { nodes { id seq objectId at group { code } actor { name } } "
    "pageInfo { endCursor } } }",
    "lines": """{ documents { nodes { number title contentHash datedOn kind decisions { kind }
        history { line actionLabel role roleLabel onBehalfOfRole signedAt voidedAt round } publications { title text } } }
        directives { nodes { title dueOn period standing cooperatingUnits { name } leadUnit { name } } } }""",
    "worked out": """{ motions { nodes { id waitingOn { kind names since until late __typename } availableActions {
        action label mutation allowed clause needsReason blockers { code message clause who __typename } } } }
        meetings { nodes { availableActions { action allowed blockers { code } } waitingOn { names until }
          items { availableActions { action allowed blockers { code } } }
          attendances { availableActions { action allowed } waitingOn { names } } } }
        documents { nodes { availableActions { action allowed blockers { code } } waitingOn { names } } }
        directives { nodes { light availableActions { action allowed blockers { message } } waitingOn { names since } } } }""",
    "worked out below": """{ viewer { tasks(openOnly: false) { nodes { matter { __typename
          ... on Motion { title availableActions { allowed } history { stale changes { before after pieces { kind } } } }
          ... on Opinion { changes { before } availableActions { allowed } } } } } }
        groups { nodes { settings { name label value isDefault } } } experts { nodes { fields avoids inTerm } } }""",
}


async def _stage(both: BothWays) -> None:
    city = both.api.city
    for state in ("draft", "endorsed", "admitted", "ready"):
        await city.motion(state)
    _, _, decision = await city.decided()
    await city.document(decision, "registered")
    await city.motion("submitted", title='引号"与\\反斜线', body="换行\n与制表\t")


async def test_every_query_answers_the_same_both_ways(both: BothWays) -> None:
    """Ten askers, ten queries, two languages: the same to the order of the keys, and none was left to the resolvers."""
    await _stage(both)
    for query in QUERIES.values():
        for who in PEOPLE:
            for language in ("en", "zh"):
                answer = await both.same(who, query, language)
                assert "errors" not in answer, answer
    assert not both.planned.fallen_back


async def test_pages_follow_one_another_in_both_directions(both: BothWays) -> None:
    """Forward by `after`, backward by `before`: the same entries, each once."""
    await _stage(both)
    forward = "query($n: Int, $c: String) { motions(first: $n, after: $c) { nodes { id } pageInfo { endCursor hasNextPage } } }"
    backward = "query($n: Int, $c: String) { motions(last: $n, before: $c) { nodes { id } pageInfo { startCursor hasPreviousPage } } }"
    found: dict[str, list[Any]] = {}
    for query, place, more in ((forward, "endCursor", "hasNextPage"), (backward, "startCursor", "hasPreviousPage")):
        cursor, pages = None, []
        while True:
            page = (await both.same("staff", query, n=2, c=cursor))["data"]["motions"]
            pages.append([node["id"] for node in page["nodes"]])
            cursor = page["pageInfo"][place]
            if not page["pageInfo"][more]:
                break
        found[place] = pages
    ahead = [key for page in found["endCursor"] for key in page]
    back = [key for page in reversed(found["startCursor"]) for key in page]
    assert ahead == back and len(set(ahead)) == len(ahead) == 6


FORMS = (
    "query($s: Boolean!) { motions(first: 1) { nodes { id @skip(if: $s) title @include(if: $s) } } }",
    "{ motions(first: 1) { ...A } } fragment A on MotionConnection { nodes { ...B ...B } } fragment B on Motion { id x: title }",
    "{ motions(first: 1) { nodes { ... { id } ... on Node { id } ... on Motion { y: state } drafter { id } drafter { name } } } }",
    "{ a: motions(first: 1) { totalCount } b: motions(first: 0) { nodes { id } pageInfo { endCursor hasNextPage } } __typename }",
    "query($f: MotionFilter) { motions(filter: $f) { totalCount } }",
)


@pytest.mark.parametrize("query", FORMS)
async def test_forms_of_a_query(both: BothWays, query: str) -> None:
    await _stage(both)
    for variables in (
        ({"s": True}, {"s": False}) if "$s" in query else ({"f": {"search": "资金"}}, {"f": {"search": "无"}})
    ):
        await both.same("staff", query, **variables)
    assert not both.planned.fallen_back


async def test_nodes_by_their_ids(both: BothWays) -> None:
    await _stage(both)
    ids = [
        node["id"] for node in (await both.same("staff", "{ motions { nodes { id } } }"))["data"]["motions"]["nodes"]
    ]
    query = "query($ids: [ID!]!) { nodes(ids: $ids) { __typename id ... on Motion { title } ... on Unit { name } } }"
    unit = both.api.unit("市财政局")
    for who in ("staff", "finance", ""):
        await both.same(who, query, ids=[unit, *ids[:2], "Motion_x", "nothing", "Motion_" + "0" * 32])
    one = "query($id: ID!) { node(id: $id) { id ... on Motion { title } ... on TrailEntry { action } } }"
    for key in (ids[0], unit, "TrailEntry_1", "TrailEntry_x", "Motion_", "Nobody_1", ""):
        await both.same("staff", one, id=key)
        await both.same("auditor", one, id=key)
    assert not both.planned.fallen_back


@pytest.mark.clause("A4.4")
async def test_errors_are_answered_by_the_resolvers(both: BothWays) -> None:
    await _stage(both)
    for query in (
        "{ motions(first: 101) { totalCount } }",
        "{ motions(first: 1, last: 1) { totalCount } }",
        '{ motions(after: "x") { nodes { id } } }',
        '{ motions(filter: {group: "Motion_1"}) { totalCount } viewer { id } }',
    ):
        assert "errors" in await both.same("staff", query)

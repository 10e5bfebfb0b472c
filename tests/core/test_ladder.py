"""The ladder of reminders: when a rung fires, that it fires once, and whom it reaches."""

from datetime import UTC, date, datetime, time, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core import clock
from app.core.ladder import (
    DEFAULT,
    LEADERS,
    LIGHT,
    Chain,
    Rung,
    default_ladder,
    due_rungs,
    ladder_of,
    may_chase,
    next_chase,
    recipients,
    rung_day,
)
from app.core.workdays import shipped

pytestmark = pytest.mark.clause("C2")

CHINA = holidays.country_holidays("CN", years=[2024, 2025, 2026])
DAY = timedelta(days=1)
DUE = date(2026, 3, 12)  # a Thursday; no holiday for two months
OPENED = date(2026, 3, 2)


def offsets(now: datetime, already: set[int] | None = None, due: date = DUE, opened: date = OPENED) -> list[int]:
    rungs = due_rungs(shipped(), due, DEFAULT, opened, now, already or set())
    return [rung.offset_working_days for rung in rungs]


def morning(day: date) -> datetime:
    return clock.at(day, 9)


def test_the_default_ladder_is_the_rulebooks() -> None:
    assert [(rung.offset_working_days, rung.recipients) for rung in DEFAULT] == [
        (-2, ("assignee",)),
        (0, ("assignee",)),
        (1, ("assignee", "liaison")),
        (3, ("head", "general_affairs")),
        (5, ("office_director",)),
        (10, ("deputy_in_charge",)),
    ]
    assert {rung.kind for rung in DEFAULT} == {"remind"}


def test_leaders_are_reminded_before_and_on_the_day_only_then_in_person() -> None:
    assert [(rung.offset_working_days, rung.recipients, rung.kind) for rung in LEADERS] == [
        (-2, ("assignee",), "remind"),
        (0, ("assignee",), "remind"),
        (1, ("general_affairs",), "in_person"),
    ]


def test_light_tasks_stop_at_the_liaison_officer() -> None:
    assert [(rung.offset_working_days, rung.recipients) for rung in LIGHT] == [
        (-2, ("assignee",)),
        (0, ("assignee",)),
        (1, ("assignee", "liaison")),
    ]


def test_which_ladder_a_task_gets() -> None:
    assert default_ladder(leads=False, light=False) is DEFAULT
    assert default_ladder(leads=False, light=True) is LIGHT
    assert default_ladder(leads=True, light=False) is default_ladder(leads=True, light=True) is LEADERS


@pytest.mark.parametrize(
    ("offset", "day"),
    [(-2, "03-10"), (0, "03-12"), (1, "03-13"), (3, "03-17"), (5, "03-19"), (10, "03-26")],
)
def test_the_days_of_the_rungs(offset: int, day: str) -> None:
    assert rung_day(shipped(), DUE, Rung(offset, ("assignee",))) == date.fromisoformat(f"2026-{day}")


def test_a_due_day_set_on_a_day_off_is_reminded_of_on_the_last_working_day_before() -> None:
    sunday = date(2026, 3, 15)
    days = [rung_day(shipped(), sunday, rung).day for rung in LIGHT]
    assert days == [12, 13, 16]


def test_rungs_fire_one_after_the_other_as_days_pass() -> None:
    fired: set[int] = set()
    days: dict[int, date] = {}
    day = OPENED
    while day < date(2026, 4, 10):
        for offset in offsets(morning(day), fired):
            fired.add(offset)
            days[offset] = day
        day += DAY
    assert days == {rung.offset_working_days: rung_day(shipped(), DUE, rung) for rung in DEFAULT}


def test_what_has_fired_does_not_fire_again() -> None:
    assert offsets(morning(DUE), {-2}) == [0]
    assert offsets(morning(DUE), {-2, 0}) == []


def test_after_downtime_all_missed_rungs_come_together() -> None:
    assert offsets(morning(date(2026, 3, 17)), {-2}) == [0, 1, 3]


def test_a_rung_whose_day_had_passed_when_the_task_was_opened_never_fires() -> None:
    assert offsets(morning(DUE), opened=date(2026, 3, 11)) == [0]
    assert offsets(morning(date(2026, 3, 10)), opened=date(2026, 3, 10)) == [-2]
    assert offsets(morning(date(2026, 3, 17)), opened=date(2026, 3, 16)) == [3]


@pytest.mark.parametrize(
    ("local", "allowed"),
    [
        ("2026-03-12T08:29:59", False),
        ("2026-03-12T08:30:00", True),
        ("2026-03-12T17:29:59", True),
        ("2026-03-12T17:30:00", False),
        ("2026-03-14T10:00:00", False),  # a Saturday
        ("2026-05-09T10:00:00", True),  # a worked Saturday
        ("2026-10-05T10:00:00", False),  # a Monday off
    ],
)
def test_nobody_is_chased_on_a_day_off_or_outside_the_hours(local: str, allowed: bool) -> None:
    now = datetime.fromisoformat(f"{local}+08:00").astimezone(UTC)
    assert may_chase(shipped(), now) is allowed
    due = clock.local_day(now) - 30 * DAY
    fired = due_rungs(shipped(), due, DEFAULT, due - 30 * DAY, now, set())
    assert bool(fired) is allowed


def test_the_group_sets_its_own_hours() -> None:
    late = clock.at(DUE, 20)
    assert not due_rungs(shipped(), DUE, DEFAULT, OPENED, late, set())
    assert due_rungs(shipped(), DUE, DEFAULT, OPENED, late, set(), (time(19), time(21)))


@given(
    st.dates(date(2024, 4, 1), date(2026, 9, 30)),
    st.integers(0, 40),
    st.integers(-20, 45),
    st.integers(0, 23),
    st.sets(st.sampled_from([-2, 0, 1, 3, 5, 10])),
)
def test_firing_agrees_with_counting_day_by_day(
    due: date, open_for: int, shift: int, hour: int, fired: set[int]
) -> None:
    opened, now = due - open_for * DAY, clock.at(due + shift * DAY, hour)
    today = clock.local_day(now)
    expected = []
    if CHINA.is_working_day(today) and 9 <= hour < 17:
        expected = [
            rung.offset_working_days
            for rung in DEFAULT
            if rung.offset_working_days not in fired and opened <= counted(due, rung.offset_working_days) <= today
        ]
    hours = (time(9), time(17))
    found = due_rungs(shipped(), due, DEFAULT, opened, now, fired, hours)
    assert [rung.offset_working_days for rung in found] == expected
    following = next_chase(shipped(), due, DEFAULT, opened, fired, hours)
    assert bool(found) == (following is not None and following <= now and may_chase(shipped(), now, hours))


def counted(due: date, offset: int) -> date:
    day, left = due, abs(offset)
    if not offset:
        while not CHINA.is_working_day(day):
            day -= DAY
    while left:
        day += DAY if offset > 0 else -DAY
        left -= CHINA.is_working_day(day)
    return day


def test_next_chase_is_the_opening_hour_of_the_next_rungs_day() -> None:
    assert next_chase(shipped(), DUE, DEFAULT, OPENED, {-2}) == clock.at(DUE, 8, 30)
    assert next_chase(shipped(), DUE, LIGHT, OPENED, {-2, 0, 1}) is None


def test_a_ladder_orders_its_rungs_and_refuses_two_with_one_offset() -> None:
    early, late = Rung(-1, ("assignee",)), Rung(4, ("head",))
    assert ladder_of(late, early) == (early, late)
    with pytest.raises(ValueError, match="same offset"):
        ladder_of(early, Rung(-1, ("head",)))


@pytest.mark.parametrize("names", [(), ("boss",)])
def test_a_rung_needs_recipients_that_exist(names: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="recipients"):
        Rung(1, names)


RANKS = {"deputy_in_charge": 1, "office_director": 3, "head": 7, "liaison": 8, "assignee": 9}
FULL = Chain("clerk", "liaison", "head", ("ga1", "ga2"), "director", "deputy", RANKS)


def reached(rung: Rung, chain: Chain[str]) -> list[tuple[str, str]]:
    return [(person, reason.why) for person, reason in recipients(rung, chain)]


def test_each_rung_reaches_those_it_names() -> None:
    assert [[person for person, _ in recipients(rung, FULL)] for rung in DEFAULT] == [
        ["clerk"], ["clerk"], ["clerk", "liaison"], ["head", "ga1", "ga2"], ["director"], ["deputy"],
    ]  # fmt: skip


def test_a_missing_recipients_share_goes_to_general_affairs() -> None:
    chain = Chain("clerk", None, "head", ("ga1",), ranks=RANKS)
    found = recipients(DEFAULT[2], chain)
    assert [person for person, _ in found] == ["clerk", "ga1"]
    assert found[1].reason.zh == "联络员空缺,转综合部"
    assert found[1].reason.en == "the liaison officer is missing, so it goes to General Affairs"
    assert reached(DEFAULT[5], chain) == [("ga1", "missing")]


def test_an_assignee_is_not_his_own_superior() -> None:
    chain = Chain("head", "liaison", "head", ("ga1",), "director", ranks={**RANKS, "assignee": 7})
    assert reached(DEFAULT[3], chain) == [("ga1", "self")]
    own_director = Chain("director", general_affairs=("ga1",), office_director="director")
    assert reached(DEFAULT[4], own_director) == [("ga1", "self")]


def test_nobody_who_ranks_below_the_assignee_is_told_of_his_delay() -> None:
    chain = Chain("head", "liaison", "head", ("ga1",), ranks={**RANKS, "assignee": 7})
    assert reached(DEFAULT[2], chain) == [("head", "named"), ("ga1", "below")]
    equal = Chain("a", "b", general_affairs=("ga1",), ranks={"assignee": 8, "liaison": 8})
    assert reached(DEFAULT[2], equal) == [("a", "named"), ("b", "named")]


def test_a_vacant_assignees_reminder_goes_to_general_affairs() -> None:
    assert reached(DEFAULT[0], Chain(None, general_affairs=("ga1",))) == [("ga1", "missing")]


def test_everyone_is_reached_once() -> None:
    chain = Chain("clerk", general_affairs=("ga1",))
    assert reached(DEFAULT[3], chain) == [("ga1", "missing")]


def test_where_general_affairs_is_the_assignee_or_empty_the_director_steps_in() -> None:
    own = Chain("ga1", general_affairs=("ga1",), office_director="director")
    assert reached(Rung(3, ("general_affairs",)), own) == [("director", "self")]
    two = Chain("ga1", general_affairs=("ga1", "ga2"), office_director="director")
    assert reached(Rung(3, ("general_affairs",)), two) == [("ga2", "named")]
    empty = Chain("leader", office_director="director")
    found = recipients(LEADERS[2], empty)
    assert [(person, reason.zh) for person, reason in found] == [("director", "综合部空缺,转办公室主任")]
    assert recipients(LEADERS[2], Chain("leader")) == []


PEOPLE = st.none() | st.sampled_from(["p", "q", "r", "s"])


@given(
    st.builds(
        Chain,
        st.sampled_from(["p", "q"]),
        PEOPLE,
        PEOPLE,
        st.lists(st.sampled_from(["p", "ga1", "ga2"]), unique=True, min_size=1).map(tuple),
        PEOPLE,
        PEOPLE,
        st.fixed_dictionaries({name: st.integers(0, 3) for name in RANKS}),
    ),
    st.sampled_from(DEFAULT[3:]),
)
def test_above_the_liaison_no_rung_is_lost_and_none_reaches_below(chain: Chain[str], rung: Rung) -> None:
    found = recipients(rung, chain)
    assert found, "a rung always reaches somebody while General Affairs has anyone"
    assert len({person for person, _ in found}) == len(found)
    for person, reason in found:
        if reason.why == "named" and reason.place != "general_affairs":
            assert person == chain.holder(reason.place) != chain.assignee
            assert chain.ranks[reason.place] <= chain.ranks["assignee"]
        else:
            assert person in chain.general_affairs or person == chain.office_director

"""A cache that never grows beyond its two bounds."""

from app.core.bounded import Bounded


def test_what_was_not_used_for_the_longest_time_goes_first() -> None:
    kept: Bounded[str, int] = Bounded(entries=2, room=100)
    kept.put("a", 1)
    kept.put("b", 2)
    assert kept.get("a") == 1
    kept.put("c", 3)
    assert [kept.get(key) for key in "abc"] == [1, None, 3]


def test_the_room_is_bounded_too() -> None:
    kept: Bounded[str, str] = Bounded(entries=10, room=10)
    for key in "abc":
        kept.put(key, key, 4)
    assert (len(kept), kept.weight) == (2, 8) and kept.get("a") is None
    kept.put("b", "again", 9)
    assert (len(kept), kept.weight, kept.get("b")) == (1, 9, "again")


def test_what_is_larger_than_the_room_is_not_kept_and_pushes_nothing_out() -> None:
    kept: Bounded[str, int] = Bounded(entries=10, room=10)
    kept.put("a", 1, 5)
    kept.put("b", 2, 11)
    assert kept.get("a") == 1 and kept.get("b") is None
    kept.put("a", 3, 11)
    assert (len(kept), kept.weight) == (0, 0)

"""Each removal written by hand finds what it takes away; else `make removals` would pass it over."""

import pytest

from tests.support.removals.by_hand import BY_HAND, Change
from tests.support.removals.code import place


@pytest.mark.parametrize("change", BY_HAND, ids=lambda change: change.said)
def test_what_a_removal_takes_away_is_there(change: Change) -> None:
    text = place(change).read_text("utf-8")
    compile(text.replace(change.old, change.new), change.file, "exec")

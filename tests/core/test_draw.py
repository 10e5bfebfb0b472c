"""A3.7: the draw itself: decided by conditions and seed alone, fair, and written down twice."""

import importlib.util
import json
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.draw import Lot, commitment, draw, hash_of, short_of

pytestmark = pytest.mark.clause("A3.7")
FIELDS = ("物联网", "网络安全", "法律")
POOL = {f"e{number:02d}": [FIELDS[number % 3], FIELDS[number % 2]] for number in range(12)}


def redo() -> ModuleType:
    file = Path(__file__).parents[2] / "docs" / "draw" / "redo.py"
    spec = importlib.util.spec_from_file_location("redo", file)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def conditions(*lots: tuple[str, int], excluded: dict[str, str] | None = None) -> str:
    return commitment("p", POOL, excluded or {}, [Lot(*lot) for lot in lots])


@given(
    seed=st.text("0123456789abcdef", min_size=64, max_size=64),
    lots=st.lists(st.tuples(st.sampled_from(FIELDS), st.integers(1, 3)), min_size=1, max_size=3),
    out=st.sets(st.sampled_from(sorted(POOL)), max_size=4),
)
def test_the_script_in_docs_draws_the_same(seed: str, lots: list[tuple[str, int]], out: set[str]) -> None:
    text = conditions(*lots, excluded=dict.fromkeys(out, "employer"))
    drawn = draw(text, seed)
    assert redo().redo(text, seed) == drawn
    flat = [each for lot in drawn for each in lot]
    assert len(flat) == len(set(flat)) and not set(flat) & out
    assert all(field in POOL[each] for (field, _), lot in zip(lots, drawn, strict=True) for each in lot)
    if short_of(text) is None:
        assert [len(lot) for lot in drawn] == [number for _, number in lots], "what was promised is drawn"


def test_the_commitment_is_canonical() -> None:
    turned = commitment("p", dict(reversed(POOL.items())), {}, [Lot("法律", 2)])
    assert turned == conditions(("法律", 2))
    assert hash_of(turned) != hash_of(conditions(("法律", 3)))
    assert json.loads(turned)["pool"][0]["expert"] == "e00"


def test_every_candidate_is_drawn_about_as_often() -> None:
    text = conditions(("法律", 1))
    count = Counter(draw(text, f"{seed:064x}")[0][0] for seed in range(3000))
    assert len(count) == sum("法律" in fields for fields in POOL.values())
    assert max(count.values()) < 1.35 * min(count.values())


def test_what_cannot_be_filled_is_known_before() -> None:
    assert short_of(conditions(("法律", 4))) is None
    assert short_of(conditions(("法律", 5))) == ("法律", 5, 4)
    assert short_of(conditions(("法律", 2), ("法律", 3))) == ("法律", 3, 2)
    assert short_of(conditions(("算命", 1))) == ("算命", 1, 0)

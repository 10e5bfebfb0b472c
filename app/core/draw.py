"""The draw (A3.7): from conditions that are fixed and hashed and a seed made afterwards to the experts drawn. Pure.

docs/draw/README.md tells it in words and docs/draw/redo.py does it again with nothing but Python; a test holds the two
equal.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

ALGORITHM = "yishi-draw-1"


@dataclass(frozen=True, slots=True)
class Lot:
    """So many experts of one field."""

    field: str
    number: int


def commitment(
    panel: str, pool: Mapping[str, Sequence[str]], excluded: Mapping[str, str], lots: Sequence[Lot]
) -> str:  # fmt: skip
    """The canonical text of what is fixed before the seed exists: keys in order, no spaces, UTF-8 as it is."""
    content = {
        "algorithm": ALGORITHM,
        "panel": panel,
        "pool": [{"expert": key, "fields": sorted(pool[key])} for key in sorted(pool)],
        "excluded": [{"expert": key, "reason": excluded[key]} for key in sorted(excluded)],
        "lots": [{"field": lot.field, "number": lot.number} for lot in lots],
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def hash_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def ticket(seed: str, commit_hash: str, lot: int, expert: str) -> str:
    """What decides the order within a lot; nobody can know it before the seed is made."""
    return hashlib.sha256(f"{ALGORITHM}\n{seed}\n{commit_hash}\n{lot}\n{expert}".encode()).hexdigest()


def candidates(content: Mapping[str, Any], field: str, taken: Sequence[str] = ()) -> list[str]:
    """Who can be drawn for a field: of the pool, with this field, neither excluded nor drawn already."""
    out = {each["expert"] for each in content["excluded"]} | set(taken)
    return [each["expert"] for each in content["pool"] if field in each["fields"] and each["expert"] not in out]


def draw(text: str, seed: str) -> list[list[str]]:
    """For each lot, in order, the experts with the smallest tickets. None is drawn twice."""
    content = json.loads(text)
    commit_hash = hash_of(text)
    taken: list[str] = []
    drawn = []
    for number, lot in enumerate(content["lots"], start=1):
        line = sorted(
            candidates(content, lot["field"], taken), key=lambda each: ticket(seed, commit_hash, number, each)
        )
        drawn.append(line[: lot["number"]])
        taken += drawn[-1]
    return drawn


def short_of(text: str) -> tuple[str, int, int] | None:
    """The first lot that cannot be filled whatever the seed: field, wanted, at hand. None when all can.

    Lots share experts, so a lot counts only those whom no earlier lot could use up.
    """
    content = json.loads(text)
    used, earlier = 0, set[str]()
    for lot in content["lots"]:
        at_hand = set(candidates(content, lot["field"]))
        left = len(at_hand) - min(len(at_hand & earlier), used)
        if left < lot["number"]:
            return lot["field"], lot["number"], left
        used, earlier = used + lot["number"], earlier | at_hand
    return None

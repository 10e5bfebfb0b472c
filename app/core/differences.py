"""What has changed between two texts, passage by passage (C16).

Chinese has no spaces between words, so the passages are sentences, and within a changed sentence the pieces are signs,
while numbers and Latin words stay whole. Pure: it knows two strings and nothing else.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Kind = Literal["replaced", "removed", "added"]
PieceKind = Literal["same", "removed", "added"]
Piece = tuple[PieceKind, str]

_SENTENCE = re.compile(r"[^。!?;！？；\n]*[。!?;！？；\n]+|[^。!?;！？；\n]+")
_SIGN = re.compile(r"[A-Za-z]+|\d+(?:[.,]\d+)*%?|.", re.DOTALL)
# Comparing is quadratic: what differs in more than so many sentences or signs is shown as one passage, whole.
MOST_PASSAGES = 1500
MOST_SIGNS = 1500
MOST_COMPARISONS = 4_000_000
# From this likeness on, a sentence counts as reworded; below it, as gone, with another in its place.
ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class Passage:
    """One place that differs. `pieces` is the passage with what was struck out and what was put in."""

    kind: Kind
    before: str
    after: str
    pieces: tuple[Piece, ...]


def _trimmed(before: Sequence[str], after: Sequence[str]) -> tuple[int, int]:
    """How many passages at the beginning and at the end are the same."""
    most = min(len(before), len(after))
    head = next((place for place in range(most) if before[place] != after[place]), most)
    tail = next((place for place in range(most - head) if before[-1 - place] != after[-1 - place]), most - head)
    return head, tail


def _blocks(before: list[str], after: list[str]) -> Iterator[tuple[str, str]]:
    """The places that differ, each with what stood there and what stands there now."""
    head, tail = _trimmed(before, after)
    old, new = before[head : len(before) - tail], after[head : len(after) - tail]
    if max(len(old), len(new)) > MOST_PASSAGES:
        yield "".join(old), "".join(new)
        return
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield from _pairs(old[i1:i2], new[j1:j2])


def _pairs(old: list[str], new: list[str]) -> Iterator[tuple[str, str]]:
    """Of sentences that gave way to others: which was reworded into which, in their order; the rest went or came."""
    before_all, after_all = "".join(old), "".join(new)
    if not old or not new or len(before_all) * len(after_all) > MOST_COMPARISONS:
        yield before_all, after_all
        return
    place = 0
    for before in old:
        found = next((at for at in range(place, len(new)) if _alike(before, new[at])), None)
        if found is None:
            yield before, ""
            continue
        yield from (("", after) for after in new[place:found])
        yield before, new[found]
        place = found + 1
    yield from (("", after) for after in new[place:])


def _alike(before: str, after: str) -> bool:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    return matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE


def _pieces(before: str, after: str) -> tuple[Piece, ...]:
    old, new = _SIGN.findall(before), _SIGN.findall(after)
    if not old or not new or max(len(old), len(new)) > MOST_SIGNS:
        whole: tuple[Piece, ...] = (("removed", before), ("added", after))
        return tuple(piece for piece in whole if piece[1])
    found: list[Piece] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(("same", "".join(old[i1:i2])))
            continue
        found += [("removed", "".join(old[i1:i2]))] if i2 > i1 else []
        found += [("added", "".join(new[j1:j2]))] if j2 > j1 else []
    return tuple(found)


def passages(before: str, after: str) -> list[Passage]:
    """The passages in which two texts differ, in their order; none where they are the same."""
    if before == after:
        return []
    found = []
    for old, new in _blocks(_SENTENCE.findall(before), _SENTENCE.findall(after)):
        kind: Kind = "replaced" if old and new else "removed" if old else "added"
        found.append(Passage(kind, old, new, _pieces(old, new)))
    return found

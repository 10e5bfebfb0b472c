"""Search in Chinese without a dictionary (C11): texts as pairs of neighbouring signs, queries as rows of such pairs.

Chinese is written without spaces, so words cannot be cut at them. Every two neighbouring signs are a token; a query of
two signs or more is a phrase of them, and finds exactly the texts in which it stands. A token is spelled in
hexadecimal, so that both databases take it for one plain word whatever their locale.
"""

import unicodedata
from collections.abc import Iterator
from itertools import pairwise

CHUNK = 8000  # signs; PostgreSQL counts no further than 16383 places in one text
OVERLAP = 100
LONGEST = 60
_GAP = "gap"  # between two runs of signs: a phrase does not reach across a full stop


def _runs(text: str) -> Iterator[str]:
    """The stretches of letters, digits and Chinese signs, in small letters and half width."""
    signs = (sign if sign.isalnum() else " " for sign in unicodedata.normalize("NFKC", text).lower())
    return (run for run in "".join(signs).split(" ") if run)


def _pairs(run: str) -> Iterator[str]:
    for first, second in pairwise(run):
        yield f"x{ord(first):x}y{ord(second):x}"


def tokens(text: str) -> str:
    """What the index holds for a text."""
    return f" {_GAP} ".join(" ".join(_pairs(run)) for run in _runs(text) if len(run) > 1)


def chunks(*texts: str) -> list[str]:
    """The index's lines for these texts: long ones in pieces that overlap, so that no phrase is cut."""
    whole = "\n".join(texts)
    starts = range(0, max(len(whole), 1), CHUNK)
    found = [tokens(whole[max(start - OVERLAP, 0) : start + CHUNK]) for start in starts]
    return [each for each in found if each]


def phrases(query: str) -> list[str]:
    """Each word of a query as a phrase of tokens. A word of one sign is too short to be looked for."""
    return [" ".join(_pairs(word)) for word in words(query)]


def words(query: str) -> list[str]:
    return [run[:LONGEST] for run in _runs(query) if len(run) > 1]


def excerpt(text: str, query: str, around: int = 30) -> str:
    """The place in a text where a query's first word stands, with what is around it; else the text's beginning."""
    plain = " ".join(text.split())
    folded = plain.lower()
    places = [place for word in words(query) if (place := folded.find(word)) >= 0]
    begin = max(min(places, default=0) - around, 0)
    end = begin + 3 * around
    return f"{'…' if begin else ''}{plain[begin:end]}{'…' if end < len(plain) else ''}"

"""The layout of official documents, as GB/T 9704-2012 has it (C8): figures, fonts, and which part has which.

Lengths in millimetres, sizes and pitches in points. The fonts are named and none is shipped; who opens a paper without
them sees what his office suite takes instead, and that program says so.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

PAGE_MM = (210, 297)
TOP_MM, LEFT_MM, RIGHT_MM, BOTTOM_MM = 37, 28, 26, 35
TYPE_WIDTH_MM = PAGE_MM[0] - LEFT_MM - RIGHT_MM
LINE_PT, SIGN_PT = 28.95, 15.8  # 22 lines of 28 signs on a page
BODY_PT, TITLE_PT, SMALL_PT, MARK_PT = 16.0, 22.0, 14.0, 42.0
MARK_BELOW_TOP_MM, RULE_BELOW_NUMBER_MM, FOOTER_FROM_EDGE_MM = 35, 4, 23
RED = "FF0000"

SONG_TITLE, FANGSONG, HEITI, KAITI, SONG = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体"
FONTS = (SONG_TITLE, FANGSONG, HEITI, KAITI, SONG)
# The font of each level of heading: 一、 （一） 1. （1）; 0 is the text itself.
LEVEL_FONTS: Mapping[int, str] = {0: FANGSONG, 1: HEITI, 2: KAITI, 3: FANGSONG, 4: FANGSONG}
_LEVELS = (
    (1, re.compile(r"^[一二三四五六七八九十百]+、")),
    (2, re.compile(r"^[（(][一二三四五六七八九十百]+[）)]")),
    (3, re.compile(r"^\d+[.．]")),
    (4, re.compile(r"^[（(]\d+[）)]")),
)
# A heading is a line of its own; what is longer, or ends like a sentence, is text that begins with a number.
_SENTENCE = re.compile(r"[。；！？;!?]")
# Kinds that go up: number left, 签发人 right.
UPWARD = frozenset({"请示", "报告"})


def level_of(line: str) -> int:
    """Which level of heading a line is; 0 where it is text."""
    text = line.strip()
    return next((level for level, sign in _LEVELS if sign.match(text)), 0)


def headed(line: str) -> tuple[str, str]:
    """The heading of a line and the text that runs on behind it in the same line."""
    text = line.strip()
    end = _SENTENCE.search(text)
    if level_of(text) in (0, 3, 4) or end is None:
        return text, ""
    return text[: end.end()], text[end.end() :]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What stands on a paper, whatever format it is written in."""

    kind: str
    mark: str
    number: str
    title: str
    body: str
    addressee: str = ""
    signer: str = ""
    annexes: tuple[str, ...] = ()
    lists: tuple[tuple[str, str], ...] = ()
    signed_by: str = ""
    dated: str = ""
    copies: str = ""
    printed_by: str = ""
    printed_on: str = ""

    @property
    def upward(self) -> bool:
        return self.kind in UPWARD

    @property
    def of_meeting(self) -> bool:
        """Minutes: their mark is their title, and who was there stands at the end."""
        return bool(self.lists) or self.kind == "纪要"

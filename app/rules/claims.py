"""What is said to have been decided, held against what was decided (C17).

Of what is said in a meeting only a recorded decision counts. The minutes are written by people, and a sentence like
“会议同意…” is soon written. Whatever claims a decision must be found in the decision recorded on that item.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.core.enforces import enforces

# Words by which minutes claim a decision: of the meeting as such, or at the beginning of a sentence.
_VERBS = "一致同意|原则同意|原则通过|审议通过|讨论通过|同意|通过|批准|决定|议定|确定|审定|明确|要求"
_CLAIM = re.compile(
    rf"(?:会议|大家|与会人员|经研究|经讨论|经审议|研究)[^。；;！!]{{0,24}}?(?:{_VERBS})"
    rf"|^(?:{_VERBS.rpartition('|要求')[0]})"
)
_ADOPTED = re.compile(r"(?:一致|原则|审议|讨论)?(?:同意|通过)|批准")
_DENIED = re.compile(r"(?:未予?|不予?|没有|暂不)(?:同意|通过|批准)|暂缓")
_QUOTED = re.compile(r"^[^，。：:]{2,30}（[^）]{1,20}）[：:]“.*?”?$")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_SENTENCE = re.compile(r"[^。；;！!？?\n]+")
_PLAIN = re.compile(r"\w", re.UNICODE)
# What the draft itself puts around a decision (app.rules.minutes), and the words of claiming.
_FILLER = re.compile(rf"会议|大家|与会人员|经研究|经讨论|经审议|研究|审议|讨论|修改后|有关情况|暂缓|未予|{_VERBS}")
ADOPTING = frozenset({"passed", "passed_with_amendments"})
ENOUGH = 0.6  # of its pairs of signs, how many a claim must share with the decision


@dataclass(frozen=True, slots=True)
class Recorded:
    """The decision on one item as recorded; `text` with all that belongs to it."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence that no recorded decision carries. `item` counts from 1; 0 is what stands before the items."""

    item: int
    sentence: str
    code: str


# What is wrong with a claim, as people read it.
WRONG: Mapping[str, tuple[str, str]] = {
    "no_decision": ("该议程没有记录议定事项", "No decision was recorded on this item."),
    "other_decision": ("记录的议定结果不是通过", "The recorded decision is not that it passed."),
    "not_in_decision": ("记录的议定事项中没有这一内容", "The recorded decision does not say this."),
}


@enforces("C17")
def unfounded(head: str, items: Sequence[tuple[str, Recorded | None]]) -> list[Claim]:
    """The sentences that claim a decision which was not recorded: `items` are text and decision, item by item."""
    found = [Claim(0, each, "not_in_decision") for each in claims(head) if not _in_any(each, items)]
    for number, (text, decision) in enumerate(items, 1):
        for sentence in claims(text):
            code = _wrong(sentence, decision)
            if code:
                found.append(Claim(number, sentence, code))
    return found


def claims(text: str) -> Iterator[str]:
    """The sentences that claim a decision. What a unit said in its own words claims none."""
    for line in text.splitlines():
        if _QUOTED.match(line.strip()):
            continue
        for sentence in _SENTENCE.findall(line):
            if _CLAIM.search(sentence.strip()):
                yield sentence.strip()


def _in_any(sentence: str, items: Sequence[tuple[str, Recorded | None]]) -> bool:
    return any(not _wrong(sentence, decision) for _, decision in items if decision)


def _wrong(sentence: str, decision: Recorded | None) -> str:
    if decision is None:
        return "no_decision"
    if _says(decision, sentence):
        return ""
    adopted = _ADOPTED.search(sentence) and not _DENIED.search(sentence)
    return "other_decision" if adopted and decision.kind not in ADOPTING else "not_in_decision"


def _says(decision: Recorded, sentence: str) -> bool:
    """Whether the decision says what the sentence claims: its numbers all of them, its words most of them."""
    if set(_NUMBER.findall(sentence)) - set(_NUMBER.findall(decision.text)):
        return False
    claimed = _pairs(_FILLER.sub("", sentence))
    if not claimed:
        return decision.kind in ADOPTING or bool(_DENIED.search(sentence))
    return len(claimed & _pairs(decision.text)) >= ENOUGH * len(claimed)


def _pairs(text: str) -> set[str]:
    signs = "".join(_PLAIN.findall(text))
    return {signs[at : at + 2] for at in range(len(signs) - 1)}

"""Minutes of meetings (B2.6): which circuit they take, how the draft is put together, how it falls into its items.

The text of minutes is one text, so that versions, signatures and differences work as for any document. Each item of the
agenda begins with a line of its own, `一、` and the item's title, and ends where the next one begins; the lists of who
was there stand at the end. By these lines the text falls apart again into what each addressee may see (A4.4).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType

KIND = "纪要"
# The labels of the lists at the end (GB/T 9704-2012).
PRESENT, EXCUSED, OBSERVING = "出席", "请假", "列席"
LABELS = (PRESENT, EXCUSED, OBSERVING)
_DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True, slots=True, kw_only=True)
class Circuit:
    """Which way the minutes of a form of meeting go, by the name under which the form says so.

    readers  who has part in the draft from its beginning
    series   what their series of numbers is called, after the group's body code
    times    settings that take the place of others on this way
    """

    code: str
    zh: str
    en: str
    clause: str
    readers: tuple[str, ...]
    series: str
    times: Mapping[str, str]


_TIMES = MappingProxyType({"signature_days": "minutes_signature_days"})
# fmt: off
CIRCUITS: Mapping[str, Circuit] = {
    row.code: row
    for row in (
        Circuit(code="A3.5", zh="主持人审核后按发文程序签发", en="The presider, then the circuit to the leader's issue",
                clause="A3.5", readers=("drafter", "office", "leader", "deputies"), series="纪", times=_TIMES),
        Circuit(code="director", zh="办公室主任审定", en="The office director", clause="B2.6",
                readers=("drafter", "office"), series="办纪", times=_TIMES),
    )
}
# How the draft says each kind of decision.
SENTENCES: Mapping[str, str] = {
    "passed": "会议审议通过，议定：{text}",
    "passed_with_amendments": "会议审议，修改后通过，议定：{text}",
    "deferred": "会议暂缓议定，有关情况：{text}",
    "not_passed": "会议未予通过，有关情况：{text}",
    "referred": "会议提请上级决定：{text}",
    "noted": "会议听取了情况：{text}",
}
# fmt: on


@dataclass(frozen=True, slots=True)
class Said:
    """What a unit said that stays in the minutes: dissent and amendments, word for word (C17)."""

    unit: str
    position: str
    text: str


@dataclass(frozen=True, slots=True)
class Decided:
    kind: str
    text: str
    reason: str = ""
    amount: Decimal | None = None
    conditions: str = ""


@dataclass(frozen=True, slots=True)
class Heard:
    """One item: its title, who brought it, how the state of things was, what was said and decided."""

    title: str
    by: str = ""
    text: str = ""
    said: Sequence[Said] = ()
    decided: Decided | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """What a closed meeting leaves: the draft is made of it and of nothing else."""

    title: str
    day: date
    place: str
    presider: str
    items: Sequence[Heard]
    lists: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Parts:
    """The text of minutes, fallen apart: what stands before the items, each item's text, the lists at the end."""

    head: str
    items: tuple[str, ...]
    tail: str


def numeral(number: int) -> str:
    """一, 二, ... 十, 十一, ... 九十九."""
    tens, ones = divmod(number, 10)
    said = "" if not tens else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return said + (_DIGITS[ones] if ones or not tens else "")


def heading(number: int, title: str) -> str:
    return f"{numeral(number)}、{title.strip()}"


def in_words(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def money(amount: Decimal) -> str:
    """A sum in yuan, in 万元 where it is a round one."""
    wan = amount / 10_000
    if wan == wan.to_integral_value():
        return f"{int(wan)}万元"
    return f"{amount.normalize():f}元"


def _item(number: int, heard: Heard) -> list[str]:
    lines = [heading(number, heard.title)]
    if heard.by:
        lines.append(f"会议听取了{heard.by}的汇报，并进行了讨论。")
    if heard.text:
        lines.append(heard.text)
    lines += [f"{each.unit}（{each.position}）：“{each.text}”" for each in heard.said]
    if heard.decided:
        lines.append(_decided(heard.decided))
    return lines


def _decided(decided: Decided) -> str:
    said = SENTENCES[decided.kind].format(text=decided.text)
    if decided.amount is not None:
        said += f"核定金额{money(decided.amount)}。"
    if decided.conditions:
        said += f"附带条件：{decided.conditions}"
    return said + (f"主持人说明：{decided.reason}" if decided.reason else "")


def compose(record: Record) -> str:
    """The draft: how the meeting was held, the items in the order of the agenda, the lists of who was there. It says
    nowhere how many items there were: an extract of it must not tell of those that it leaves out."""
    opening = f"{in_words(record.day)}，{record.presider}在{record.place}主持召开{record.title}。现将会议情况纪要如下。"
    lines = [opening]
    for number, heard in enumerate(record.items, 1):
        lines += _item(number, heard)
    lines += [f"{label}：{'、'.join(record.lists[label])}" for label in LABELS if record.lists.get(label)]
    return "\n".join(lines)


def split(body: str, titles: Sequence[str]) -> Parts | None:
    """The text by its items; None where an item of the agenda is missing, renamed, or out of order."""
    lines = body.splitlines()
    starts: list[int] = []
    for number, title in enumerate(titles, 1):
        wanted, first = heading(number, title), starts[-1] + 1 if starts else 0
        found = next((at for at in range(first, len(lines)) if lines[at].strip() == wanted), None)
        if found is None:
            return None
        starts.append(found)
    end = _tail(lines, starts[-1] + 1 if starts else 0)
    bounds = [*starts, end]
    texts = tuple("\n".join(lines[at + 1 : until]).strip() for at, until in zip(starts, bounds[1:], strict=True))
    return Parts("\n".join(lines[: bounds[0]]).strip(), texts, "\n".join(lines[end:]).strip())


def _tail(lines: Sequence[str], first: int) -> int:
    labels = tuple(f"{label}{colon}" for label in LABELS for colon in "：:")
    return next((at for at in range(first, len(lines)) if lines[at].strip().startswith(labels)), len(lines))


def extract(parts: Parts, titles: Sequence[str], shown: Sequence[bool], unnamed: Collection[str] = ()) -> str:
    """What an addressee gets: the items that he may see, numbered without gaps, and the lists without those who were
    there for other items only (A4.4)."""
    lines = [parts.head]
    kept = [(title, text) for title, text, seen in zip(titles, parts.items, shown, strict=True) if seen]
    for number, (title, text) in enumerate(kept, 1):
        lines += [heading(number, title), text]
    lines += [line for row in parts.tail.splitlines() if (line := _without(row, unnamed))]
    return "\n".join(line for line in lines if line)


def _without(row: str, unnamed: Collection[str]) -> str:
    """A list of names without some of them; nothing where nobody is left."""
    label, colon, names = row.partition("：")
    if not colon:
        label, colon, names = row.partition(":")
    left = [name for name in names.split("、") if name.strip() and not any(gone in name for gone in unnamed)]
    return f"{label}{colon}{'、'.join(left)}" if left else ""

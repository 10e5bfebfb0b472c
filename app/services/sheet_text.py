"""What a consolidated opinion says by itself, made from the units' answers (A3.3): positions by unit, differences, what
was taken over and what not and why, who has not answered. The office edits it. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from app.core.labels import STANDINGS
from app.rules.positions import POSITIONS

Line = Mapping[str, Any]
_SILENT = ("silent", "overdue", "due_soon", "running", "stopped", "not_started")
_OUTCOMES = {"taken_over": "采纳", "in_part": "部分采纳", "not_taken": "不采纳", "": "待答复"}


def _units(lines: Sequence[Line]) -> str:
    return "、".join(line["unit"] for line in lines)


def _sentence(text: str) -> str:
    return text if text.endswith(("。", "!", "?", ";")) else f"{text}。"


def _positions(lines: Sequence[Line]) -> Iterator[str]:
    for position, (zh, _) in POSITIONS.items():
        found = [line for line in lines if line["position"] == position]
        if found:
            yield f"{zh}{len(found)}家:{_units(found)}。"


def _differences(lines: Sequence[Line]) -> Iterator[str]:
    for line in lines:
        if line["position"] == "disagree":
            answer = f"办公室回应:{_sentence(line['response'])}" if line["response"] else "尚待回应。"
            yield f"{line['unit']}不同意:{_sentence(line['text'])}{answer}"


def _amendment(line: Line, each: Mapping[str, str]) -> str:
    change = f"“{each['passage']}”改为“{each['wording']}”" if each["passage"] else f"增加“{each['wording']}”"
    if not each["wording"]:
        change = f"删去“{each['passage']}”"
    why = f",{each['outcome_reason']}" if each["outcome_reason"] else ""
    return f"{line['unit']}建议{change}:{_OUTCOMES[each['outcome']]}{why}。"


def _silent(lines: Sequence[Line]) -> Iterator[str]:
    for name in _SILENT:
        found = [line for line in lines if not line["position"] and line["standing"] == name]
        if found:
            yield f"{STANDINGS[name][0]}{len(found)}家:{_units(found)}。"
    for line in lines:
        if line["waived"]:
            yield f"{line['unit']}免予征求:{_sentence(line['waived'])}"


def compose(lines: Sequence[Line]) -> str:
    """The text, a paragraph for each of its parts; parts without content are left out."""
    answered = [line for line in lines if line["position"]]
    changes = [_amendment(line, each) for line in lines for each in line["amendments"]]
    parts = [
        [f"共征求{len(lines)}家意见,收到答复{len(answered)}家。", *_positions(answered)],
        list(_differences(answered)),
        changes,
        list(_silent(lines)),
    ]
    return "\n".join("".join(part) for part in parts if part)

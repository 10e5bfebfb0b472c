"""What Yishi answers when it does not do what was asked.

Refused                 an act that the rules do not allow now (carries a Refusal)
├── NotFound            it does not exist, or the asker may not see it: both look the same (A4.4)
├── Conflict            somebody else acted in between
└── Invalid             the input is at fault (carries one Problem per field)
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an act is not possible now, in both languages, with its clause and who can remove the obstacle."""

    code: str
    zh: str
    en: str
    clause: str
    who_zh: str = ""
    who_en: str = ""

    def sentence(self, language: str = "zh") -> str:
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault of an input: the field, what is wrong and how to mend it."""

    field: str
    zh: str
    en: str


class Refused(Exception):
    def __init__(self, refusal: Refusal) -> None:
        super().__init__(f"{refusal.code} ({refusal.clause}): {refusal.en}")
        self.refusal = refusal


class NotFound(Refused):
    def __init__(self) -> None:
        super().__init__(Refusal("not_found", "没有找到,或者您无权查看。", "Not found, or not yours to see.", "A4.4"))


class Conflict(Refused):
    def __init__(self) -> None:
        super().__init__(
            Refusal(
                "conflict",
                "别人刚刚修改过这一事项,请刷新后再试。",
                "Somebody else changed this in the meantime; reload and try again.",
                "C6",
            )
        )


class Invalid(Refused):
    def __init__(self, problems: Sequence[Problem], clause: str = "C7") -> None:
        self.problems = tuple(problems)
        zh = ";".join(problem.zh for problem in problems)
        en = "; ".join(problem.en for problem in problems)
        super().__init__(Refusal("invalid", zh, en, clause))


def invalid(field: str, zh: str, en: str, clause: str = "C7") -> Invalid:
    return Invalid([Problem(field, zh, en)], clause)

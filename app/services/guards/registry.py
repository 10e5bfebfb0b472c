"""Guards: is all at hand for this act? Each answers yes or no; its docstring is what a person reads when it is no:
first line Chinese, second English, third who can remove the obstacle (Chinese / English)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from app.core.refusals import Refusal
from app.queries.subjects import Subject
from app.services.hands import Hand

Check = Callable[[Subject, Hand, datetime], bool]


@dataclass(frozen=True, slots=True)
class Guard:
    name: str
    clause: str
    check: Check
    zh: str
    en: str
    who_zh: str
    who_en: str

    def refusal(self) -> Refusal:
        return Refusal(self.name, self.zh, self.en, self.clause, self.who_zh, self.who_en)


GUARDS: dict[str, Guard] = {}


def guard(clause: str) -> Callable[[Check], Check]:
    """Register a guard under its function's name, with the clause it enforces."""

    def register(check: Check) -> Check:
        lines = [line.strip() for line in (check.__doc__ or "").strip().splitlines()]
        who_zh, _, who_en = lines[2].partition(" / ")
        GUARDS[check.__name__] = Guard(check.__name__, clause, check, lines[0], lines[1], who_zh, who_en)
        return check

    return register

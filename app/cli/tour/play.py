"""Plays the script: sends each request, holds the answer against what it must be, and says what happened."""

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.cli.tour.cast import title
from app.cli.tour.client import Client
from app.cli.tour.steps import Moment, Request, Step, fill, look

PATIENCE_SECONDS = 150.0  # a delivery that was under way when its worker was killed is free again after 60 s
REFUSALS = frozenset({"RuleRefusal", "NotFound", "Conflict", "ValidationError"})
Say = Callable[[str], None]


class OffScript(AssertionError):
    """The server answered otherwise than the script says."""


@dataclass
class Player:
    """`known` holds what answers have told so far: ids by name, tokens by `token of NAME`."""

    client: Client
    set_clock: Callable[[datetime], None]
    say: Say
    after: Callable[[int], None] = lambda count: None
    known: dict[str, str] = field(default_factory=dict)
    count: int = 0

    def play(self, script: Iterable[Step]) -> int:
        """All steps in turn; the number of requests so far."""
        for step in script:
            if isinstance(step, Moment):
                self.set_clock(step.at)
                self.say(f"\n{step.at:%Y-%m-%d %H:%M}  {step.why}")
            else:
                self._take(step)
        return self.count

    def _take(self, step: Request) -> None:
        answer = self._answer(step)
        for name, path in step.keep.items():
            found = look(answer, path)
            if not isinstance(found, str):
                raise OffScript(f"{step.does}: nothing at {path} in {answer}")
            self.known[name] = found
        self.count += 1
        self.say(f"{self.count:4}  {title(step.who)}  {step.does}  [{step.clause}]  → {outcome(step, answer)}")
        self.after(self.count)

    def _answer(self, step: Request) -> dict[str, Any]:
        variables = fill(step.variables, self.known)
        token = self.known.get(f"token of {step.who}", "")  # none yet for the public, and for signing in
        until = time.monotonic() + PATIENCE_SECONDS
        while True:
            data = self.client.ask(step.document, variables, token)
            fault = fault_of(step, data)
            if not fault:
                return data
            if not step.patient or time.monotonic() > until:
                raise OffScript(f"{step.who} {step.does}: {fault}")
            time.sleep(0.1)


def refusal_of(data: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The refusal, where the mutation was refused."""
    payload = next(iter(data.values()), None)
    return payload if isinstance(payload, Mapping) and payload.get("__typename") in REFUSALS else None


def fault_of(step: Request, data: Mapping[str, Any]) -> str:
    """What is wrong with the answer; empty when nothing is."""
    refusal = refusal_of(data)
    code = refusal.get("code", "") if refusal else ""
    if code != step.refused:
        return f"refused with {refusal}" if refusal else f"must be refused with {step.refused}, and was not"
    if refusal and refusal.get("clause") != step.clause:
        return f"refused under {refusal.get('clause')} and not {step.clause}"
    wrong = {path: look(data, path) for path, wanted in step.answers.items() if look(data, path) != wanted}
    return f"answered {wrong} and not {dict(step.answers)}" if wrong else ""


def outcome(step: Request, data: Mapping[str, Any]) -> str:
    """What came of it, in one line."""
    refusal = refusal_of(data)
    if refusal:
        return f"拒绝 refused ({refusal['code']}): {refusal['message']}"
    if step.answers and all(wanted is None for wanted in step.answers.values()):
        return "查无此项 nothing there"
    said = look(data, step.shows) if step.shows else next(iter(step.answers.values()), None)
    return "完成 done" if said is None else str(said)

"""What the tour's script is made of: moments to which the clock is moved, and requests with what they must answer."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

_PLACE = re.compile(r"\{([^{}]+)\}")
_SEGMENT = re.compile(r"(\w+)(?:\[(?:(\d+)|([\w.]+)=([^\]]+))\])?")


@dataclass(frozen=True, slots=True)
class Moment:
    """The clock is moved here. `why` tells what the time brings."""

    at: datetime
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request. `{name}` in the variables stands for something an earlier answer told.

    who      whose token it carries; empty for the anonymous viewer
    keep     name -> path in the answer, for later requests
    answers  path -> value that the answer must have
    refused  the code of the refusal that must come instead
    shows    path of what to print as the result; otherwise the first of `answers`
    patient  ask again until the answer is as it must be: it comes from a job and not from this request
    """

    who: str
    does: str
    clause: str
    document: str
    variables: Mapping[str, Any] = field(default_factory=dict)
    keep: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, Any] = field(default_factory=dict)
    refused: str = ""
    shows: str = ""
    patient: bool = False


Step = Moment | Request


def fill(value: Any, known: Mapping[str, str]) -> Any:
    """The same with each `{name}` replaced by what is known under it."""
    if isinstance(value, str):
        return _PLACE.sub(lambda match: known[match[1]], value)
    if isinstance(value, Mapping):
        return {key: fill(inner, known) for key, inner in value.items()}
    return [fill(inner, known) for inner in value] if isinstance(value, list | tuple) else value


def look(answer: Any, path: str) -> Any:
    """`motion.items[0].id`, `attendance[unit.name=市财政局].id`; None where the path leads nowhere."""
    found = answer
    for name, index, key, wanted in _SEGMENT.findall(path):
        found = found.get(name) if isinstance(found, Mapping) else None
        if index:
            found = found[int(index)] if isinstance(found, list) and int(index) < len(found) else None
        elif key:
            rows = found if isinstance(found, list) else []
            found = next((row for row in rows if look(row, key) == wanted), None)
    return found

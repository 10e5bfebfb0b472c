"""docs/tour.md says what is true: what stands on the page is sent to a server, and answered as the page says."""

import json
import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.cli.tour.page import page
from app.cli.tour.server import Server
from app.core.clock import write_file

PAGE = Path(__file__).resolve().parents[2] / "docs" / "tour.md"
MOMENT = re.compile(r"^### At (\S+)$", re.MULTILINE)
PATH = re.compile(r"([^.\[\]]+)|\[([^\]]+)\]")


@dataclass
class Written:
    """One request as it stands on the page."""

    title: str
    who: str
    document: str
    variables: str
    refused: str
    answers: dict[str, Any] = field(default_factory=dict)
    keep: dict[str, str] = field(default_factory=dict)
    patient: bool = False


def _block(text: str, language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)\n```", text, re.DOTALL)
    return found[1] if found else ""


def _requests(text: str) -> Iterator[Written]:
    for section in re.split(r"^#### ", text, flags=re.MULTILINE)[1:]:
        section = re.split(r"^##", section, flags=re.MULTILINE)[0]
        who = re.search(r"^As: (.+)$", section, re.MULTILINE)
        refused = re.search(r"^Answer: refused with `(\w+)`$", section, re.MULTILINE)
        answers = re.findall(r"^Answer(, after a moment)?: `(.+)` is `(.+)`$", section, re.MULTILINE)
        assert who, section
        yield Written(
            title=section.splitlines()[0],
            who="" if who[1] == "the public" else who[1],
            document=_block(section, "graphql"),
            variables=_block(section, "json") or "{}",
            refused=refused[1] if refused else "",
            answers={path: json.loads(value) for _, path, value in answers},
            keep=dict(re.findall(r"^Keep: `\{(.+)\}` is `(.+)`$", section, re.MULTILINE)),
            patient=any(after for after, _, _ in answers),
        )


def _moments(text: str) -> Iterator[tuple[str, str]]:
    """(when, everything on the page until the next moment)."""
    parts = MOMENT.split(text)
    yield from zip(parts[1::2], parts[2::2], strict=True)


def _at(answer: Any, path: str) -> Any:
    for name, chosen in PATH.findall(path):
        if answer is None:
            return None
        if name:
            answer = answer.get(name)
        elif chosen.isdigit():
            answer = answer[int(chosen)]
        else:
            where, _, value = chosen.partition("=")
            answer = next((row for row in answer if _at(row, where) == value), None)
    return answer


def _send(http: httpx.Client, written: Written, known: Mapping[str, str]) -> dict[str, Any]:
    variables = re.sub(r"\{([^{}\"\n]+)\}", lambda match: known[match[1]], written.variables)
    token = known.get(f"token of {written.who}")
    headers = {"authorization": f"Bearer {token}"} if token else {}
    body = {"query": written.document, "variables": json.loads(variables)}
    answer = http.post("/graphql", json=body, headers=headers).json()
    assert "errors" not in answer, (written.title, answer)
    data: dict[str, Any] = answer["data"]
    return data


def _answered(written: Written, data: dict[str, Any]) -> bool:
    if written.refused:
        return bool(next(iter(data.values()))["code"] == written.refused)
    return all(_at(data, path) == value for path, value in written.answers.items())


def test_the_page_is_what_the_script_says() -> None:
    assert PAGE.read_text("utf-8") == page(), "renew it: python -m app tour --write"


@pytest.mark.multi
def test_a_server_answers_what_the_page_says(tmp_path: Path) -> None:
    """On the demonstration that `make run` makes, as the page tells its reader to start it."""
    server = Server(tmp_path, {"DEMO": "1"})
    text = PAGE.read_text("utf-8")
    known: dict[str, str] = {}
    started = False
    try:
        for when, part in _moments(text):
            write_file(server.clock_file, datetime.fromisoformat(when))
            if not started:
                server.start()
                started = True
            with httpx.Client(base_url=server.url, trust_env=False, timeout=30) as http:
                for written in _requests(part):
                    _play(http, written, known)
    finally:
        server.stop()
    assert len(list(_requests(text))) > 70


def _play(http: httpx.Client, written: Written, known: dict[str, str]) -> None:
    data = _send(http, written, known)
    until = time.monotonic() + (90 if written.patient else 0)
    while not _answered(written, data) and time.monotonic() < until:
        time.sleep(0.1)
        data = _send(http, written, known)
    assert _answered(written, data), (written.title, data)
    known |= {name: _at(data, path) for name, path in written.keep.items()}

"""docs/tour.md: the script as a page to read and to copy from. A test sends what the page says to a server."""

import json
from collections.abc import Iterable

from app.cli.tour.cast import title
from app.cli.tour.script import CHAPTERS
from app.cli.tour.steps import Moment, Request

_INTRO = """# The tour

One matter of A1.3(1), the annual plan of funds, from its first draft to the closed loop: {count} requests, as a client
of the API sends them. `make tour` plays them against a server of its own. This page is written from the same script by
`python -m app tour --write`, and a test sends what stands here to a server.

To send them yourself, start a demonstration whose clock you can move:

```sh
mkdir -p var/tour && echo 2026-03-02T09:00:00+08:00 > var/tour/clock
YISHI_VAR=var/tour YISHI_CLOCK_FILE=var/tour/clock YISHI_SESSION_HOURS=4000 make run
```

The people are those of the demonstration, with the password that `make run` prints. Send each request like this:

```sh
ask() {{
  curl -s http://127.0.0.1:8000/graphql -H "Authorization: Bearer $1" -H "Content-Type: application/json" -d @-
}}
ask "$TOKEN" <<'END'
{{"query": "mutation SubmitMotion($input: SubmitMotionInput!) {{ submitMotion(input: $input) {{ __typename }} }}",
 "variables": {{"input": {{"id": "..."}}}}}}
END
```

How to read a request:

- *As* is whose token it carries, once he has signed in. *The public* carries none.
- `{{name}}` in the variables stands for what an earlier answer told; *Keep* says which.
- *Answer* is what must come. A refusal is an answer like any other: code, sentence, clause; and nothing has changed.
- A heading with a time means: write that time into the clock file. Deadlines run by it, and what is late gets chased.
"""


def page() -> str:
    """The whole page."""
    count = sum(isinstance(step, Request) for _, steps in CHAPTERS for step in steps)
    lines = [_INTRO.format(count=count)]
    number = 0
    for chapter, steps in CHAPTERS:
        lines.append(f"## {chapter}\n")
        for step in steps:
            if isinstance(step, Moment):
                lines.append(f"### At {step.at.isoformat()}\n\n{step.why[:1].upper()}{step.why[1:]}.\n")
            else:
                number += 1
                lines.extend(_request(number, step))
    return "\n".join(lines).rstrip() + "\n"


def _request(number: int, step: Request) -> Iterable[str]:
    yield f"#### {number}. {title(step.who)} {step.does} · {step.clause}\n"
    yield f"As: {step.who or 'the public'}\n"
    yield f"```graphql\n{step.document}\n```\n"
    if step.variables:
        yield f"```json\n{json.dumps(step.variables, ensure_ascii=False, indent=2)}\n```\n"
    if step.refused:
        yield f"Answer: refused with `{step.refused}`\n"
    for path, wanted in step.answers.items():
        after = ", after a moment" if step.patient else ""
        yield f"Answer{after}: `{path}` is `{json.dumps(wanted, ensure_ascii=False)}`\n"
    for name, path in step.keep.items():
        yield f"Keep: `{{{name}}}` is `{path}`\n"

"""Reading a restricted matter is itself recorded, also where Python never sees the rows (A4.4).

A restricted matter comes with a mark that says which one it is, at the end of a text of its own; any other comes as it
is. Marks are noted, and taken out of the text before it goes. So it is one comparison a row and one search in the
answer; asking first whether any restricted matter exists would cost more in every installation that has one.
"""

import re
from uuid import UUID

from app.core.enforces import enforces
from app.queries.planner.values import SECRET
from schema.context import Context
from schema.planned.builder import RESTRICTED

_SECRET = SECRET.encode()
_MARK = re.compile(_SECRET + b"([a-z_]+):([0-9a-f-]+):([0-9a-f-]+)" + _SECRET)
# A row that has no text of its own has the mark beside it. Within a text a quotation mark has a backslash before it, so
# nothing that people wrote looks like this.
_KEY = f'"{RESTRICTED}":'.encode()
_BESIDE = re.compile(b",?" + _KEY + b'(?:null|"")')


@enforces("A4.4")
def noted(answer: bytes, context: Context, *, beside: bool) -> bytes:
    """The answer without marks; what they named will be put on the trail."""
    if _SECRET in answer:
        marks = _MARK.findall(answer)
        context.saw_restricted((noun.decode(), UUID(key.decode()), UUID(group.decode())) for noun, key, group in marks)
        answer = _MARK.sub(b"", answer)
    return _BESIDE.sub(b"", answer) if beside else answer

"""Reading a restricted matter is itself recorded, also where Python never sees the rows (A4.4).

Every row of a matter comes with a mark beside it: which matter it is where it is restricted, null where it is not.
Marks are noted, and taken out of the text before it goes. It is one comparison a row, and one pass over the answer;
asking first whether any restricted matter exists would cost more in every installation that has one.
"""

import re
from uuid import UUID

from app.core.enforces import enforces
from schema.context import Context
from schema.planned.builder import RESTRICTED

# Within a text a quotation mark has a backslash before it, so nothing that people wrote looks like this.
_KEY = f'"{RESTRICTED}":'.encode()
_NONE, _ALONE = b"," + _KEY + b"null", _KEY + b"null"
_MARK = re.compile(b",?" + _KEY + b'"([a-z_]+):([0-9a-f-]+):([0-9a-f-]+)"')


@enforces("A4.4")
def noted(answer: bytes, context: Context) -> bytes:
    """The answer without marks; what they named will be put on the trail."""
    answer = answer.replace(_NONE, b"")
    if _KEY not in answer:
        return answer
    marks = _MARK.findall(answer)
    context.saw_restricted((noun.decode(), UUID(key.decode()), UUID(group.decode())) for noun, key, group in marks)
    return _MARK.sub(b"", answer).replace(_ALONE, b"")

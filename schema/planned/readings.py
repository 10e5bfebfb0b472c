"""Reading a restricted matter is itself recorded, also where Python never sees the rows (A4.4).

Most installations hold no restricted matter at the moment of asking. So a plan first is made without any mark, and its
statement answers nothing at all where one exists among the nouns it shows. From then on plans are made in which every
row of a restricted matter carries a mark; marks are noted and taken out of the text before it goes.
"""

import re
from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import exists, or_

from app.queries.planner.shapes import Unless
from app.queries.planner.values import Json
from app.queries.visibility import table_of
from schema.context import Context
from schema.declare import Model
from schema.planned.builder import MATTERS, RESTRICTED

# Within a text a quotation mark has a backslash before it, so nothing that people wrote looks like this.
_NONE = f',"{RESTRICTED}":null'.encode()
_ALONE = f'"{RESTRICTED}":null'.encode()
_MARK = re.compile(rf',?"{RESTRICTED}":"([a-z_]+):([0-9a-f-]+):([0-9a-f-]+)"'.encode())


def guarded(shape: Json, models: Iterable[Model], marked: bool) -> Json:
    """The shape; without marks, only where no restricted matter could be among its rows."""
    shown = [model for model in models if model in MATTERS]
    if marked or not shown:
        return shape
    tables = [table_of(model) for model in sorted(shown, key=lambda model: model.__name__)]
    return Unless(or_(*(exists().where(table.c.disclosure == "restricted") for table in tables)), shape)


def noted(answer: bytes, context: Context) -> bytes:
    """The answer without marks; what they named will be put on the trail."""
    answer = answer.replace(_NONE, b"").replace(_ALONE, b"")
    if b'"!r":' not in answer:
        return answer
    marks = _MARK.findall(answer)
    context.saw_restricted((noun.decode(), UUID(key.decode()), UUID(group.decode())) for noun, key, group in marks)
    return _MARK.sub(b"", answer)

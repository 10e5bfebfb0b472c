"""What stands around every answer that has no errors."""

from typing import Any

import orjson

BEFORE, AFTER = '{"data":', "}"


def whole_answer(value: Any) -> bytes:
    return b"".join((BEFORE.encode(), orjson.dumps(value), AFTER.encode()))

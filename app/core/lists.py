"""Short lists of names that one column holds, written with 、 as people write them."""

import re
from collections.abc import Iterable

MARK = "、"
_BETWEEN = re.compile(r"[、,，;；/|｜\n]+")


def split(text: str) -> tuple[str, ...]:
    """The names of a list, however they were separated; none twice, none empty."""
    return tuple(dict.fromkeys(name.strip() for name in _BETWEEN.split(text) if name.strip()))


def join(names: Iterable[str]) -> str:
    return MARK.join(dict.fromkeys(name.strip() for name in names if name.strip()))

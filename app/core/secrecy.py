"""The mark of a state secret (保守国家秘密法): what it looks like in a text, and what a city's bodies may set."""

import re
import unicodedata

_STARS = "★☆⭐✩✪✫✬✭✮✯"
# The signs that a mark is made of, blanks among them.
MARK_SIGNS = frozenset(f"秘祕机機绝絕密{_STARS} \u3000")
_MARK = re.compile(rf"(?:[秘祕]\s*密|[机機]\s*密|[绝絕]\s*密)\s*[{_STARS}]")
# Signs without width: they change nothing for who reads, and would hide a mark from who searches.
_UNSEEN = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff]")

# What a register card may name: a city's bodies set at most 机密, for at most so many years (articles 17 and 20).
LEVELS = {"secret": ("秘密", "Secret", 10), "confidential": ("机密", "Confidential", 20)}


def carries_mark(text: str) -> bool:
    """Whether the text carries the mark, also with blanks within it, in wide forms, or with signs that nobody sees."""
    plain = _UNSEEN.sub("", unicodedata.normalize("NFKC", text))
    return _MARK.search(plain) is not None

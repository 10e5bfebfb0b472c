"""Which media type an answer has: read from Accept once, and remembered for the next who sends the same."""

from functools import lru_cache
from typing import Literal

Media = Literal["application/json", "application/graphql-response+json", "text/event-stream", "text/html"]

OLD: Media = "application/json"
NEW: Media = "application/graphql-response+json"
STREAM: Media = "text/event-stream"
PAGE: Media = "text/html"
# In the order in which a wildcard chooses. A stream or a page is sent only to who names it.
_OFFERED: tuple[Media, ...] = (OLD, NEW, STREAM, PAGE)
_NAMED_ONLY = (STREAM, PAGE)
_UTF8 = ("utf-8", "utf8", '"utf-8"', "*")


@lru_cache(maxsize=256)
def acceptable(accept: bytes | None, *, page: bool = False) -> Media | None:
    """The best type that is offered; None where none is acceptable. Who says nothing gets application/json.
    `page`: there is a page for people too."""
    if not accept or not accept.strip():
        return OLD
    ranges = [each for text in accept.decode("latin-1").split(",") if (each := _range(text)) is not None]
    best: tuple[float, int, int] = (0.0, 0, 0)
    chosen: Media | None = None
    for place, media in enumerate(_OFFERED if page else _OFFERED[:-1]):
        quality, listed = _quality(media, ranges)
        rank = (quality, -listed, -place)
        if quality > 0 and (chosen is None or rank > best):
            best, chosen = rank, media
    return chosen


def _range(text: str) -> tuple[str, float] | None:
    """(media range, quality) of one entry; None for one that wants another charset than UTF-8."""
    name, *parameters = (part.strip().lower() for part in text.split(";"))
    quality = 1.0
    for parameter in parameters:
        key, _, value = (part.strip() for part in parameter.partition("="))
        if key == "charset" and value not in _UTF8:
            return None
        if key == "q":
            try:
                quality = float(value)
            except ValueError:
                return None
    return name, quality


def _quality(media: Media, ranges: list[tuple[str, float]]) -> tuple[float, int]:
    """The quality by the most specific range that fits, and where in the header that stands."""
    wild = () if media in _NAMED_ONLY else (f"{media.partition('/')[0]}/*", "*/*")
    for wanted in (media, *wild):
        for place, (name, quality) in enumerate(ranges):
            if name == wanted:
                return quality, place
    return 0.0, 0


@lru_cache(maxsize=256)
def is_json(content_type: bytes) -> bool:
    """Whether a body of this type is read: JSON in UTF-8. A form of a foreign page can send only simpler types."""
    name, *parameters = (part.strip().lower() for part in content_type.decode("latin-1").split(";"))
    if name not in (OLD, NEW):
        return False
    pairs = [[part.strip() for part in parameter.partition("=")] for parameter in parameters]
    return all(value in _UTF8 for key, _, value in pairs if key == "charset")

"""The texts in a PDF, as far as a small reader reaches: enough to find certain signs, no more.

A page draws numbers, and a font's ToUnicode table says which signs they are. Which font is at work is not followed:
every number stands for all the signs that any table of the file gives it, restricted to those one looks for. Texts in
Unicode or GBK codes, titles, bookmarks and notes are read as they are. Nothing is reached of pictures, of outlines, and
of fonts that keep to themselves what they draw.
"""

import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Set
from itertools import product

MOST_UNFOLDED = 100 * 1024 * 1024
MOST_WAYS = 16
_STREAM = re.compile(rb"stream\r?\n")
_SHOWN = re.compile(rb"\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*\)|<[0-9A-Fa-f\s]*>|\bET\b", re.DOTALL)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_PLAIN = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b"", b"\r": b"", b"\r\n": b""}
_BLOCK = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
_CODE = re.compile(rb"<\s*([0-9A-Fa-f\s]*)>|(\[)|(\])")

Signs = dict[bytes, set[str]]


class Hidden(ValueError):
    """The file is encrypted, or unfolds beyond measure."""


def texts(content: bytes, wanted: Set[str]) -> Iterator[str]:
    """Texts in which the wanted signs can be looked for; where a number may be several signs, each way of reading."""
    if re.search(rb"/Encrypt\b", content):
        raise Hidden("it is encrypted")
    streams = list(_streams(content))
    signs = _signs_of(streams, wanted)
    for each in (content, *streams):
        if b"begincmap" not in each:
            yield from _texts_in(each, signs)


def _streams(content: bytes) -> Iterator[bytes]:
    """What the streams hold, unfolded where they are deflated; what they hold otherwise is left as it is."""
    left = MOST_UNFOLDED
    for found in _STREAM.finditer(content):
        end = content.find(b"endstream", found.end())
        raw = content[found.end() : end if end >= 0 else len(content)]
        unfold = zlib.decompressobj()
        try:
            data = unfold.decompress(raw, left + 1)
        except zlib.error:
            continue  # a picture, or packed in another way
        left -= len(data)
        if left < 0:
            raise Hidden("it unfolds beyond measure")
        yield data


def _signs_of(streams: Iterable[bytes], wanted: Set[str]) -> Signs:
    """Of all tables together: which numbers stand for which of the wanted signs."""
    signs: Signs = defaultdict(set)
    for table in streams:
        if b"begincmap" in table:
            for code, sign in _entries(table):
                if sign in wanted:
                    signs[code].add(sign)
    return signs


def _entries(table: bytes) -> Iterator[tuple[bytes, str]]:
    for kind, block in _BLOCK.findall(table):
        codes = [opens or closes or _hex(code) for code, opens, closes in _CODE.findall(block)]
        yield from _pairs(codes) if kind == b"bfchar" else _ranges(codes)


def _pairs(codes: list[bytes]) -> Iterator[tuple[bytes, str]]:
    for code, sign in zip(codes[::2], codes[1::2], strict=False):
        yield code, sign.decode("utf-16-be", "replace")


def _ranges(codes: list[bytes]) -> Iterator[tuple[bytes, str]]:
    rest = iter(codes)
    for first in rest:
        last, start = next(rest, b""), next(rest, b"")
        size = len(first)
        numbers = range(int.from_bytes(first), min(int.from_bytes(last), int.from_bytes(first) + 0xFFFF) + 1)
        if start == b"[":
            for number, sign in zip(numbers, iter(lambda: next(rest, b"]"), b"]"), strict=False):
                yield number.to_bytes(max(size, 1)), sign.decode("utf-16-be", "replace")
        elif len(start) == 2:
            for offset, number in enumerate(numbers):
                yield number.to_bytes(max(size, 1)), chr(min(int.from_bytes(start) + offset, 0xFFFF))


def _hex(digits: bytes) -> bytes:
    plain = re.sub(rb"\s", b"", digits)
    return bytes.fromhex((plain + b"0" * (len(plain) % 2)).decode("ascii"))


def _texts_in(stream: bytes, signs: Signs) -> Iterator[str]:
    """The strings of one text object belong together, however finely the page has cut them."""
    shown: list[bytes] = []
    for found in _SHOWN.finditer(stream):
        piece = found.group()
        if piece == b"ET":
            yield from _read(shown, signs)
            shown = []
        else:
            shown.append(_hex(piece[1:-1]) if piece.startswith(b"<") else _literal(piece[1:-1]))
    yield from _read(shown, signs)


def _literal(text: bytes) -> bytes:
    def meant(found: re.Match[bytes]) -> bytes:
        sign = found[1]
        return bytes([int(sign, 8) & 0xFF]) if sign[:1].isdigit() else _PLAIN.get(sign, sign)

    return _ESCAPE.sub(meant, text)


def _read(shown: list[bytes], signs: Signs) -> Iterator[str]:
    if not shown:
        return
    whole = b"".join(shown)
    yield whole.removeprefix(b"\xfe\xff").decode("utf-16-be", "replace")
    yield whole.decode("gb18030", "replace")
    if signs:
        yield from _by_tables(shown, signs)


def _by_tables(shown: list[bytes], signs: Signs) -> Iterator[str]:
    """Numbers of two bytes, or of one; a number that no table gives a wanted sign is a dot."""
    for size in sorted({len(code) for code in signs}):
        codes = [piece[at : at + size] for piece in shown for at in range(0, len(piece), size)]
        ways = [sorted(signs.get(code, ())) or ["."] for code in codes]
        for run in _runs(ways):
            yield from ("".join(way) for way, _ in zip(product(*run), range(MOST_WAYS), strict=False))


def _runs(ways: list[list[str]]) -> Iterator[list[list[str]]]:
    """The stretches of wanted signs, between the dots."""
    run: list[list[str]] = []
    for each in (*ways, ["."]):
        if each == ["."]:
            if len(run) > 2:
                yield run
            run = []
        else:
            run.append(each)

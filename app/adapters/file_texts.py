"""The text of a file, as far as it can be reached, to be searched for the mark of a state secret (A4.4).

Reached are: Word, Excel and PowerPoint documents and OFD with everything packed in them, embedded documents too, plain
text, and PDF whose fonts say which signs they draw (app.adapters.pdf_texts). Not reached is what is drawn: a scan, a
photograph, text turned into outlines. What hides its text is unreadable: encryption, a package that unfolds without
end.
"""

import html
import io
import re
import zipfile
from collections.abc import Iterator
from typing import BinaryIO

from app.adapters import pdf_texts
from app.core.secrecy import MARK_SIGNS
from app.rules.file_types import PICTURES, TEXTS

MOST_UNFOLDED = 100 * 1024 * 1024
MOST_MEMBERS = 10_000
MOST_NESTED = 3
_TAG = re.compile(r"<[^<>]*>")
_PARAGRAPH = re.compile(r"</(?:w:p|a:p|si|row|w:tr|is)>|<(?:w:br|a:br|w:tab)\b[^<>]*>")
_PACKED = (".docx", ".xlsx", ".pptx", ".ofd", ".zip", ".docm", ".xlsm", ".pptm")
_BOMS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}


class Unreadable(ValueError):
    """The file is broken, encrypted, or unfolds beyond measure: nobody can say what is in it."""


def texts_of(file: BinaryIO, ending: str) -> Iterator[str]:
    """The texts in the file, in pieces that belong together. Raises Unreadable."""
    file.seek(0)
    if ending in PICTURES:
        return iter(())
    if ending in TEXTS:
        return iter((_decoded(file.read()),))
    if ending == "pdf":
        return _of_pdf(file.read())
    return _of_package(file, _Budget(), MOST_NESTED)


def _decoded(content: bytes) -> str:
    for mark, name in _BOMS.items():
        if content.startswith(mark):
            return content.decode(name, "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("gb18030", "replace")


def _of_pdf(content: bytes) -> Iterator[str]:
    try:
        yield from pdf_texts.texts(content, MARK_SIGNS)
    except pdf_texts.Hidden as error:
        raise Unreadable(str(error)) from error


class _Budget:
    """How much may still unfold from one file."""

    def __init__(self) -> None:
        self.left, self.members = MOST_UNFOLDED, MOST_MEMBERS

    def spend(self, size: int) -> None:
        self.left -= size
        self.members -= 1
        if self.left < 0 or self.members < 0:
            raise Unreadable("it unfolds beyond measure")


def _of_package(file: BinaryIO, budget: _Budget, depth: int) -> Iterator[str]:
    try:
        with zipfile.ZipFile(file) as package:
            for member in package.infolist():
                yield member.filename
                if member.flag_bits & 0x1:
                    raise Unreadable("it is encrypted")
                budget.spend(0)
                yield from _of_member(package, member, budget, depth)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError) as error:
        raise Unreadable(type(error).__name__) from error


def _of_member(package: zipfile.ZipFile, member: zipfile.ZipInfo, budget: _Budget, depth: int) -> Iterator[str]:
    name = member.filename.lower()
    if name.endswith((".xml", ".rels", ".txt", ".csv", ".vml")):
        yield from _of_markup(_unfolded(package, member, budget))
    elif name.endswith(_PACKED) and depth:
        yield from _of_package(io.BytesIO(_unfolded(package, member, budget)), budget, depth - 1)


def _unfolded(package: zipfile.ZipFile, member: zipfile.ZipInfo, budget: _Budget) -> bytes:
    """What the member really holds, never more than may still unfold: what its header says of its size is only said."""
    with package.open(member) as stream:
        content = stream.read(budget.left + 1)
    budget.spend(len(content))
    return content


def _of_markup(content: bytes) -> Iterator[str]:
    """Word cuts a sentence into runs as it likes, so within a paragraph all tags go; paragraphs stay apart."""
    for piece in _PARAGRAPH.split(_decoded(content)):
        text = html.unescape(_TAG.sub("", piece))
        if text.strip():
            yield text

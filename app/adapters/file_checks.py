"""What a file really is: its content held against the type that its name claims (C8)."""

import zipfile
from typing import BinaryIO

import puremagic

from app.rules.file_types import FILE_TYPES, PICTURES, TEXTS, FileType

HEAD = 64 * 1024
_UNMISTAKABLE = frozenset(FILE_TYPES[ending].media for ending in ("pdf", *PICTURES))


def really_is(file: BinaryIO, ending: str) -> bool:
    """Whether the content is of the type that this ending claims."""
    kind = FILE_TYPES[ending]
    file.seek(0)
    head = file.read(HEAD)
    if ending in TEXTS:
        return _is_text(head)
    if kind.part:
        return _is_package(file, kind)
    return _magic(head) == kind.media


def _magic(head: bytes) -> str:
    """The media type that the first bytes tell, without regard to any name."""
    try:
        return puremagic.from_string(head, mime=True)
    except puremagic.PureError:
        return ""


def _is_text(head: bytes) -> bool:
    """No byte that no text has, and not the beginning of anything else that could hide here."""
    printable = not any(byte < 0x20 and byte not in b"\t\n\r\f" for byte in head)
    return bool(head) and printable and _magic(head) not in _UNMISTAKABLE


def _is_package(file: BinaryIO, kind: FileType) -> bool:
    try:
        with zipfile.ZipFile(file) as package:
            names = set(package.namelist())
            if kind.part in names:
                return True
            if "[Content_Types].xml" not in names or package.getinfo("[Content_Types].xml").file_size > 4 * HEAD:
                return False
            declared = package.read("[Content_Types].xml").decode("utf-8", "replace")
            return f"{kind.part}.main+xml" in declared
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError):
        return False

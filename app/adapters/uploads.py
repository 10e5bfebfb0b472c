"""Receiving one file from a form, piece by piece, into a file without a name: broken off or refused, nothing stays."""

import asyncio
import hashlib
import tempfile
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from app.core.file_names import read_name
from app.core.refusals import Refusal, Refused, invalid

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks

MOST_FIELDS, MOST_FIELD = 20, 8_000
# What a form around a file may weigh beside it.
AROUND = 200_000


@dataclass(slots=True)
class Upload:
    """What came: the fields of the form, and the file with its hash."""

    file: BinaryIO
    fields: dict[str, str] = field(default_factory=dict)
    name: str = ""
    size: int = 0
    digest: str = ""

    def close(self) -> None:
        self.file.close()


def too_large(limit: int) -> Refused:
    megabytes = limit // 1_000_000
    return Refused(
        Refusal("file_too_large", f"文件超过{megabytes}兆字节,请压缩图片或者拆分后上传。",
                f"The file is larger than {megabytes} MB; make its pictures smaller or split it.", "C8")
    )  # fmt: skip


def unreadable_form() -> Refused:
    return Refused(
        Refusal("form_unreadable", "上传的内容无法识别,请重新选择文件。", "The upload cannot be read; try again.", "C8")
    )


async def receive(content_type: str, body: AsyncIterator[bytes], limit: int, folder: Path | None) -> Upload:
    """Read a form with one file. `folder`: where the nameless file lies meanwhile. Raises Refused."""
    kind, options = parse_options_header(content_type)
    boundary = options.get(b"boundary", b"")
    if kind != b"multipart/form-data" or not 0 < len(boundary) <= 70:
        raise unreadable_form()
    upload = Upload(await asyncio.to_thread(_nameless, folder))
    parts = _Parts(upload, limit)
    try:
        parser = MultipartParser(boundary, parts.callbacks(), max_size=limit + AROUND)
        seen = 0
        async for piece in body:
            seen += len(piece)
            if seen > limit + AROUND:
                raise too_large(limit)
            await asyncio.to_thread(parser.write, piece)
        parser.finalize()
        parts.check()
    except FormParserError as error:
        upload.close()
        raise unreadable_form() from error
    except BaseException:
        upload.close()
        raise
    return upload


def _nameless(folder: Path | None) -> BinaryIO:
    return tempfile.TemporaryFile(dir=folder)


class _Parts:
    """The parts of a form as the parser finds them."""

    def __init__(self, upload: Upload, limit: int) -> None:
        self.upload, self.limit = upload, limit
        self.hash = hashlib.sha256()
        self.files = 0
        self.ended = False
        self._header, self._value = b"", b""
        self._disposition = b""
        self._field: str | None = None
        self._content = b""

    def callbacks(self) -> "MultipartCallbacks":
        return {
            "on_part_begin": self._begin, "on_header_field": self._on_header, "on_header_value": self._on_value,
            "on_header_end": self._header_end, "on_headers_finished": self._headers_end, "on_part_data": self._data,
            "on_part_end": self._end, "on_end": self._all,
        }  # fmt: skip

    def check(self) -> None:
        if not self.ended:
            raise unreadable_form()
        if not self.files or not self.upload.name:
            raise invalid("file", "请选择要上传的文件。", "Choose the file to upload.", "C8")
        if not self.upload.size:
            raise Refused(Refusal("file_empty", "文件没有内容。", "The file is empty.", "C8"))
        self.upload.digest = self.hash.hexdigest()

    def _begin(self) -> None:
        self._disposition, self._field, self._content = b"", None, b""

    def _on_header(self, data: bytes, start: int, end: int) -> None:
        self._header += data[start:end]

    def _on_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _header_end(self) -> None:
        if self._header.lower() == b"content-disposition":
            self._disposition = self._value
        self._header, self._value = b"", b""

    def _headers_end(self) -> None:
        _, options = parse_options_header(self._disposition)
        if b"filename" in options or b"filename*" in options:
            self.files += 1
            if self.files > 1:
                raise invalid("file", "一次只能上传一个文件。", "One file at a time.", "C8")
            self.upload.name = read_name(options.get(b"filename") or options.get(b"filename*") or b"")
            return
        self._field = options.get(b"name", b"").decode("utf-8", "replace")
        if len(self.upload.fields) >= MOST_FIELDS:
            raise unreadable_form()

    def _data(self, data: bytes, start: int, end: int) -> None:
        if self._field is not None:
            self._content += data[start:end]
            if len(self._content) > MOST_FIELD:
                raise unreadable_form()
            return
        self.upload.size += end - start
        if self.upload.size > self.limit:
            raise too_large(self.limit)
        piece = data[start:end]
        self.hash.update(piece)
        self.upload.file.write(piece)

    def _end(self) -> None:
        if self._field is not None:
            text = self._content.decode("utf-8", "replace").strip().replace("\r\n", "\n").replace("\x00", "")
            self.upload.fields.setdefault(self._field, text)

    def _all(self) -> None:
        self.ended = True

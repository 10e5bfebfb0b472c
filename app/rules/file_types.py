"""The types of file that an installation can take, and those that a group takes unless it sets others (C8).

Only types whose text can be reached, or that are pictures, are here: what cannot be searched for the mark of a state
secret, such as an encrypted or an outdated binary document, does not come in (A4.4).
"""

from dataclasses import dataclass

_OFFICE = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True, slots=True)
class FileType:
    """`part`: of a packed format the content type of its main part, or the name of a file that it always holds."""

    ending: str
    zh: str
    en: str
    media: str
    part: str = ""


_ROWS = (
    FileType("docx", "文字文档", "Text document", f"{_OFFICE}.wordprocessingml.document", "wordprocessingml.document"),
    FileType("xlsx", "电子表格", "Spreadsheet", f"{_OFFICE}.spreadsheetml.sheet", "spreadsheetml.sheet"),
    FileType("pptx", "演示文稿", "Presentation", f"{_OFFICE}.presentationml.presentation",
             "presentationml.presentation"),
    FileType("pdf", "PDF文档", "PDF document", "application/pdf"),
    FileType("ofd", "OFD版式文档", "OFD document", "application/ofd", "OFD.xml"),
    FileType("txt", "纯文本", "Plain text", "text/plain"),
    FileType("csv", "CSV表格", "CSV table", "text/csv"),
    FileType("png", "PNG图片", "PNG picture", "image/png"),
    FileType("jpg", "JPEG图片", "JPEG picture", "image/jpeg"),
    FileType("jpeg", "JPEG图片", "JPEG picture", "image/jpeg"),
)  # fmt: skip
FILE_TYPES: dict[str, FileType] = {row.ending: row for row in _ROWS}
DEFAULT_FILE_TYPES = tuple(FILE_TYPES)
TEXTS = frozenset({"txt", "csv"})
PICTURES = frozenset({"png", "jpg", "jpeg"})

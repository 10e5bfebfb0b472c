"""Files as people send them: documents made on the spot, and the form of one file."""

import io
import zipfile
import zlib
from typing import Any

import docx
import openpyxl

BOUNDARY = "a-boundary-of-the-tests"
KIND = f"multipart/form-data; boundary={BOUNDARY}"


def docx_of(*paragraphs: Any) -> bytes:
    """A Word document; a paragraph is a text, or the runs into which Word has cut it."""
    document, out = docx.Document(), io.BytesIO()
    for each in paragraphs:
        paragraph = document.add_paragraph()
        for run in (each,) if isinstance(each, str) else each:
            paragraph.add_run(run)
    document.save(out)
    return out.getvalue()


def xlsx_of(*cells: str) -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    for number, text in enumerate(cells, 1):
        book.active.cell(number, 1, text)
    book.save(out)
    return out.getvalue()


def pptx_of(text: str) -> bytes:
    """No more of a presentation than a reader needs to find its text."""
    main = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
    return packed(
        ("[Content_Types].xml", f'<Types><Override PartName="/ppt/presentation.xml" ContentType="{main}"/></Types>'),
        ("ppt/slides/slide1.xml", f"<p:sld><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:sld>"),
    )


def packed(*members: tuple[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members:
            package.writestr(name, content)
    return out.getvalue()


def pdf_of(text: str, *, by_table: bool = True, cut: int = 1) -> bytes:
    """A PDF that draws this text: by numbers of a font with a ToUnicode table, or as Unicode."""
    signs = sorted(set(text))
    code = {sign: number for number, sign in enumerate(signs, 3)}
    numbers = [f"{code[sign]:04X}" if by_table else f"{ord(sign):04X}" for sign in text]
    pieces = ["".join(numbers[at : at + cut]) for at in range(0, len(numbers), cut)]
    drawn = "BT /F1 16 Tf [" + " 5 ".join(f"<{piece}>" for piece in pieces) + "] TJ ET"
    rows = "\n".join(f"<{code[sign]:04X}> <{ord(sign):04X}>" for sign in signs)
    table = f"begincmap\n{len(signs)} beginbfchar\n{rows}\nendbfchar\nendcmap"
    streams = [drawn, table] if by_table else [drawn]
    out = b"%PDF-1.7\n"
    for number, each in enumerate(streams, 1):
        data = zlib.compress(each.encode())
        out += b"%d 0 obj\n<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream\nendobj\n" % (
            number,
            len(data),
            data,
        )
    return out + b"trailer << /Root 9 0 R >>\n%%EOF\n"


def form_of(name: str | bytes, content: bytes, **fields: str) -> bytes:
    """The body of a form with these fields and one file, as a browser writes it."""
    sent = name if isinstance(name, bytes) else name.encode()
    body = b""
    for field, value in fields.items():
        body += f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'.encode()
    body += f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="'.encode() + sent + b'"\r\n'
    return body + b"Content-Type: application/octet-stream\r\n\r\n" + content + f"\r\n--{BOUNDARY}--\r\n".encode()

"""In which files the mark of a state secret is found, and what is no readable file (A4.4)."""

import io

import pytest

from app.adapters import file_texts
from app.adapters.file_checks import really_is
from app.adapters.file_texts import Unreadable, texts_of
from app.core.secrecy import carries_mark
from tests.support.files import docx_of, packed, pdf_of, pptx_of, xlsx_of

MARK = "机密★10年"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
CONTENT_TYPES = f'<Types><Override ContentType="{WORD}"/></Types>'
MARKED = {
    "docx": docx_of("关于平台", MARK),
    "docx in runs": docx_of(["机", " 密", "", "★10年"]),
    "docx in a document in it": packed(
        ("[Content_Types].xml", CONTENT_TYPES), ("word/document.xml", "<w:p>见附件</w:p>"),
        ("word/embeddings/a.docx", docx_of(MARK)),
    ),
    "xlsx": xlsx_of("名称", MARK),
    "pptx": pptx_of(MARK),
    "ofd": packed(("OFD.xml", "<ofd:OFD/>"), ("Doc_0/Content.xml", f"<ofd:TextCode>{MARK}</ofd:TextCode>")),
    "txt": MARK.encode(),
    "txt in GBK": MARK.encode("gb18030"),
    "txt in UTF-16": MARK.encode("utf-16"),
    "csv": f"名称,密级\n平台,{MARK}\n".encode(),
    "pdf": pdf_of(MARK),
    "pdf in larger pieces": pdf_of(f"标题 {MARK} 正文", cut=3),
    "pdf in Unicode": pdf_of(MARK, by_table=False),
    "pdf with a blank": pdf_of("机密 ★ 10年"),
}  # fmt: skip


def found(content: bytes, ending: str) -> bool:
    return any(carries_mark(text) for text in texts_of(io.BytesIO(content), ending))


@pytest.mark.clause("A4.4")
@pytest.mark.parametrize("kind", MARKED)
def test_the_mark_is_found(kind: str) -> None:
    assert found(MARKED[kind], kind.split()[0])


@pytest.mark.clause("A4.4")
@pytest.mark.parametrize("text", ["秘密★", "绝密★长期", "秘　密 ★", "机\n密☆", "机密\u200b★", "絕密★", "【机密★20年】"])
def test_however_it_is_written(text: str) -> None:
    assert carries_mark(text)


@pytest.mark.clause("A4.4")
@pytest.mark.parametrize("text", ["保守国家秘密", "机密级计算机", "五星★酒店", "商业秘密、个人隐私", "密切★关注"])
def test_what_only_speaks_of_secrets_carries_none(text: str) -> None:
    assert not carries_mark(text)
    for content, ending in ((docx_of(text), "docx"), (pdf_of(text), "pdf"), (text.encode(), "txt")):
        assert not found(content, ending)


def test_paragraphs_are_not_glued_into_a_mark() -> None:
    assert not found(docx_of("涉及商业秘密", "★重点项目"), "docx")


@pytest.mark.clause("A4.4")
@pytest.mark.parametrize(
    ("content", "ending"),
    [
        (b"PK\x03\x04 broken", "docx"),
        (b"%PDF-1.7\n<< /Encrypt 5 0 R >>", "pdf"),
        (packed(("a.xml", b"0" * 3_000_000)), "docx"),
    ],
    ids=["broken", "encrypted", "unfolds without end"],
)
def test_what_nobody_can_read_is_unreadable(content: bytes, ending: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_texts, "MOST_UNFOLDED", 2_000_000)
    with pytest.raises(Unreadable):
        list(texts_of(io.BytesIO(content), ending))


@pytest.mark.clause("C8")
def test_a_file_is_what_its_content_says() -> None:
    real = {"docx": docx_of("一"), "xlsx": xlsx_of("一"), "pptx": pptx_of("一"), "pdf": pdf_of("一"),
            "txt": "一".encode(),
            "png": b"\x89PNG\r\n\x1a\n" + bytes(40), "jpg": b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(40)}  # fmt: skip
    for name, content in real.items():
        for ending in real:
            assert really_is(io.BytesIO(content), ending) == (ending == name), (name, ending)
    program = b"MZ" + bytes(100)
    assert not any(really_is(io.BytesIO(program), ending) for ending in real)

"""Official documents as files in the layout of GB/T 9704-2012: opened again, and measured (C8)."""

from io import BytesIO
from typing import Any

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml.ns import qn
from docx.shared import Pt

from app.adapters.official_paper import official_paper
from app.rules import layout
from app.rules.layout import Paper, headed, level_of

NOTICE = Paper(
    kind="通知", mark="市智慧城市领导小组文件", number="江智领〔2026〕1号", title="关于印发资金安排计划的通知",
    addressee="各成员单位", annexes=("资金表", "任务表"), signed_by="市智慧城市领导小组", dated="2026年3月9日",
    body="现印发给你们。\n一、总体要求\n（一）按季拨付。市财政局负责。\n1.一季度\n（1）第一笔\n特此通知。\x00",
    copies="市政府办公室", printed_by="市智慧城市领导小组办公室", printed_on="2026年3月10日",
)  # fmt: skip
MINUTES = Paper(
    kind="纪要", mark="市智慧城市领导小组组长会议纪要", number="江智领纪〔2026〕1号", title="组长会议纪要",
    body="2026年3月9日，会议召开。\n一、云平台", lists=(("出席", "甲、乙"), ("请假", "丙"), ("列席", "丁")),
    signed_by="市智慧城市领导小组办公室", dated="2026年3月9日",
)  # fmt: skip


def opened(paper: Paper) -> Any:
    return Document(BytesIO(official_paper(paper)))


def line(document: Any, text: str) -> Any:
    return next(row for row in document.paragraphs if row.text.startswith(text))


def font(run: Any) -> str:
    found: str = run._element.rPr.rFonts.get(qn("w:eastAsia"))
    return found


@pytest.mark.clause("C8")
def test_page_and_type_area() -> None:
    section = opened(NOTICE).sections[0]
    sides = (section.page_width, section.page_height, section.top_margin, section.left_margin, section.right_margin,
             section.bottom_margin)  # fmt: skip
    assert [round(side.mm) for side in sides] == [210, 297, 37, 28, 26, 35]
    grid = section._sectPr.find(qn("w:docGrid"))
    assert (grid.get(qn("w:type")), grid.get(qn("w:linePitch"))) == ("linesAndChars", "579")


@pytest.mark.clause("C8")
def test_mark_number_rule_and_title() -> None:
    document = opened(NOTICE)
    mark, number, title = (line(document, text) for text in (NOTICE.mark, NOTICE.number, NOTICE.title))
    (run,) = mark.runs
    assert (font(run), str(run.font.color.rgb), mark.alignment) == (layout.SONG_TITLE, "FF0000", ALIGN.CENTER)
    assert round(mark.paragraph_format.space_before.mm) == 35
    border = number._element.pPr.find(qn("w:pBdr")).find(qn("w:bottom"))
    assert border.get(qn("w:color")) == "FF0000"
    assert (font(title.runs[0]), title.runs[0].font.size, title.alignment) == (
        layout.SONG_TITLE, Pt(22), ALIGN.CENTER
    )  # fmt: skip


@pytest.mark.clause("C8")
def test_each_level_of_heading_has_its_font_and_the_text_two_signs() -> None:
    document = opened(NOTICE)
    wanted = {"现印发": layout.FANGSONG, "一、": layout.HEITI, "（一）": layout.KAITI, "1.": layout.FANGSONG,
              "（1）": layout.FANGSONG}  # fmt: skip
    for text, name in wanted.items():
        row = line(document, text)
        assert (font(row.runs[0]), row.runs[0].font.size) == (name, Pt(16)), text
        assert row._element.pPr.ind.get(qn("w:firstLineChars")) == "200"
        assert row.paragraph_format.line_spacing == Pt(28.95)
    behind = line(document, "（一）").runs[1]
    assert (behind.text, font(behind)) == ("市财政局负责。", layout.FANGSONG)
    assert line(document, "各成员单位").text == "各成员单位："


@pytest.mark.clause("C8")
def test_annexes_signature_date_and_closing_block() -> None:
    document = opened(NOTICE)
    assert line(document, "附件：").text == "附件：1.资金表" and line(document, "2.任务表")
    dated = line(document, "2026年3月9日")
    assert (dated.alignment, dated._element.pPr.ind.get(qn("w:rightChars"))) == (ALIGN.RIGHT, "400")
    copies, printed = line(document, "抄送："), line(document, NOTICE.printed_by)
    assert printed.text.endswith("2026年3月10日印发")
    for row in (copies, printed):
        assert row.runs[0].font.size == Pt(14)
        assert row._element.pPr.find(qn("w:framePr")).get(qn("w:yAlign")) == "bottom"
    rules = [copies._element.pPr.find(qn("w:pBdr")).find(qn("w:top")), *printed._element.pPr.find(qn("w:pBdr"))]
    assert [rule.get(qn("w:sz")) for rule in rules] == ["8", "6", "8"], "thick, thin, thick"


@pytest.mark.clause("C8")
def test_page_numbers_stand_outside() -> None:
    document = opened(NOTICE)
    section = document.sections[0]
    assert document.settings.odd_and_even_pages_header_footer
    odd, even = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]
    assert (odd.alignment, even.alignment) == (ALIGN.RIGHT, ALIGN.LEFT)
    for row in (odd, even):
        assert row.text == "—  —" and "PAGE" in row._element.xml
        assert all((font(run), run.font.size) == (layout.SONG, Pt(14)) for run in row.runs)


@pytest.mark.clause("C8")
def test_what_goes_up_names_its_signer() -> None:
    row = line(opened(Paper(**{**_values(NOTICE), "kind": "请示", "signer": "组长甲"})), NOTICE.number)
    assert row.text == f"{NOTICE.number}\t签发人：组长甲" and font(row.runs[-1]) == layout.KAITI


def _values(paper: Paper) -> dict[str, Any]:
    return {name: getattr(paper, name) for name in Paper.__dataclass_fields__}


@pytest.mark.clause("C8", "B2.6")
def test_minutes_have_their_mark_and_labelled_lists() -> None:
    document = opened(MINUTES)
    assert line(document, MINUTES.mark).runs[0].font.color.rgb is not None
    assert not [row for row in document.paragraphs if row.text == MINUTES.title], "the mark is the title"
    for label, names in MINUTES.lists:
        row = line(document, f"{label}：")
        assert (font(row.runs[0]), row.runs[0].font.size, row.runs[1].text) == (layout.HEITI, Pt(16), names)
        assert row._element.pPr.ind.get(qn("w:hangingChars")) == "300"
    assert line(document, MINUTES.signed_by).text.endswith("2026年3月9日")


@pytest.mark.parametrize(
    ("text", "level"),
    [("一、要求", 1), ("（二）要求", 2), ("(三)要求", 2), ("3.要求", 3), ("（4）要求", 4), ("要求", 0)],
)
def test_levels_of_headings(text: str, level: int) -> None:
    assert level_of(text) == level


def test_a_heading_ends_with_its_sentence() -> None:
    assert headed("（一）按季拨付。市财政局负责。") == ("（一）按季拨付。", "市财政局负责。")
    assert headed("一、总体要求") == ("一、总体要求", "")
    assert headed("1.一季度。二季度。") == ("1.一季度。二季度。", "")

"""Official documents as DOCX in the national layout (C8, GB/T 9704-2012), by the figures of app.rules.layout."""

import re
from io import BytesIO
from typing import Any

from docx import Document as new_document
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from app.rules import layout
from app.rules.layout import Paper

KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def official_paper(paper: Paper) -> bytes:
    """The whole paper as a file."""
    document = new_document()
    _page(document)
    _head(document, paper)
    _text(document, paper)
    _end(document, paper)
    _footer(document)
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def _page(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = (Mm(side) for side in layout.PAGE_MM)
    section.top_margin, section.bottom_margin = Mm(layout.TOP_MM), Mm(layout.BOTTOM_MM)
    section.left_margin, section.right_margin = Mm(layout.LEFT_MM), Mm(layout.RIGHT_MM)
    section.footer_distance = Mm(layout.FOOTER_FROM_EDGE_MM)
    document.settings.odd_and_even_pages_header_footer = True
    normal = document.styles["Normal"]
    normal.font.size = Pt(layout.BODY_PT)
    fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{name}"), layout.FANGSONG)
    for old in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(old)
    _element(
        section._sectPr, "w:docGrid", type="linesAndChars", linePitch=str(round(layout.LINE_PT * 20)),
        charSpace=str(round((layout.SIGN_PT - layout.BODY_PT) * 4096)),
    )  # fmt: skip


def _element(parent: Any, name: str, **values: str) -> None:
    made = OxmlElement(name)
    for key, value in values.items():
        made.set(qn(f"w:{key}"), value)
    parent.append(made)


def _line(
    document: Document, text: str = "", *, font: str = layout.FANGSONG, size: float = layout.BODY_PT, red: bool = False
) -> Paragraph:
    paragraph = document.add_paragraph()
    form = paragraph.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(max(layout.LINE_PT, size * 1.3))
    if text:
        _run(paragraph, text, font=font, size=size, red=red)
    return paragraph


def _run(paragraph: Paragraph, text: str, *, font: str, size: float = layout.BODY_PT, red: bool = False) -> Run:
    run = paragraph.add_run(_ILLEGAL.sub("", text))
    run.font.name, run.font.size = font, Pt(size)
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    if red:
        run.font.color.rgb = RGBColor.from_string(layout.RED)
    return run


def _indent(paragraph: Paragraph, side: str, signs: float) -> None:
    """By signs of the text, as the standard counts, with the same in twentieths of a point."""
    indent = paragraph._element.get_or_add_pPr().get_or_add_ind()
    names = {"first": ("firstLineChars", "firstLine"), "left": ("leftChars", "left"), "right": ("rightChars", "right"),
             "hanging": ("hangingChars", "hanging")}  # fmt: skip
    by_signs, by_points = names[side]
    indent.set(qn(f"w:{by_signs}"), str(round(signs * 100)))
    indent.set(qn(f"w:{by_points}"), str(round(signs * layout.BODY_PT * 20)))


def _rule(paragraph: Paragraph, side: str, eighths: int, *, colour: str = "000000", space_pt: float = 1) -> None:
    """A rule above or below a line, as wide as the type area."""
    properties = paragraph._element.get_or_add_pPr()
    borders = properties.find(qn("w:pBdr"))
    if borders is None:
        borders = OxmlElement("w:pBdr")
        properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")
    _element(borders, f"w:{side}", val="single", sz=str(eighths), space=str(round(space_pt)), color=colour)


def _between(paragraph: Paragraph) -> None:
    """What follows in the line stands at the right edge of the type area."""
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(layout.TYPE_WIDTH_MM), WD_TAB_ALIGNMENT.RIGHT)


def _head(document: Document, paper: Paper) -> None:
    """Issuer's mark, number, red rule."""
    room = layout.TYPE_WIDTH_MM / 25.4 * 72
    mark = _line(document, paper.mark, font=layout.SONG_TITLE, red=True,
                 size=min(layout.MARK_PT, room / max(len(paper.mark), 1)))  # fmt: skip
    mark.alignment, mark.paragraph_format.space_before = ALIGN.CENTER, Mm(layout.MARK_BELOW_TOP_MM)
    last = _line(document, "" if paper.upward else paper.number)
    last.paragraph_format.space_before = Pt(2 * layout.LINE_PT)
    last.alignment = ALIGN.CENTER
    if paper.upward:
        last.alignment = ALIGN.LEFT
        _between(last)
        _run(last, f"{paper.number}\t签发人：", font=layout.FANGSONG)
        _run(last, paper.signer, font=layout.KAITI)
    if paper.of_meeting:
        last = _line(document, f"{paper.signed_by}\t{paper.dated}")
        _between(last)
    _rule(last, "bottom", 12, colour=layout.RED, space_pt=layout.RULE_BELOW_NUMBER_MM / 25.4 * 72)


def _text(document: Document, paper: Paper) -> None:
    """Title, addressee, the text with its headings, the lists of minutes, the note of annexes."""
    if not paper.of_meeting:
        title = _line(document, paper.title, font=layout.SONG_TITLE, size=layout.TITLE_PT)
        title.alignment, title.paragraph_format.space_before = ALIGN.CENTER, Pt(2 * layout.LINE_PT)
    else:
        _line(document)
    if paper.addressee:
        addressee = _line(document, f"{paper.addressee.rstrip('：:')}：")
        addressee.paragraph_format.space_before = Pt(layout.LINE_PT)
    for line in paper.body.splitlines():
        if line.strip():
            _passage(document, line)
    for number, (label, names) in enumerate(paper.lists):
        row = _line(document)
        if number == 0:
            row.paragraph_format.space_before = Pt(layout.LINE_PT)
        _indent(row, "left", 5)
        _indent(row, "hanging", 3)
        _run(row, f"{label}：", font=layout.HEITI)
        _run(row, names, font=layout.FANGSONG)
    _annexes(document, paper.annexes)


def _passage(document: Document, line: str) -> None:
    head, rest = layout.headed(line)
    paragraph = _line(document, head, font=layout.LEVEL_FONTS[layout.level_of(line)])
    _indent(paragraph, "first", 2)
    if rest:
        _run(paragraph, rest, font=layout.FANGSONG)


def _annexes(document: Document, names: tuple[str, ...]) -> None:
    for number, name in enumerate(names, 1):
        said = name if len(names) == 1 else f"{number}.{name}"
        row = _line(document, f"附件：{said}" if number == 1 else said)
        _indent(row, "first", 2 if number == 1 else 5)
        if number == 1:
            row.paragraph_format.space_before = Pt(layout.LINE_PT)


def _end(document: Document, paper: Paper) -> None:
    """Signature and date, four signs from the right; the closing block at the foot of the last page."""
    if not paper.of_meeting and paper.dated:
        signed = _line(document, paper.signed_by)
        signed.alignment, signed.paragraph_format.space_before = ALIGN.RIGHT, Pt(layout.LINE_PT)
        dated = _line(document, paper.dated)
        dated.alignment = ALIGN.RIGHT
        _indent(dated, "right", 4)
        _indent(signed, "right", max(2, 4 + (_signs(paper.dated) - _signs(paper.signed_by)) / 2))
    if paper.printed_by:
        _closing(document, paper)


def _signs(text: str) -> float:
    """How wide a text is, in signs of the text; digits are half as wide."""
    return sum(0.5 if sign.isascii() else 1 for sign in text)


def _closing(document: Document, paper: Paper) -> None:
    rows = [f"抄送：{paper.copies}。"] if paper.copies else []
    rows.append(f"{paper.printed_by}\t{paper.printed_on}印发" if paper.printed_on else paper.printed_by)
    for number, text in enumerate(rows):
        row = _line(document, text, size=layout.SMALL_PT)
        _between(row)
        _frame(row)
        _rule(row, "top", 8 if number == 0 else 6)
        if number == len(rows) - 1:
            _rule(row, "bottom", 8)


def _frame(paragraph: Paragraph) -> None:
    """Lines in one frame stand together at the foot of the page on which they begin."""
    frame = OxmlElement("w:framePr")
    values = {"w": str(round(layout.TYPE_WIDTH_MM / 25.4 * 1440)), "wrap": "around", "vAnchor": "margin",
              "hAnchor": "margin", "xAlign": "left", "yAlign": "bottom"}  # fmt: skip
    for key, value in values.items():
        frame.set(qn(f"w:{key}"), value)
    properties = paragraph._element.get_or_add_pPr()
    properties.insert_element_before(frame, "w:widowControl", "w:numPr", "w:pBdr", "w:shd", "w:tabs", "w:spacing",
                                     "w:ind", "w:jc", "w:rPr")  # fmt: skip


def _footer(document: Document) -> None:
    """Page numbers between dashes: right on odd pages, left on even ones."""
    section = document.sections[0]
    for footer, side, align in (
        (section.footer, "right", ALIGN.RIGHT),
        (section.even_page_footer, "left", ALIGN.LEFT),
    ):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.alignment = align
        _indent(paragraph, side, 1)
        _run(paragraph, "— ", font=layout.SONG, size=layout.SMALL_PT)
        _page_field(_run(paragraph, "", font=layout.SONG, size=layout.SMALL_PT))
        _run(paragraph, " —", font=layout.SONG, size=layout.SMALL_PT)


def _page_field(run: Run) -> None:
    for kind in ("begin", "instr", "end"):
        if kind == "instr":
            instruction = OxmlElement("w:instrText")
            instruction.set(qn("xml:space"), "preserve")
            instruction.text = " PAGE "
            run._element.append(instruction)
        else:
            _element(run._element, "w:fldChar", fldCharType=kind)

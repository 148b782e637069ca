"""A paper as a Word file."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from server.pages.papers.blocks import (
    MARGINS_MM,
    NATIONAL_MOTTO,
    NATIONAL_TITLE,
    Abreast,
    Annex,
    Article,
    Field,
    Head,
    Line,
    Paper,
    Signature,
    Signers,
    Table,
    styles,
)

FONT = "Times New Roman"
ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}
CELL_MARGIN_TWIPS = 57  # a millimetre
TEXT_MM = 210 - MARGINS_MM["left"] - MARGINS_MM["right"]
SIGN_LEFT = 0.42
"""The recipients' share of the line: the place and date beside them must stay on one."""


def word_file(paper: Paper) -> bytes:
    """The paper as .docx, for any office program."""
    document = Document()
    _page(document)
    _turn(document.sections[0], landscape=paper.landscape)
    document.core_properties.title = paper.title
    document.core_properties.author = ""
    for block in paper.blocks:
        _WRITE[type(block)](document, block)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(MARGINS_MM["top"]), Mm(MARGINS_MM["bottom"])
    section.left_margin, section.right_margin = Mm(MARGINS_MM["left"]), Mm(MARGINS_MM["right"])
    section.header_distance = Mm(10)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _field_code(_run(number, "", "page_number"), "PAGE")
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(styles()["body"].size_pt)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)


def _turn(section: Any, *, landscape: bool) -> None:
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    sides = (Mm(297), Mm(210)) if landscape else (Mm(210), Mm(297))
    section.page_width, section.page_height = sides


def _field_code(run: Any, code: str) -> None:
    for kind, text in (("begin", None), (None, code), ("end", None)):
        if kind:
            part = OxmlElement("w:fldChar")
            part.set(qn("w:fldCharType"), kind)
        else:
            part = OxmlElement("w:instrText")
            part.text = text
        run._r.append(part)


def _run(paragraph: Any, text: str, element: str, *, bold: bool | None = None) -> Any:
    style = styles()[element]
    run = paragraph.add_run(text)
    run.font.name, run.font.size = FONT, Pt(style.size_pt)
    run.bold = style.bold if bold is None else bold
    run.italic = style.italic
    return run


def _paragraph(parent: Any, text: str, element: str, align: str, *, after: int = 0) -> Any:
    paragraph = parent.add_paragraph()
    paragraph.alignment = ALIGN[align]
    paragraph.paragraph_format.space_after = Pt(after)
    paragraph.paragraph_format.space_before = Pt(0)
    _run(paragraph, text, element)
    return paragraph


def _underlined(document: Any, text: str, element: str, share: float) -> None:
    """A rule below the words: a bordered, narrow, empty line."""
    _paragraph(document, text, element, "center")
    rule = document.add_paragraph()
    rule.paragraph_format.space_after = Pt(6)
    rule.paragraph_format.line_spacing = Pt(4)
    side = Mm(_text_mm(document) * (1 - share) / 2)
    rule.paragraph_format.left_indent = rule.paragraph_format.right_indent = side
    _border(rule)


def _border(paragraph: Any) -> None:
    borders = OxmlElement("w:pBdr")
    top = OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    borders.append(top)
    paragraph._p.get_or_add_pPr().append(borders)


def _text_mm(document: Any) -> float:
    """How wide the text is where the document ends: wider in an annex of wide pages."""
    section = document.sections[-1]
    return float((section.page_width - section.left_margin - section.right_margin) / Mm(1))


def _two_blocks(document: Any, left_mm: float) -> tuple[Any, Any]:
    table = document.add_table(rows=1, cols=2)
    _widths(table, (left_mm, _text_mm(document) - left_mm))
    return table.cell(0, 0), table.cell(0, 1)


def _widths(table: Any, widths_mm: Sequence[float]) -> None:
    """Said of the columns and of each cell: one office program reads these, the next those."""
    table.autofit = False
    for column, width in zip(table.columns, widths_mm, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)


def _first(cell: Any, text: str, element: str) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_after = Pt(0)
    _run(paragraph, text, element)


def _rule_in(cell: Any, width_mm: float, share: float) -> None:
    rule = cell.add_paragraph()
    rule.paragraph_format.line_spacing = Pt(6)
    rule.paragraph_format.space_after = Pt(2)
    side = Mm(max(0.0, width_mm * (1 - share) / 2 - 2))
    rule.paragraph_format.left_indent = rule.paragraph_format.right_indent = side
    _border(rule)


def _head(document: Any, head: Head) -> None:
    if head.body is None:
        _paragraph(document, NATIONAL_TITLE, "national_title", "center")
        _underlined(document, NATIONAL_MOTTO, "national_motto", 0.36)
        return
    left_mm = TEXT_MM * 0.41
    left, right = _two_blocks(document, left_mm)
    _first(left, head.parent or head.body, "parent_body" if head.parent else "issuing_body")
    if head.parent:
        _paragraph(left, head.body, "issuing_body", "center")
    _rule_in(left, left_mm, 0.4)
    _paragraph(left, head.number, "number_symbol", "center", after=6)
    if head.subject:
        _paragraph(left, head.subject, "letter_abstract", "center", after=6)
    _first(right, NATIONAL_TITLE, "national_title")
    _paragraph(right, NATIONAL_MOTTO, "national_motto", "center")
    _rule_in(right, TEXT_MM - left_mm, 0.62)
    _paragraph(right, head.place_date, "place_date", "center", after=6)


def _line(document: Any, line: Line) -> None:
    if line.rule:
        _underlined(document, line.text, line.element, 0.3)
        return
    body = line.element in ("body", "legal_basis", "addressee", "form_part")
    paragraph = _paragraph(document, line.text, line.element, line.align, after=6 if body else 2)
    if line.indent:
        paragraph.paragraph_format.first_line_indent = Mm(10)
    paragraph.paragraph_format.keep_with_next = line.element == "report_section"


def _article(document: Any, article: Article) -> None:
    paragraph = _paragraph(document, "", "body", "justify", after=6)
    paragraph.paragraph_format.first_line_indent = Mm(10)
    _run(paragraph, f"{article.name} ", "body", bold=True)
    _run(paragraph, article.text, "body")


def _field(document: Any, field: Field) -> None:
    paragraph = _paragraph(document, f"{field.label}: ", "body", "left", after=4)
    _run(paragraph, field.value or "…" * 20, "body")


def _abreast(document: Any, block: Abreast) -> None:
    row = document.add_table(rows=1, cols=len(block.parts))
    _widths(row, [TEXT_MM * part.share / 100 for part in block.parts])
    for cell, part in zip(row.rows[0].cells, block.parts, strict=True):
        cell.paragraphs[0].paragraph_format.space_after = Pt(2)
        _run(cell.paragraphs[0], part.text, "table")


def _table(document: Any, table: Table) -> None:
    made = document.add_table(rows=1, cols=len(table.columns))
    made.style = "Table Grid"
    _narrow_margins(made)
    widths = _fitted(document, table)
    _widths(made, widths)
    _row(made.rows[0], [column.title for column in table.columns], table, widths, head=True)
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    made.rows[0]._tr.get_or_add_trPr().append(repeated)
    for row in table.rows:
        _row(made.add_row(), row, table, widths)
    _paragraph(document, "", "recipients_list", "left")


def _narrow_margins(table: Any) -> None:
    """As in the PDF: the usual ones break a date or a sum that would just fit."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(CELL_MARGIN_TWIPS))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    properties = table._tbl.tblPr
    look = properties.find(qn("w:tblLook"))
    properties.append(margins) if look is None else look.addprevious(margins)


def _fitted(document: Any, table: Table) -> list[float]:
    """Columns that ask for more than the page has share what there is, as in the PDF."""
    asked = [float(column.width_mm) for column in table.columns]
    scale = min(1.0, _text_mm(document) / sum(asked))
    return [width * scale for width in asked]


def _row(
    row: Any, texts: Any, table: Table, widths: Sequence[float], *, head: bool = False
) -> None:
    for cell, text, column, width in zip(row.cells, texts, table.columns, widths, strict=True):
        cell.width = Mm(width)
        paragraph = cell.paragraphs[0]
        paragraph.alignment = ALIGN["center" if head else column.align]
        paragraph.paragraph_format.space_after = Pt(0)
        _run(paragraph, text, table.element, bold=head)


def _signature(document: Any, signature: Signature) -> None:
    left, right = _two_blocks(document, _text_mm(document) * SIGN_LEFT)
    if signature.recipients:
        paragraph = left.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(0)
        _run(paragraph, "Nơi nhận:", "recipients_word")
        for text in signature.recipients:
            _paragraph(left, text, "recipients_list", "left")
    lines = [(text, "signer_title") for text in signature.above]
    if signature.place_date:
        lines = [(signature.place_date, "place_date"), *lines]
    if signature.hint:
        lines.append((signature.hint, "place_date"))
    _first(right, *lines[0])
    for text, element in lines[1:]:
        _paragraph(right, text, element, "center")
    for _ in range(signature.room_mm // 6):
        _paragraph(right, "", "body", "center")
    _paragraph(right, signature.name, "signer_name", "center")


def _signers(document: Any, signers: Signers) -> None:
    table = document.add_table(rows=1, cols=len(signers.titles))
    _widths(table, [_text_mm(document) / len(signers.titles)] * len(signers.titles))
    for cell, title in zip(table.rows[0].cells, signers.titles, strict=True):
        _first(cell, title, "signer_title")
        for _ in range(signers.room_mm // 6):
            _paragraph(cell, "", "body", "center")


def _annex(document: Any, annex: Annex) -> None:
    """A section of its own, whose first page is numbered 1 and does not show it."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    _turn(section, landscape=annex.landscape)
    if section._sectPr.find(qn("w:pgNumType")) is not None:
        return  # taken over from the annex before
    number = OxmlElement("w:pgNumType")
    number.set(qn("w:start"), "1")
    # Where the schema wants it; Word refuses a file that has it elsewhere.
    section._sectPr.find(qn("w:pgMar")).addnext(number)


_WRITE: dict[type, Any] = {
    Head: _head,
    Line: _line,
    Article: _article,
    Field: _field,
    Abreast: _abreast,
    Table: _table,
    Signature: _signature,
    Signers: _signers,
    Annex: _annex,
}

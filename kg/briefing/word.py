"""Convert a briefing to a Word document."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from kg.briefing.content import Briefing, Section, Table, column_widths
from kg.charts.files import to_png
from kg.charts.svg import chart_size
from kg.errors import optional_imports
from kg.palette import LIGHT

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

# The fonts for Latin letters and for Chinese.
_LATIN, _CHINESE = "Calibri", "微软雅黑"


def to_word(briefing: Briefing) -> bytes:
    """Convert a briefing to a Word document: headline, figures, and sections with sentences.

    Raises:
        InputError: python-docx or typst is not installed.
    """
    with optional_imports("Word: needs python-docx", "briefing"):
        import docx
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Cm, Pt
    document = docx.Document()
    for section in document.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.3)
        section.top_margin = section.bottom_margin = Cm(2)
    _set_fonts(document)
    document.core_properties.title = briefing.title
    document.core_properties.author = "taskkg"
    document.core_properties.language = "en" if briefing.english else "zh-CN"
    document.add_heading(briefing.title, 0)
    message = document.add_paragraph()
    run = message.add_run(briefing.message)
    run.bold, run.font.size = True, Pt(15)
    figures = document.add_paragraph()
    for at, (value, label) in enumerate(briefing.figures):
        figures.add_run("    " if at else "")
        number = figures.add_run(value)
        number.bold, number.font.size = True, Pt(18)
        figures.add_run(f" {label}")
    for part in briefing.sections:
        _add_section(document, part)
    source = document.add_paragraph(
        f"{'Source: ' if briefing.english else '来源：'}{briefing.source}"
    )
    _use_quiet_colour(source)
    foot = document.sections[0].footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    foot.add_run(f"{briefing.title}  ")
    _add_page_number(foot)
    _use_quiet_colour(foot)
    output = BytesIO()
    document.save(output)
    return output.getvalue()


def _add_section(document: Document, section: Section) -> None:
    from docx.shared import Cm, Pt

    document.add_heading(section.title, 1)
    message = document.add_paragraph(section.message)
    if section.chart is not None:
        message.paragraph_format.keep_with_next = True
        width, height = chart_size(section.chart)
        # As wide as the text, but low enough to fit below the message.
        scale = min(16.4 / width, 20 / height)
        document.add_picture(BytesIO(to_png(section.chart)), width=Cm(width * scale))
    for point in section.points:
        line = document.add_paragraph(point.text, style="List Bullet")
        line.paragraph_format.keep_with_next = bool(point.quotes)
        for quote in point.quotes:
            paragraph = document.add_paragraph()
            paragraph.paragraph_format.left_indent = Cm(1.3)
            paragraph.paragraph_format.space_after = Pt(4)
            said = paragraph.add_run(f"“{quote.sentence}”")
            said.font.size = Pt(9.5)
            paragraph.add_run(f"  {quote.source}").font.size = Pt(8.5)
            _use_quiet_colour(paragraph)
    if section.table:
        _add_table(document, section.table)


def _add_table(document: Document, data: Table) -> None:
    from docx.shared import Cm, Pt

    table = document.add_table(rows=1, cols=len(data.columns), style="Light List Accent 1")
    table.autofit = False
    for cell, name in zip(table.rows[0].cells, data.columns, strict=True):
        cell.text = name
    for row in data.rows:
        for cell, value in zip(table.add_row().cells, row, strict=True):
            cell.text = value
    widths = column_widths(data, 16.4)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    _repeat_header(table)
    for cells in table.rows:
        for cell, width in zip(cells.cells, widths, strict=True):
            cell.width = Cm(width)
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.space_after = Pt(0)
                for run in paragraph.runs:
                    run.font.size = Pt(9.5)
    document.add_paragraph()


def _add_page_number(paragraph: Paragraph) -> None:
    """Add a page number field."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    run = paragraph.add_run()
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        part.text = text or None
        run._r.append(part)


def _repeat_header(table: Any) -> None:  # noqa: ANN401  (python-docx has no type for it)
    """Repeat the header row on each page, and do not split rows across pages."""
    from docx.oxml import OxmlElement

    for at, row in enumerate(table.rows):
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if at == 0:
            properties.append(OxmlElement("w:tblHeader"))


def _set_fonts(document: Document) -> None:
    """Set a font for Chinese in all styles; without it Word uses a serif font."""
    from docx.oxml.ns import qn
    from docx.shared import RGBColor

    for name in ("Normal", "Title", "Heading 1", "List Bullet"):
        style: Any = document.styles[name]
        style.font.name = _LATIN
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for kind in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(kind), None)
        fonts.set(qn("w:eastAsia"), _CHINESE)
        language = style.element.rPr.makeelement(qn("w:lang"), {qn("w:eastAsia"): "zh-CN"})
        style.element.rPr.append(language)
        if name not in ("Normal", "List Bullet"):
            style.font.color.rgb = RGBColor(*bytes.fromhex(LIGHT["accent"][1:]))


def _use_quiet_colour(paragraph: Paragraph) -> None:
    from docx.shared import RGBColor

    for run in paragraph.runs:
        run.font.color.rgb = RGBColor(*bytes.fromhex(LIGHT["quiet"][1:]))

"""Write tables in the formats of office programs, with other libraries than those that read them.

Where only one library knows a format well, LibreOffice writes it.
"""

from __future__ import annotations

import csv
import math
import subprocess
from collections.abc import Callable, Sequence
from itertools import groupby, pairwise
from pathlib import Path
from xml.sax.saxutils import escape

from docx import Document
from docx.enum.section import WD_ORIENT
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Side
from openpyxl.worksheet.worksheet import Worksheet
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

Rows = Sequence[Sequence[str]]

TITLE = "江汉区2019年政府工作报告责任事项进展情况（截至2019年10月底）"
_WIDTHS = (5, 12, 12, 40, 70, 16)
_RULE = Side(style="thin")


def dataset_rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def write_xlsx(path: Path, rows: Rows, ruled: bool = True, title: str = TITLE) -> Path:
    """Write a workbook: a title over all columns, and category cells merged where they repeat."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.append([title])
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(rows[0]))
    for row in rows:
        sheet.append([int(text) if text.isdecimal() else text for text in row])
    for column in (2, 3):
        numbered = enumerate(rows[1:], start=3)
        for _, group in groupby(numbered, key=lambda pair: pair[1][1:column]):
            places = [place for place, _ in group]
            if len(places) > 1:
                sheet.merge_cells(
                    start_row=places[0],
                    end_row=places[-1],
                    start_column=column,
                    end_column=column,
                )
    for cells in sheet.iter_rows():
        for cell in cells:
            if ruled:
                cell.border = Border(left=_RULE, right=_RULE, top=_RULE, bottom=_RULE)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for letter, width in zip("ABCDEF", _WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    for place, row in enumerate(rows[1:], start=3):
        lines = max(math.ceil(2 * len(t) / w) for t, w in zip(row, _WIDTHS, strict=True))
        sheet.row_dimensions[place].height = 14 * (lines + 1)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "2:2"
    book.save(path)
    return path


def write_docx(path: Path, rows: Rows, title: str = TITLE) -> Path:
    """Write a document: a title, a table with merged category cells, and a line below it."""
    word = Document()
    section = word.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    word.add_heading(title, 0)
    table = word.add_table(rows=len(rows), cols=len(rows[0]))
    table.style = "Table Grid"
    for cells, row in zip(table.rows, rows, strict=True):
        for cell, text in zip(cells.cells, row, strict=True):
            cell.text = text
    for column in (1, 2):
        starts = [
            place
            for place in range(1, len(rows) + 1)
            if place in (1, len(rows))
            or rows[place][1 : column + 1] != rows[place - 1][1 : column + 1]
        ]
        for start, end in pairwise(starts):
            for place in range(start + 1, end):
                table.cell(place, column).text = ""
            text = rows[start][column]
            table.cell(start, column).merge(table.cell(end - 1, column)).text = text
    word.add_paragraph(f"{title.partition('区')[0]}区人民政府办公室")
    word.save(str(path))
    return path


def write_html(path: Path, rows: Rows, title: str = TITLE) -> Path:
    """Write a web page: menus around the title and a table with rowspans."""
    lines: list[str] = []
    for place, row in enumerate(rows):
        cells = []
        for column, text in enumerate(row):
            span = 1
            if place and column in (1, 2):
                key = row[1 : column + 1]
                if place > 1 and rows[place - 1][1 : column + 1] == key:
                    continue
                while place + span < len(rows) and rows[place + span][1 : column + 1] == key:
                    span += 1
            cells.append(f'<td rowspan="{span}"><p>{text}</p></td>')
        lines.append(f"<tr>{''.join(cells)}</tr>")
    table = "\n".join(lines)
    path.write_text(
        f"""<!DOCTYPE html><html><head>
<title>人民政府门户网站</title><style>td {{}}</style></head>
<body><nav><a href="/">首页</a> <a href="/xxgk">信息公开</a></nav>
<table><tr><td><h1>{title}</h1></td></tr><tr><td>
<table border="1">
{table}
</table></td></tr></table>
<footer>版权所有 人民政府 备案号12345</footer>
<script>var table = "<td>";</script></body></html>
""",
        encoding="utf-8",
    )
    return path


def write_markdown(path: Path, rows: Rows, title: str = TITLE) -> Path:
    head, *body = ["| " + " | ".join(row) + " |" for row in rows]
    rule = "|" + " --- |" * len(rows[0])
    path.write_text("\n".join([f"# {title}", "", head, rule, *body, ""]), encoding="utf-8")
    return path


def write_tsv(path: Path, rows: Rows, title: str = TITLE) -> Path:
    lines = [title, *("\t".join(row) for row in rows)]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def write_pdf(path: Path, rows: Rows, title: str = TITLE) -> Path:
    """Write a ruled table over pages, its header on each, in a font that is not embedded."""
    font = "STSong-Light"
    registerFont(UnicodeCIDFont(font))
    style = ParagraphStyle("cell", fontName=font, fontSize=8, leading=10, wordWrap="CJK")
    head = ParagraphStyle("title", style, fontSize=14, leading=20, alignment=TA_CENTER)
    cells = [[Paragraph(escape(text), style) for text in row] for row in rows]
    table = Table(
        cells,
        colWidths=[5 * width for width in _WIDTHS],
        repeatRows=1,
        style=[("GRID", (0, 0), (-1, -1), 0.5, "black"), ("VALIGN", (0, 0), (-1, -1), "TOP")],
    )
    # The bytes must not depend on the time.
    SimpleDocTemplate(str(path), pagesize=landscape(A4), invariant=1).build(
        [Paragraph(escape(title), head), table]
    )
    return path


def convert(soffice: str, path: Path, suffix: str, filters: str = "") -> Path:
    """Convert a file with LibreOffice to another format, in the same folder."""
    command = [soffice, "--headless", f"-env:UserInstallation=file://{path.parent}/profile"]
    command += ["--convert-to", suffix + filters, "--outdir", str(path.parent), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return path.with_suffix(f".{suffix}")


# Names of files, each with the function that writes it.
WRITERS: list[tuple[str, Callable[..., Path]]] = [
    ("report.xlsx", write_xlsx),
    ("report.docx", write_docx),
    ("report.html", write_html),
    ("report.md", write_markdown),
    ("report.tsv", write_tsv),
]

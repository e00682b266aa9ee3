"""Write workbooks in the XML of Excel 2003."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from string import ascii_uppercase
from xml.sax.saxutils import escape, quoteattr

_URN = "urn:schemas-microsoft-com:office:"


def cell(value: object, attributes: str = "", kind: str = "String") -> str:
    """Return a cell with one value and these attributes."""
    return f'<Cell {attributes}><Data ss:Type="{kind}">{escape(str(value))}</Data></Cell>'


def workbook(sheets: str, styles: str = "", encoding: str = "utf-8") -> str:
    return (
        f'<?xml version="1.0" encoding="{encoding}"?>\n<?mso-application progid="Excel.Sheet"?>\n'
        f'<Workbook xmlns="{_URN}spreadsheet" xmlns:ss="{_URN}spreadsheet" xmlns:x="{_URN}excel">'
        f'<DocumentProperties xmlns="{_URN}office"><Title>锦江区2022年重点任务</Title>'
        f"</DocumentProperties><Styles>{styles}</Styles>{sheets}</Workbook>"
    )


def write_rows(
    path: Path, rows: Sequence[Sequence[object]], formats: Mapping[str, str] | None = None
) -> Path:
    """Write a workbook of one sheet with these rows, and number formats by cell name."""
    formats = formats or {}
    lines = []
    for place, row in enumerate(rows, start=1):
        cells = ""
        for letter, value in zip(ascii_uppercase, row, strict=False):
            kind = "Number" if isinstance(value, (int, float)) else "String"
            name = f"{letter}{place}"
            style = f'ss:StyleID="{name}"' if name in formats else ""
            cells += cell(value, style, "Error" if str(value).startswith("#") else kind)
        lines.append(f"<Row>{cells}</Row>")
    styles = "".join(
        f'<Style ss:ID="{name}"><NumberFormat ss:Format={quoteattr(told)}/></Style>'
        for name, told in formats.items()
    )
    sheet = f'<Worksheet ss:Name="任务"><Table>{"".join(lines)}</Table></Worksheet>'
    path.write_text(workbook(sheet, styles), encoding="utf-8")
    return path

"""Write tables as Excel workbooks, if openpyxl is installed (`taskkg[office]`)."""

from __future__ import annotations

from importlib.util import find_spec
from io import BytesIO

from kg.errors import optional_imports
from kg.tables import Answer, escape_formula

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# The widest column, and the most characters in a cell of Excel.
_WIDEST, _LONGEST = 60, 32_767
_ROWS_LOOKED_AT = 200


def can_write_xlsx() -> bool:
    """Return whether openpyxl is installed."""
    return find_spec("openpyxl") is not None


def to_xlsx(answer: Answer, title: str) -> bytes:
    """Return a table as a workbook of one sheet, with a frozen header row.

    Args:
        answer: The table.
        title: The sheet's name; characters that Excel does not allow are removed.

    Raises:
        InputError: openpyxl is not installed.
    """
    with optional_imports("XLSX: needs openpyxl", "office"):
        from openpyxl import Workbook
        from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
        from openpyxl.styles import Alignment, Font

    def cell(value: object) -> object:
        if not isinstance(value, str):
            return value
        return escape_formula(ILLEGAL_CHARACTERS_RE.sub("", value))[:_LONGEST]

    book = Workbook()
    sheet = book.active
    sheet.title = "".join(sign for sign in title if sign not in "[]:*?/\\'")[:31] or "taskkg"
    sheet.append(list(answer.fields))
    for row in answer.rows:
        sheet.append([cell(value) for value in row])
    for column in sheet.iter_cols(max_row=min(_ROWS_LOOKED_AT, len(answer.rows) + 1)):
        longest = max(len(str(one.value or "")) for one in column)
        sheet.column_dimensions[column[0].column_letter].width = min(2 * longest + 2, _WIDEST)
    wrapped = Alignment(vertical="top", wrap_text=True)
    for line in sheet.iter_rows():
        for one in line:
            one.alignment = wrapped
    for one in sheet[1]:
        one.font = Font(bold=True)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    output = BytesIO()
    book.save(output)
    return output.getvalue()

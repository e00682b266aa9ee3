"""Tables as files that people take with them: CSV, and a workbook where openpyxl is there."""

from __future__ import annotations

import re
from importlib.util import find_spec
from io import BytesIO

from starlette.responses import Response

from kg.errors import InputError
from kg.tables import Answer, harmless, to_csv

_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ODD = re.compile(r"[^A-Za-z0-9]+")
# What a cell of Excel holds at most.
_MOST = 32_767
_WIDEST = 60


def formats() -> tuple[str, ...]:
    """Return the endings of the files that can be made: `xlsx` needs `taskkg[office]`."""
    return ("csv", "xlsx") if find_spec("openpyxl") else ("csv",)


def download(answer: Answer, name: str, ending: str, headings: tuple[str, ...]) -> Response:
    """Return a table as a file.

    Args:
        answer: The table.
        name: The file's name without its ending; what is no letter of ASCII becomes a hyphen.
        ending: `csv` or `xlsx`.
        headings: What people call its columns; a workbook has these, CSV their stable names.

    Raises:
        InputError: There is no such format, or openpyxl is not installed.
    """
    if ending not in ("csv", "xlsx"):
        raise InputError(f"“{ending}” is no format of tables; there are csv and xlsx")
    if ending not in formats():
        raise InputError("a workbook needs the extra taskkg[office]; csv can be had without it")
    # Excel takes UTF-8 without a mark for another encoding.
    content = to_xlsx(answer, headings) if ending == "xlsx" else to_csv(answer).encode("utf-8-sig")
    file = _ODD.sub("-", name)
    headers = {"Content-Disposition": f'attachment; filename="{file}.{ending}"'}
    media = _SHEET if ending == "xlsx" else "text/csv; charset=utf-8"
    return Response(content, headers=headers, media_type=media)


def to_xlsx(answer: Answer, headings: tuple[str, ...]) -> bytes:
    """Return a table as a workbook of one sheet, its first line kept in sight.

    Texts that a spreadsheet would take for a formula begin with an apostrophe, as in CSV.
    """
    from openpyxl import Workbook
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.freeze_panes = "A2"
    for at, heading in enumerate(headings):
        texts = (str(row[at] or "") for row in answer.rows[:100])
        longest = max((len(text) for text in (heading, *texts)), default=0)
        # Chinese characters are twice as wide as digits.
        width = min(2 * longest + 2, _WIDEST)
        sheet.column_dimensions[get_column_letter(at + 1)].width = width
    sheet.append(list(headings))
    for row in answer.rows:
        sheet.append(
            [
                harmless(ILLEGAL_CHARACTERS_RE.sub("", value))[:_MOST]
                if isinstance(value, str)
                else value
                for value in row
            ]
        )
    file = BytesIO()
    book.save(file)
    return file.getvalue()

"""Tables to download: CSV, and a workbook if openpyxl is installed."""

from __future__ import annotations

import re

from starlette.responses import Response

from kg.server.http.problems import Problem
from kg.server.http.responses import content_disposition
from kg.spreadsheet import MEDIA_TYPE, can_write_xlsx, to_xlsx
from kg.tables import Answer, to_csv

_NOT_ASCII_NAME = re.compile(r"[^A-Za-z0-9]+")


def table_formats() -> tuple[str, ...]:
    """Return the endings of files that can be made; `xlsx` needs `taskkg[office]`."""
    return ("csv", "xlsx") if can_write_xlsx() else ("csv",)


def table_file(
    answer: Answer, name: str, ending: str, headings: tuple[str, ...], title: str
) -> Response:
    """Return a table as a file.

    Args:
        answer: The table.
        name: The file's name without its ending; other characters than ASCII letters and digits
            are replaced with hyphens.
        ending: `csv` or `xlsx`.
        headings: Labels of the columns for a workbook; CSV has their names.
        title: Title of the table, and the file's name for people.

    Raises:
        Problem: There is no such format, or openpyxl is not installed.
    """
    if ending not in ("csv", "xlsx"):
        raise Problem(
            404,
            f"“{ending[:20]}” is not a format of tables; use csv or xlsx.",
            zh=f"没有“{ending[:20]}”这种表格格式，可以下载 CSV 或 XLSX。",
        )
    if ending not in table_formats():
        raise Problem(
            501,
            "XLSX needs openpyxl on the server: pip install taskkg[office].",
            zh="服务器没有安装生成 XLSX 的组件，请改为下载 CSV。",
        )
    content: str | bytes
    if ending == "xlsx":
        content = to_xlsx(Answer(headings, answer.rows), title)
    else:
        # Without a byte-order mark, Excel does not recognise UTF-8.
        content = to_csv(answer).encode("utf-8-sig")
    media = MEDIA_TYPE if ending == "xlsx" else "text/csv; charset=utf-8"
    plain = f"{_NOT_ASCII_NAME.sub('-', name)}.{ending}"
    headers = content_disposition(plain, f"{title or name}.{ending}")
    return Response(content, headers=headers, media_type=media)

"""Measure how the time of reading and extraction grows with the size of the input, by kind.

usage: python -m benchmarks.growth [--kind html-nested]

Each kind of file and cell is made in two sizes, the second eight times the first. The ratio is
about 8 for linear time and 64 for quadratic time. Refused files are listed with the reason.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from kg.errors import InputError
from kg.reading import read
from tests.extraction.rows import facts_of
from tests.extraction.test_linear import SENTENCE
from tests.reading import excel_xml, odf, office
from tests.reading.drawing import draw_table

TIMES = 8
_HEAD = ["序号", "一级类目", "二级类目", "工作任务", "进展情况", "责任单位"]
_TITLE = "青禾区2023年政府工作报告任务进展情况（截至2023年9月底）"
_CELLS = ("1.", "的", "柳园路、", "《某某办法》", "（一）", "20余家", SENTENCE)


def table_rows(count: int) -> list[list[str]]:
    """Return the rows of a table."""
    return [
        _HEAD,
        *(
            [str(at + 1), "民生", "教育", f"新建学校{at + 1}所。", "已完成选址。", "教育局"]
            for at in range(count)
        ),
    ]


def write_html(path: Path, body: str) -> Path:
    """Write an HTML page with a body and a table of three rows."""
    table = "".join(
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in table_rows(3)
    )
    path.write_text(f"<h1>{_TITLE}</h1>{body}<table>{table}</table>", encoding="utf-8")
    return path


def write_lines(path: Path, *lines: str) -> Path:
    """Write a text file."""
    path.write_text("\n".join((_TITLE, *lines)), encoding="utf-8")
    return path


def write_csv(path: Path, size: int) -> Path:
    """Write a CSV file."""
    return write_lines(path, *(",".join(row) for row in table_rows(size)))


def write_prose(path: Path, size: int) -> Path:
    """Write a list of tasks."""
    return write_lines(
        path,
        *(f"{at + 1}. 新建学校{at + 1}所，已完成选址。（责任单位：教育局）" for at in range(size)),
    )


def draw_rules(path: Path, size: int) -> Path:
    """Draw a table and a grid of rules with `size` crossings."""
    each = round(size**0.5)
    gap = 400 / each

    def grid(canvas: Canvas) -> None:
        for at in range(each):
            canvas.line(40, 100 + at * gap, 440, 100 + at * gap)
            canvas.line(40 + at * gap, 100, 40 + at * gap, 500)

    return draw_table(path, grid)


def draw_letters(path: Path, size: int) -> Path:
    """Draw a table and `size` letters at one place."""

    def letters(canvas: Canvas) -> None:
        for _ in range(size):
            canvas.drawString(50, 50, "x")

    return draw_table(path, letters)


# By kind: the file's suffix, the function that writes it, and the smaller size.
FILES: dict[str, tuple[str, Callable[[Path, int], Path], int]] = {
    "csv-rows": ("csv", write_csv, 1000),
    "csv-cell": (
        "csv",
        lambda p, n: write_lines(p, ",".join(_HEAD), f"1,民生,教育,{'1.' * n},已,局"),
        20_000,
    ),
    "txt-prose": ("txt", write_prose, 100),
    "html-rows": ("html", lambda p, n: office.write_html(p, table_rows(n), _TITLE), 500),
    "html-nested": ("html", lambda p, n: write_html(p, "<font>" * n), 100),
    "html-spans": ("html", lambda p, n: write_html(p, f"<p>{'<b>学校</b>' * n}</p>"), 2000),
    "xlsx-rows": ("xlsx", lambda p, n: office.write_xlsx(p, table_rows(n), title=_TITLE), 300),
    "xls-rows": ("xls", lambda p, n: excel_xml.write_rows(p, [[_TITLE], *table_rows(n)]), 500),
    "ods-rows": (
        "ods",
        lambda p, n: odf.write_ods(p, odf.rows_of([[_TITLE], *table_rows(n)])),
        300,
    ),
    "docx-rows": ("docx", lambda p, n: office.write_docx(p, table_rows(n), _TITLE), 50),
    "pdf-rows": ("pdf", lambda p, n: office.write_pdf(p, table_rows(n), _TITLE), 50),
    "pdf-rules": ("pdf", draw_rules, 200),
    "pdf-letters": (
        "pdf",
        lambda p, n: draw_table(p, lambda canvas: canvas.drawString(50, 50, "x" * n)),
        1000,
    ),
    "pdf-one-place": ("pdf", draw_letters, 1000),
}


def reading_time(kind: str, size: int) -> tuple[float, str]:
    """Return the seconds that reading a file takes, and why it is refused, or an empty string."""
    ending, write, _ = FILES[kind]
    with tempfile.TemporaryDirectory() as folder:
        path = write(Path(folder) / f"t.{ending}", size)
        least, refused = float("inf"), ""
        for _ in range(2):
            start = time.process_time()
            try:
                read(path)
            except InputError as error:
                refused = str(error).removeprefix(f"{path}: ")[:60]
            least = min(least, time.process_time() - start)
        return least, refused


def extraction_time(text: str) -> float:
    """Return the shortest processor time of three extractions from a text, without the cache."""
    least = float("inf")
    for _ in range(3):
        with tempfile.TemporaryDirectory() as folder:
            os.environ["TASKKG_CACHE"] = folder
            start = time.process_time()
            facts_of(("", text))
            least = min(least, time.process_time() - start)
    return least


def main() -> None:
    """Print the times of both sizes and their ratio for each kind."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--kind", choices=FILES)
    given = parser.parse_args()
    print(f"kind | seconds | {TIMES} times the size | ratio")
    for kind in [given.kind] if given.kind else FILES:
        size = FILES[kind][2]
        reading_time(kind, size // 2)
        (short, _), (long, refused) = reading_time(kind, size), reading_time(kind, size * TIMES)
        remark = f" | refused: {refused}" if refused else ""
        print(f"{kind} | {short:.3f} | {long:.3f} | {long / short:.1f}{remark}", flush=True)
    if given.kind:
        return
    extraction_time("柳园")
    for unit in _CELLS:
        repeated = unit * (1_200 // len(unit))
        short, long = extraction_time(repeated), extraction_time(repeated * TIMES)
        print(f"cell of {unit[:8]} | {short:.3f} | {long:.3f} | {long / short:.1f}", flush=True)


if __name__ == "__main__":
    main()

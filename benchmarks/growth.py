"""How the time of reading and extraction grows with the size of what is read, kind by kind.

usage: python -m benchmarks.growth [--kind html-nested]

Each kind of file and of cell is made in two sizes, the second eight times the first. Linear time is
a ratio of about 8, quadratic time one of 64. What is refused is refused at once, and says so.
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


def rows(count: int) -> list[list[str]]:
    """Return the rows of a table."""
    return [
        _HEAD,
        *(
            [str(at + 1), "民生", "教育", f"新建学校{at + 1}所。", "已完成选址。", "教育局"]
            for at in range(count)
        ),
    ]


def write_html(path: Path, body: str) -> Path:
    """Write a page with a table of three rows behind something else."""
    table = "".join(
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows(3)
    )
    path.write_text(f"<h1>{_TITLE}</h1>{body}<table>{table}</table>", encoding="utf-8")
    return path


def write_lines(path: Path, *lines: str) -> Path:
    """Write a text."""
    path.write_text("\n".join((_TITLE, *lines)), encoding="utf-8")
    return path


def csv_rows(path: Path, size: int) -> Path:
    """Write a table of CSV."""
    return write_lines(path, *(",".join(row) for row in rows(size)))


def prose(path: Path, size: int) -> Path:
    """Write a list of tasks."""
    return write_lines(
        path,
        *(f"{at + 1}. 新建学校{at + 1}所，已完成选址。（责任单位：教育局）" for at in range(size)),
    )


def rules(path: Path, size: int) -> Path:
    """Draw a table and a grid of rules that cross at as many places."""
    each = round(size**0.5)
    gap = 400 / each

    def grid(canvas: Canvas) -> None:
        for at in range(each):
            canvas.line(40, 100 + at * gap, 440, 100 + at * gap)
            canvas.line(40 + at * gap, 100, 40 + at * gap, 500)

    return draw_table(path, grid)


def one_place(path: Path, size: int) -> Path:
    """Draw a table and as many letters at one place."""

    def letters(canvas: Canvas) -> None:
        for _ in range(size):
            canvas.drawString(50, 50, "x")

    return draw_table(path, letters)


# What is written, by kind: the ending of the file, how it is written, and the smaller size.
FILES: dict[str, tuple[str, Callable[[Path, int], Path], int]] = {
    "csv-rows": ("csv", csv_rows, 1000),
    "csv-cell": (
        "csv",
        lambda p, n: write_lines(p, ",".join(_HEAD), f"1,民生,教育,{'1.' * n},已,局"),
        20_000,
    ),
    "txt-prose": ("txt", prose, 100),
    "html-rows": ("html", lambda p, n: office.write_html(p, rows(n), _TITLE), 500),
    "html-nested": ("html", lambda p, n: write_html(p, "<font>" * n), 100),
    "html-spans": ("html", lambda p, n: write_html(p, f"<p>{'<b>学校</b>' * n}</p>"), 2000),
    "xlsx-rows": ("xlsx", lambda p, n: office.write_xlsx(p, rows(n), title=_TITLE), 300),
    "xls-rows": ("xls", lambda p, n: excel_xml.write_rows(p, [[_TITLE], *rows(n)]), 500),
    "ods-rows": ("ods", lambda p, n: odf.write_ods(p, odf.rows_of([[_TITLE], *rows(n)])), 300),
    "docx-rows": ("docx", lambda p, n: office.write_docx(p, rows(n), _TITLE), 50),
    "pdf-rows": ("pdf", lambda p, n: office.write_pdf(p, rows(n), _TITLE), 50),
    "pdf-rules": ("pdf", rules, 200),
    "pdf-letters": (
        "pdf",
        lambda p, n: draw_table(p, lambda canvas: canvas.drawString(50, 50, "x" * n)),
        1000,
    ),
    "pdf-one-place": ("pdf", one_place, 1000),
}


def reading_time(kind: str, size: int) -> tuple[float, str]:
    """Return the seconds that a file takes, and why it is refused, or an empty text."""
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
    """Return the least processor time of three extractions of a text that was not read before."""
    least = float("inf")
    for _ in range(3):
        with tempfile.TemporaryDirectory() as folder:
            os.environ["TASKKG_CACHE"] = folder
            start = time.process_time()
            facts_of(("", text))
            least = min(least, time.process_time() - start)
    return least


def main() -> None:
    """Print the time of both sizes and their ratio for each kind."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--kind", choices=FILES)
    given = parser.parse_args()
    print(f"kind | seconds | of {TIMES} times as much | ratio")
    for kind in [given.kind] if given.kind else FILES:
        size = FILES[kind][2]
        reading_time(kind, size // 2)
        (short, _), (long, refused) = reading_time(kind, size), reading_time(kind, size * TIMES)
        told = f" | refused: {refused}" if refused else ""
        print(f"{kind} | {short:.3f} | {long:.3f} | {long / short:.1f}{told}", flush=True)
    if given.kind:
        return
    extraction_time("柳园")
    for unit in _CELLS:
        repeated = unit * (1_200 // len(unit))
        short, long = extraction_time(repeated), extraction_time(repeated * TIMES)
        print(f"cell of {unit[:8]} | {short:.3f} | {long:.3f} | {long / short:.1f}", flush=True)


if __name__ == "__main__":
    main()

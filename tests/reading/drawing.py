"""Draw a small ruled table, and other things, on a page of a PDF."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfgen.canvas import Canvas

from kg.reading.structure.document import Document, Table

FONT = "STSong-Light"
TITLE = "西湖区2021年重点工作推进情况（截至2021年6月底）"
EDGES = (40, 80, 260, 440, 550)
ROWS = (
    ("序号", "工作任务", "进展情况", "责任单位"),
    ("1", "新建学校11所。", "已完成选址5处。", "区教育局"),
    ("2", "改造老旧小区22个。", "已完成8.5%。", "区住建局、区民政局"),
    ("3", "建设公园绿地3处。", "已建成2处。", "区园林局"),
)
TOP, HIGH = 770, 30

Draw = Callable[[Canvas], None]
Write = Callable[[Canvas, float, float, str], None]


def write(canvas: Canvas, x: float, y: float, text: str) -> None:
    canvas.drawString(x, y, text)


def draw_table(
    path: Path,
    *more: Draw,
    rows: Sequence[tuple[str, ...]] = ROWS,
    write: Write = write,
    upright: Sequence[float] = EDGES,
    level: Sequence[int] | None = None,
    edges: Sequence[float] = EDGES,
) -> Path:
    """Draw a title and a table.

    Args:
        path: The file.
        more: What else is drawn, after the table.
        rows: The cells.
        write: How a text is written.
        upright: Where upright rules stand.
        level: Below how many rows level rules stand; all.
        edges: Where the columns begin and end.
    """
    registerFont(UnicodeCIDFont(FONT))
    canvas = Canvas(str(path), invariant=1)
    canvas.setFont(FONT, 16)
    write(canvas, 100, 800, TITLE)
    for row, cells in enumerate(rows):
        canvas.setFont(FONT, 9)
        for left, text in zip(edges, cells, strict=False):
            write(canvas, left + 3, TOP - row * HIGH - 18, text)
    for row in range(len(rows) + 1) if level is None else level:
        canvas.line(edges[0], TOP - row * HIGH, edges[-1], TOP - row * HIGH)
    for x in upright:
        canvas.line(x, TOP, x, TOP - len(rows) * HIGH)
    for draw in more:
        canvas.saveState()
        draw(canvas)
        canvas.restoreState()
    canvas.save()
    return path


def shown(document: Document) -> tuple[list[str], list[list[tuple[str, ...]]]]:
    """Return the paragraphs and the tables of a document."""
    texts, tables = [], []
    for block in document.blocks:
        if isinstance(block, Table):
            tables.append([tuple(cell.text for cell in row) for row in block.rows])
        else:
            texts.append(block.text)
    return texts, tables

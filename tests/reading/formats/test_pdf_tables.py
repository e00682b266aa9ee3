"""Ruled tables of PDFs with open sides."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from kg.reading.formats.pdf import pages as pdf
from tests.reading.drawing import EDGES, FONT, ROWS, TITLE, draw_table, shown

FEWER = [row[1:3] for row in ROWS]


@pytest.mark.parametrize(
    ("upright", "level"),
    [
        (EDGES[1:], None),
        (EDGES[:-1], None),
        (EDGES[1:-1], None),
        (EDGES, (1, 2, 3)),
        (EDGES[1:-1], (1, 2, 3)),
    ],
    ids=["left", "right", "left and right", "above and below", "all around"],
)
def test_a_table_may_have_open_sides(
    upright: tuple[float, ...], level: tuple[int, ...] | None, tmp_path: Path
) -> None:
    path = draw_table(tmp_path / "t.pdf", upright=upright, level=level)
    assert shown(pdf.read(path)) == ([TITLE], [list(ROWS)])


def test_one_rule_separates_two_columns(tmp_path: Path) -> None:
    path = draw_table(tmp_path / "t.pdf", rows=FEWER, edges=(40, 260, 550), upright=(260,))
    assert shown(pdf.read(path)) == ([TITLE], [FEWER])


def test_open_tables_of_a_page_do_not_split_each_other(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont(FONT, 9)
        for row, cells in enumerate((("项目", "数量"), ("学校", "11"), ("小区", "22"))):
            y = 500 - 30 * row
            canvas.line(150, y, 350, y)
            canvas.drawString(155, y - 18, cells[0])
            canvas.drawString(305, y - 18, cells[1])
        canvas.line(150, 410, 350, 410)
        canvas.line(300, 500, 300, 410)

    path = draw_table(tmp_path / "t.pdf", draw, upright=EDGES[1:-1])
    second = [("项目", "数量"), ("学校", "11"), ("小区", "22")]
    assert shown(pdf.read(path)) == ([TITLE], [list(ROWS), second])


def test_the_axis_of_a_chart_is_not_a_table(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont(FONT, 9)
        for step in range(5):
            canvas.line(100, 300 + 30 * step, 400, 300 + 30 * step)
        canvas.line(100, 300, 100, 420)
        canvas.drawString(200, 340, "学校")

    assert shown(pdf.read(draw_table(tmp_path / "t.pdf", draw))) == ([TITLE, "学校"], [list(ROWS)])

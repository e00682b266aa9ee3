"""Tables over pages of a PDF with a repeated header without a rule below it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfgen.canvas import Canvas

from kg.reading import read

_EDGES = (40, 80, 260, 440, 550)
HEAD = ("序号", "工作任务", "进展情况", "责任单位")
ONE = ("1", "新建学校2所。", "已完成选址。", "区教育局")
BEGUN = ("2", "改造老旧小区12个，新建", "已完成8个小区的", "区住建局")
REST = ("", "停车位300个。", "改造，其余在建。", "")
ALMOST = ("2", "改造老旧小区12个，新建停车位300个。", "已完成8个小区的", "区住建局")
LAST = ("", "", "改造，其余在建。", "")
WHOLE = ("2", "改造老旧小区12个，新建停车位300个。", "已完成8个小区的改造，其余在建。", "区住建局")
THREE = ("3", "建设公园绿地3处。", "已建成2处。", "区园林局")


def write_pages(
    path: Path, pages: Sequence[Sequence[Sequence[tuple[str, ...]]]], remark: str
) -> Path:
    """Write a table over pages, with a remark above it on all pages but the first.

    Args:
        path: The file to write.
        pages: For each page, the rows between rules, each with lines of cells.
        remark: The remark.
    """
    registerFont(UnicodeCIDFont("STSong-Light"))
    canvas = Canvas(str(path), invariant=1)
    for page, rows in enumerate(pages):
        canvas.setFont("STSong-Light", 9)
        if not page:
            canvas.drawString(150, 800, "西湖区2021年重点工作推进情况（截至2021年6月底）")
        else:
            canvas.drawString(400, 800, remark)
        top = y = 780
        for lines in rows:
            canvas.line(_EDGES[0], y, _EDGES[-1], y)
            for cells in lines:
                for left, text in zip(_EDGES, cells, strict=False):
                    canvas.drawString(left + 3, y - 14, text)
                y -= 18
            y -= 4
        canvas.line(_EDGES[0], y, _EDGES[-1], y)
        for edge in _EDGES:
            canvas.line(edge, top, edge, y)
        canvas.showPage()
    canvas.save()
    return path


@pytest.mark.parametrize("remark", ["", "单位：项"])
@pytest.mark.parametrize(
    "pages",
    [
        [[[HEAD], [ONE], [BEGUN]], [[HEAD, REST], [THREE]]],
        [[[HEAD], [ONE], [BEGUN]], [[HEAD, REST]], [[HEAD, THREE]]],
        [[[HEAD], [ONE]], [[HEAD, BEGUN, REST], [THREE]]],
        [[[HEAD], [ONE]], [[HEAD, BEGUN, REST]], [[HEAD, THREE]]],
        [[[HEAD], [ONE], [ALMOST]], [[HEAD, LAST], [THREE]]],
    ],
    ids=["goes on", "nothing else", "begins", "one a page", "one cell"],
)
def test_rows_below_a_header_without_a_rule_are_kept(
    pages: list[list[list[tuple[str, ...]]]], remark: str, tmp_path: Path
) -> None:
    report = read(write_pages(tmp_path / "t.pdf", pages, remark), "330106")
    assert report.problems == ()
    assert [
        (str(t.number), t.task.text, t.progress.text, *(d.name for d in t.departments))
        for t in report.tasks
    ] == [ONE, WHOLE, THREE]

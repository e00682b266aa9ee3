from __future__ import annotations

from kg.reading.structure.document import Paragraph
from kg.reading.structure.flat_document import flatten_lines, flatten_paragraphs


def test_lines_keep_their_numbers() -> None:
    flat = flatten_lines(["标题", "", "1 建桥", "3座"])
    start = flat.text.index("建桥")
    cell = flat.cell(start, len(flat.text))
    assert (cell.text, cell.lines) == ("建桥3座", ((0, 3), (2, 4)))


def test_paragraphs_keep_their_line_numbers() -> None:
    flat = flatten_paragraphs([Paragraph("清单", 1), Paragraph("建校", 4), Paragraph("修路", 4)])
    assert flat.text == "清单\n建校\n修路\n"
    assert [flat.line_at(flat.text.index(word)) for word in ("清单", "建校", "修路")] == [1, 4, 4]


def test_bars_and_line_breaks_are_not_part_of_a_cell() -> None:
    flat = flatten_lines(["| 建桥 |", "| 3座 |"])
    assert flat.cell(0, len(flat.text)).text == "建桥3座"


def test_lines_that_begin_with_a_label_are_separated() -> None:
    flat = flatten_lines(["更换桥面", "及护栏", "总投资：1200万元"])
    cell = flat.cell(0, len(flat.text))
    assert cell.text == "更换桥面及护栏 总投资：1200万元"
    assert cell.line_at(cell.text.index("总")) == 3

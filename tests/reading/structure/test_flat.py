from __future__ import annotations

from kg.reading.document import Document, GridCell, Paragraph, Table
from kg.reading.structure.flat import flatten, flatten_lines


def test_lines_keep_their_numbers() -> None:
    flat = flatten_lines(["标题", "", "1 建桥", "3座"])
    start = flat.text.index("建桥")
    cell = flat.cell(start, len(flat.text))
    assert (cell.text, cell.lines) == ("建桥3座", ((0, 3), (2, 4)))


def test_cells_stand_between_bars_and_merged_ones_show_their_text_once() -> None:
    merged = GridCell("教育", 1), GridCell("教育", 1, continued=True)
    rows = ((merged[0], GridCell("建校", 1)), (merged[1], GridCell("修路", 2)))
    flat = flatten(Document((Paragraph("清单", 1), Table(rows))))
    assert flat.text == "清单\n教育 | 建校 |\n | 修路 |\n"
    place = flat.cell_at(flat.text.index("修路"))
    assert place is not None
    assert (place.table, place.row, place.column) == (0, 1, 1)
    assert flat.cell_at(0) is None


def test_bars_and_line_breaks_are_no_part_of_a_cell() -> None:
    flat = flatten_lines(["| 建桥 |", "| 3座 |"])
    assert flat.cell(0, len(flat.text)).text == "建桥3座"

from __future__ import annotations

from kg.reading.structure.tokens import Token, tokenize
from kg.reading.text_tables.merged_cells import merged_cell_texts


def column(*texts: str) -> list[list[Token]]:
    return [list(tokenize(["x", text]))[1:] for text in texts]


def test_text_in_the_first_row_of_its_cell() -> None:
    lines = column("经济", "发展", "", "", "民生", "")
    assert merged_cell_texts(lines, [0, 2, 4, 5]) == ["经济发展", "", "民生", ""]


def test_text_in_the_middle_of_its_cell() -> None:
    lines = column("", "", "经济", "", "", "", "民生", "", "")
    assert merged_cell_texts(lines, [0, 2, 3, 5, 7]) == ["经济", "", "", "民生", ""]


def test_text_on_the_border_of_two_rows() -> None:
    lines = column("", "", "经济", "发展", "", "", "", "", "民生", "保障", "", "")
    assert merged_cell_texts(lines, [0, 3, 6, 9]) == ["经济发展", "", "民生保障", ""]

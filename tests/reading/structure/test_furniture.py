from __future__ import annotations

import pytest

from kg.reading.structure.furniture import find_furniture, longest_rising_run


def rest(text: str) -> str:
    lines = text.split("\n")
    outside = find_furniture(lines, 0, 1)
    return "".join(line for index, line in enumerate(lines) if index and index not in outside)


@pytest.mark.parametrize(
    "mark",
    ["- 3 -", "— 12 —", "第 3 页 共 20 页", "第3页", "3/20", "Page 3 of 20", "共 20 页", "·3·"],
)
def test_page_marks_belong_to_the_page(mark: str) -> None:
    assert rest(f"题头\n1\n修路。\n{mark}\n2\n建校。") == "1修路。2建校。"


def test_bare_page_numbers_are_distinguished_from_row_numbers() -> None:
    assert rest("题头\n1\n甲\n2\n乙\n1\n3\n丙\n4\n丁\n2") == "1甲2乙3丙4丁"
    assert rest("题头\n1\n甲\n2\n乙\n2019\n3\n丙") == "1甲2乙20193丙"


def test_repeated_header_belongs_to_the_page() -> None:
    assert rest("题头\n1\n甲\n题头\n2\n乙") == "1甲2乙"


def test_longest_rising_run_of_nothing_is_empty() -> None:
    assert longest_rising_run([]) == []

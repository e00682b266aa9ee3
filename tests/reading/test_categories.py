from __future__ import annotations

from kg.reading.categories import CategoryCells, assign_categories
from kg.reading.structure.tokens import Token, tokenize
from kg.reading.text_tables.category_cells import split_categories


def lines(*texts: str) -> list[Token]:
    return list(tokenize(list(texts)))


def test_damaged_categories_are_repaired() -> None:
    shown = [
        ("经济发展目标",),
        ("经济经济发展发展目标目标",),
        ("普惠民生，共享幸福", "社会保障"),
        ("普惠共享幸福", "社会事业"),
        ("幸福", "社会治理"),
        ("社会事业",),
    ]
    found = list(assign_categories([CategoryCells(texts, lost=False) for texts in shown]))
    assert [assigned.category for assigned in found] == [
        ("经济发展目标", None),
        ("经济发展目标", None),
        ("普惠民生，共享幸福", "社会保障"),
        ("普惠民生，共享幸福", "社会事业"),
        ("普惠民生，共享幸福", "社会治理"),
        ("普惠民生，共享幸福", "社会事业"),
    ]
    assert [bool(assigned.repair) for assigned in found] == [False, True, False, True, True, False]


def test_columns_side_by_side_inherit_level_by_level() -> None:
    levels = [("民生", "养老"), ("", ""), ("", "教育"), ("经济", ""), ("经济", "工业")]
    found = assign_categories([CategoryCells((), False, level) for level in levels])
    assert [assigned.category for assigned in found] == [
        ("民生", "养老"),
        ("民生", "养老"),
        ("民生", "教育"),
        ("经济", None),
        ("经济", "工业"),
    ]


def test_cells_end_at_blanks_and_at_lines_that_are_not_full() -> None:
    assert split_categories([lines("围绕军运", "保障", "", "改善环境")], 4.0) == [
        ("围绕军运保障", "改善环境")
    ]
    assert split_categories([lines("精致江汉", "", "区")], 4.0) == [("精致江汉区",)]


def test_full_lines_are_split_where_other_rows_show_it() -> None:
    rows = [lines("改善民生", "发展教育"), lines("关爱老人"), lines("改善民生", "关爱老人")]
    assert split_categories(rows, 4.0) == [
        ("改善民生", "发展教育"),
        ("关爱老人",),
        ("改善民生", "关爱老人"),
    ]


def test_full_lines_stay_together_if_no_row_splits_them() -> None:
    rows = [lines("建设宜居", "城区"), lines("建设宜居", "乡村")]
    assert split_categories(rows, 4.0) == [("建设宜居城区",), ("建设宜居乡村",)]

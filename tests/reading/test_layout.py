from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.reading.categories import CategoryCells, assign_categories
from kg.reading.departments import learn_lexicon, split_wrapped
from kg.reading.tokens import Token, tokenize


def lines(*texts: str) -> list[Token]:
    return list(tokenize(list(texts)))


def names(cell: list[Token], lexicon: frozenset[str]) -> list[str]:
    text = "".join(token.text for token in cell)
    return [text[start:end] for start, end in split_wrapped(cell, lexicon, 4.0)]


def test_wrapped_departments_are_told_apart_by_what_stands_alone_elsewhere() -> None:
    alone = [lines("农业农村", "局"), lines("江东新区", "管委会")]
    lexicon = learn_lexicon(alone)
    assert names(lines("江东新区", "管委会", "农业农村", "", "局"), lexicon) == [
        "江东新区管委会",
        "农业农村局",
    ]
    assert names(lines("步行街区", "综合服务", "中心"), lexicon) == ["步行街区综合服务中心"]
    assert names(lines("财政局", "民政局"), lexicon) == ["财政局", "民政局"]


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


@given(st.lists(st.text(st.characters(exclude_characters="\n"), max_size=30), max_size=12))
def test_tokens_hold_all_characters_of_their_lines(texts: list[str]) -> None:
    found = list(tokenize(texts))
    assert "".join(t.text for t in found) == "".join("".join(text.split()) for text in texts)
    for token in found:
        assert token.text in texts[token.line - 1]

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.history.wording import rarity, similar_pairs, terms, weight

TEXTS = st.lists(st.text(alphabet="新建公园道路0123456789.，。ａＡ", max_size=12), max_size=8)


def test_full_width_letters_and_figures_are_the_same() -> None:
    assert (
        terms("建５Ｇ基站12.5处")
        == terms("建 5g基站12.5处。")
        == {"建", "5", "g基", "基站", "12.5", "处"}
    )


def test_rare_words_tell_most() -> None:
    told = [terms(text) for text in ("改造文汇路", "改造新华路", "改造桂香路")]
    rare = rarity([told, told[:2]])
    assert rare["文汇"] > rare["改造"]
    shared = {
        other: much for _, other, much in similar_pairs({0: told[0]}, dict(enumerate(told)), rare)
    }
    assert max(shared, key=lambda other: shared[other]) == 0


@given(TEXTS, TEXTS)
def test_no_more_is_shared_than_either_row_tells(left: list[str], right: list[str]) -> None:
    sides = [[terms(text) for text in texts] for texts in (left, right)]
    rare = rarity(sides)
    before, after = (dict(enumerate(rows)) for rows in sides)
    found = list(similar_pairs(before, after, rare))
    for one, other, shared in found:
        told = min(weight(sides[0][one], rare), weight(sides[1][other], rare))
        assert 0 < shared <= told + 1e-9
    pairs = {(one, other) for one, other, _ in found}
    assert pairs == {
        (one, other)
        for one, row in enumerate(sides[0])
        for other, another in enumerate(sides[1])
        if row & another
    }

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.extraction.lexicon import lexicon_pattern


@given(st.lists(st.text("江汉路步行街", min_size=1, max_size=5), min_size=1, max_size=8))
def test_each_name_is_found_the_longest_first(names: list[str]) -> None:
    for name in names:
        match = lexicon_pattern(names).match(name)
        assert match
        assert match.group() == name


def test_very_long_names_are_not_searched() -> None:
    long = ["局" * n for n in range(1, 3000, 50)]
    assert lexicon_pattern([*long, "教育局"]).findall("教育局" + "局" * 3000)[0] == "教育局"

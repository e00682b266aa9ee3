from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.reading.structure.tokens import tokenize, width


@given(st.lists(st.text(st.characters(exclude_characters="\n"), max_size=30), max_size=12))
def test_tokens_have_all_characters_of_their_lines(texts: list[str]) -> None:
    found = list(tokenize(texts))
    assert "".join(t.text for t in found) == "".join("".join(text.split()) for text in texts)
    for token in found:
        assert token.text in texts[token.line - 1]
        assert token.width == width(token.text)


def test_reach_begins_at_the_first_word_that_is_not_a_number() -> None:
    assert [token.reach for token in tokenize(["12 国 ab"])] == [1.0, 1.0, 2.5]

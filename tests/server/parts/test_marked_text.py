from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.server.data.snapshot import Snapshots
from kg.server.parts.marked_text import Span, split_text
from kg.server.parts.quotes import find_in_sentence
from kg.server.parts.reader import Reader

TEXTS = st.text("建设道路12条，已完工。", min_size=1, max_size=30)


@pytest.fixture(scope="module")
def reader(store: Path) -> Reader:
    return Reader(Snapshots(store).current(), "zh")


@given(
    text=TEXTS,
    found=st.lists(
        st.tuples(
            st.integers(0, 30),
            st.integers(1, 10),
            st.sampled_from(("target", "date", "")),
            st.sampled_from(("", "https://a.example/road/1/甲", "https://a.example/road/1/乙")),
        ),
        max_size=6,
    ),
)
def test_pieces_are_the_text_again(
    reader: Reader, text: str, found: list[tuple[int, int, str, str]]
) -> None:
    spans = [Span(start, start + length, mark, thing) for start, length, mark, thing in found]
    shown = split_text(reader, text, spans)
    assert "".join(piece.text for piece in shown) == text
    # A character is marked exactly if a span covers it.
    at = 0
    for piece in shown:
        for place_ in range(at, at + len(piece.text)):
            here = [s for s in spans if s.start <= place_ < s.end <= len(text)]
            assert bool(piece.mark) == any(s.mark for s in here)
            assert bool(piece.thing) == any(s.thing for s in here)
        at += len(piece.text)


@given(TEXTS, TEXTS, TEXTS, st.data())
def test_words_are_found_where_they_stand_in_their_sentence(
    before: str, sentence: str, after: str, data: st.DataObject
) -> None:
    text = f"{before}{sentence}{after}"
    start = data.draw(st.integers(0, len(sentence) - 1))
    end = data.draw(st.integers(start + 1, len(sentence)))
    words = sentence[start:end]
    found = find_in_sentence(text, sentence, len(before) + start, -1)
    assert sentence[found : found + len(words)] == words

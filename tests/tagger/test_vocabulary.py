from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.tagger.model import load_model
from kg.tagger.vocabulary import Vocabulary, fold_characters, read_vocabulary, write_vocabulary


@given(st.text(max_size=200))
def test_pieces_contain_each_character_once(text: str) -> None:
    folded = fold_characters(text)
    assert len(folded) == len(text)
    spans = load_model().vocabulary.split(folded)
    assert [start for start, _ in spans] == [0, *(end for _, end in spans)][: len(spans)]
    assert "".join(folded[start:end] for start, end in spans) == folded


def test_words_are_pieces_and_digits_are_separate() -> None:
    vocabulary = load_model().vocabulary
    words = [("道路建设1200米")[start:end] for start, end in vocabulary.split("道路建设1200米")]
    assert words[-5:] == ["1", "2", "0", "0", "米"]
    assert max(map(len, words)) > 1


@pytest.mark.parametrize(("written", "folded"), [("１２％", "12%"), ("a b", "a▁b"), ("㎡", "㎡")])
def test_forms_of_one_character_are_the_same(written: str, folded: str) -> None:
    assert fold_characters(written) == folded


def test_a_file_keeps_pieces_in_their_order(tmp_path: Path) -> None:
    pieces = {"<unk>": 0.0, "路": -9.5, "道路": -10.25}
    write_vocabulary(pieces.items(), tmp_path / "pieces.tsv")
    assert read_vocabulary(tmp_path / "pieces.tsv") == Vocabulary(pieces)

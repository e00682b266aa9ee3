from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.tagger.encoding import WINDOW, encode_window, split_windows
from kg.tagger.model import load_model

TEXT = st.text(st.sampled_from("建设道路，。；公园1%（）ab"), max_size=1500)


@given(TEXT, TEXT)
def test_windows_contain_each_character_and_fit_the_encoder(first: str, second: str) -> None:
    windows = split_windows(first, second)
    assert all(window.size <= WINDOW for window in windows)
    firsts = {at for window in windows for at in range(*window.first)}
    seconds = [at for window in windows for at in range(*window.second)]
    assert firsts == set(range(len(first)))
    assert seconds == list(range(len(second)))


def test_a_long_report_is_split_after_sentences_with_its_promise_as_context() -> None:
    windows = split_windows("新建道路", "已完成招标工作。" * 200)
    assert len(windows) > 2
    assert all(window.first == (0, 4) for window in windows)
    assert all(window.second[1] % 8 == 0 for window in windows)


def test_characters_have_their_piece_and_their_text() -> None:
    encoded = encode_window("道路", "已完成", load_model().vocabulary)
    assert len(encoded.characters) == 5
    assert [int(part) for part in encoded.parts[encoded.piece_of]] == [0, 0, 1, 1, 1]

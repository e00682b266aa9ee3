from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kg.tagger.flow import MARGIN, WINDOW, encode_flow, make_flow, role_scores, split_flow
from kg.tagger.model import ROLE_NETWORK, load_model
from kg.tagger.roles import LAYOUT, ROLE_LABELS

TEXTS = st.text("建桥 \n|\t　，1a", max_size=60)


def layouts(text: str) -> list[str]:
    return [LAYOUT[number] for number in make_flow(text).layout]


@given(TEXTS)
def test_a_flow_contains_all_characters_but_layout(text: str) -> None:
    flow = make_flow(text)
    assert [text[offset] for offset in flow.offsets] == list(flow.text)
    assert len(flow.layout) == len(flow.text)
    assert flow.text == "".join(text.replace("|", " ").split())


def test_a_line_is_longer_as_long_or_shorter_than_the_one_above() -> None:
    assert layouts("建设大桥\n通车\n完成\n新建学校")[4::2] == [
        "shorter line",
        "even line",
        "longer line",
        "none",
    ]


def test_cells_blanks_and_blank_lines_are_distinguished() -> None:
    assert layouts("甲 乙　丙\t丁  戊 | 己|\n庚\n\n辛") == [
        "longer line",
        "blank",
        "gap",
        "gap",
        "gap",
        "cell",
        "cell line",
        "blank line",
    ]
    assert layouts("甲│乙┃丙") == ["longer line", "cell", "cell"]


@given(st.integers(1, 4000))
def test_windows_read_each_character_once_with_its_context(size: int) -> None:
    windows = list(split_flow(size))
    assert [place for _, _, a, b in windows for place in range(a, b)] == list(range(size))
    for start, end, first, last in windows:
        assert end - start <= WINDOW
        assert first - start >= MARGIN or start == 0
        assert end - last >= MARGIN or end == size


def test_scores_depend_on_the_layout_before_a_character() -> None:
    model = load_model(ROLE_NETWORK)
    scores = [role_scores(make_flow(f"新建学校3所{gap}已开工"), model) for gap in ("", "\n\n")]
    assert scores[0].shape == (9, len(ROLE_LABELS))
    assert not np.allclose(scores[0], scores[1], atol=0.1)


def test_layouts_are_the_parts_of_pieces() -> None:
    flow = make_flow("建桥\n通车")
    encoded = encode_flow(flow.text, flow.layout, load_model(ROLE_NETWORK).vocabulary)
    assert set(encoded.parts.tolist()) == {
        LAYOUT.index(name) for name in ("none", "longer line", "even line")
    }

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from kg.tagger.embeddings import read_embeddings, write_embeddings

NUMBERS = arrays.arrays(np.int8, (3, 64), elements=st.integers(-8, 7))
SCALES = arrays.arrays(np.float16, (3, 2), elements=st.floats(0.125, 4.0, width=16))


@given(NUMBERS, SCALES)
def test_four_bit_embeddings_are_unchanged(
    tmp_path_factory: pytest.TempPathFactory, numbers: np.ndarray, scales: np.ndarray
) -> None:
    # In each block, the number farthest from zero is -8, as the format requires.
    numbers[:, ::32] = -8
    rows = numbers.astype(np.float32) * np.repeat(scales.astype(np.float32), 32, axis=1)
    path = tmp_path_factory.getbasetemp() / "rows.q4"
    write_embeddings(rows, path)
    assert np.array_equal(read_embeddings(path, 3), rows)


def test_embeddings_with_more_bits_are_rounded(tmp_path: Path) -> None:
    rows = np.random.default_rng(1).normal(size=(5, 96)).astype(np.float32)
    write_embeddings(rows, tmp_path / "rows.q4")
    back = read_embeddings(tmp_path / "rows.q4", 5)
    assert np.abs(back - rows).mean() < 0.1

"""Read and write the embeddings of the encoder's pieces as four-bit numbers."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_BLOCK = 32
# A half-precision scale, then two numbers per byte, the first half of the block in the low bits.
_LAYOUT = np.dtype([("scale", "<f2"), ("numbers", "u1", _BLOCK // 2)])


def read_embeddings(path: Path, rows: int) -> NDArray[np.float32]:
    """Return the embeddings in a file, shape (rows, width).

    Args:
        path: The file, in blocks of the format Q4_0 of ggml.
        rows: How many pieces there are.

    Raises:
        ValueError: The file has another number of rows.
    """
    blocks = np.frombuffer(path.read_bytes(), _LAYOUT)
    numbers = np.concatenate([blocks["numbers"] & 15, blocks["numbers"] >> 4], axis=1)
    values = (numbers.astype(np.float32) - 8) * blocks["scale"].astype(np.float32)[:, None]
    return values.reshape(rows, -1)


def write_embeddings(embeddings: NDArray[np.float32], path: Path) -> None:
    """Write embeddings as blocks of four-bit numbers; those read from such a file do not change."""
    values = embeddings.reshape(-1, _BLOCK)
    # The number farthest from zero is stored as -8.
    farthest = np.take_along_axis(values, np.abs(values).argmax(axis=1)[:, None], axis=1)[:, 0]
    blocks = np.zeros(len(values), _LAYOUT)
    blocks["scale"] = farthest / -8
    scales = blocks["scale"].astype(np.float32)[:, None]
    steps = np.divide(values, scales, out=np.zeros_like(values), where=scales != 0)
    numbers = np.clip(np.rint(steps) + 8, 0, 15).astype(np.uint8)
    blocks["numbers"] = numbers[:, : _BLOCK // 2] | numbers[:, _BLOCK // 2 :] << 4
    path.write_bytes(blocks.tobytes())

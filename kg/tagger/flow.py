"""A document's text as a flow: its characters, each with the layout before it.

White space and bars are not characters of the flow; they become the layout of the next character.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from kg.tagger.cores import usable_cores
from kg.tagger.encoding import EncodedWindow, Encoder, Integers
from kg.tagger.model import Model
from kg.tagger.roles import LAYOUT, ROLE_LABELS
from kg.tagger.spans import Scores
from kg.tagger.vocabulary import Vocabulary, fold_characters

# Characters of a window, and of the context at each side of it.
WINDOW, MARGIN = 480, 96
_GAP = re.compile(r"[\s|｜│┃║\u200b\ufeff]+")
_BAR = re.compile("[|｜│┃║]")


@dataclass(frozen=True)
class Flow:
    """The characters of a document without white space and bars.

    Attributes:
        text: The characters.
        layout: For each the index in `LAYOUT` of what precedes it.
        offsets: For each its offset in the document's text.
    """

    text: str
    layout: Integers
    offsets: Integers


def make_flow(text: str) -> Flow:
    r"""Return the flow of a document's text.

    >>> flow = make_flow("1 | 建桥\n\n2")
    >>> flow.text, [LAYOUT[number] for number in flow.layout]
    ('1建桥2', ['longer line', 'cell', 'none', 'blank line'])
    """
    parts: list[str] = []
    layout: list[int] = []
    offsets: list[int] = []
    position, before = 0, "longer line"
    for gap in (*_GAP.finditer(text), None):
        start, end = gap.span() if gap else (len(text), len(text))
        if start > position:
            parts.append(text[position:start])
            layout += [LAYOUT.index(before), *[0] * (start - position - 1)]
            offsets += range(position, start)
            before = find_layout(text, start, end)
        position = end
    return Flow("".join(parts), np.array(layout, np.int64), np.array(offsets, np.int64))


def find_layout(text: str, start: int, end: int) -> str:
    r"""Return the name of the layout of the white space and bars between two characters.

    >>> [find_layout(f"建{gap}桥", 1, 1 + len(gap)) for gap in (" ", "\t", "\n", " \n \n", " |\n")]
    ['blank', 'gap', 'even line', 'blank line', 'cell line']
    """
    gap = text[start:end]
    lines = gap.count("\n")
    if _BAR.search(gap):
        return "cell line" if lines else "cell"
    if lines > 1:
        return "blank line"
    if lines:
        above = start - text.rfind("\n", 0, start) - 1
        below = (text.find("\n", end) % (len(text) + 1)) - end
        return f"{_compare_lengths(below - above)} line"
    return "blank" if gap in (" ", "\u200b", "\ufeff", "\xa0") else "gap"


def _compare_lengths(difference: int) -> str:
    if abs(difference) < 2:
        return "even"
    return "longer" if difference > 0 else "shorter"


def split_flow(size: int) -> Iterator[tuple[int, int, int, int]]:
    """Yield the windows of a flow: the span, and the part of it whose scores are used.

    >>> list(split_flow(600))
    [(0, 480, 0, 384), (288, 600, 384, 600)]
    """
    start = 0
    while True:
        end = min(size, start + WINDOW)
        first = start + MARGIN if start else 0
        if end == size:
            yield start, end, first, end
            return
        yield start, end, first, end - MARGIN
        start = end - 2 * MARGIN


def role_scores(flow: Flow, model: Model) -> Scores:
    """Return the scores of a flow's characters, shape (characters, labels of roles)."""
    out = np.zeros((len(flow.text), len(ROLE_LABELS)), np.float32)
    windows = list(split_flow(len(flow.text))) if flow.text else []

    def score(window: tuple[int, int, int, int]) -> Scores:
        start, end, _, _ = window
        encoded = encode_flow(flow.text[start:end], flow.layout[start:end], model.vocabulary)
        return model.run(encoded)

    with ThreadPoolExecutor(usable_cores()) as pool:
        for (start, _, first, last), scores in zip(windows, pool.map(score, windows), strict=True):
            out[first:last] = scores[first - start : last - start]
    return out


def encode_flow(text: str, layout: Integers, vocabulary: Vocabulary) -> EncodedWindow:
    """Return a window of a flow as numbers; the part of a piece is its layout."""
    folded = fold_characters(text)
    encoder = Encoder(vocabulary)
    edges = [0, *(np.flatnonzero(layout[1:]) + 1).tolist(), len(text)]
    for left, right in pairwise(edges):
        for a, b in vocabulary.split(folded[left:right]):
            encoder.add(folded[left + a : left + b], [(0, b - a)], int(layout[left + a]))
    encoder.end(0)
    return encoder.finish()

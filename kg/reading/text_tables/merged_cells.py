"""Give each row the text of a column whose cells may span several rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.reading.structure.tokens import Token


@dataclass(frozen=True, slots=True)
class _Block:
    """Consecutive lines of such a column: their text, and the first line and the one after."""

    text: str
    start: int
    end: int


def merged_cell_texts(lines: Sequence[Sequence[Token]], starts: Sequence[int]) -> list[str]:
    """Return the text of each row in the column, or an empty text if the cell above continues.

    The text of a merged cell is in its first row, or in the middle of all its rows.

    Args:
        lines: The tokens of the column in each line of the table.
        starts: The lines with which the rows begin.
    """
    bounds = [*starts, len(lines)]
    own = [
        "".join(token.text for line in lines[a:b] for token in line) for a, b in pairwise(bounds)
    ]
    if not any(own) or _is_in_own_rows([bool(line) for line in lines], bounds):
        return own
    return _centre_texts(_blocks(lines), bounds)


def _blocks(lines: Sequence[Sequence[Token]]) -> list[_Block]:
    blocks: list[_Block] = []
    for index, tokens in enumerate(lines):
        text = "".join(token.text for token in tokens)
        if not text:
            continue
        last = blocks[-1] if blocks else None
        if last and last.end == index and not tokens[0].blank:
            blocks[-1] = _Block(last.text + text, last.start, index + 1)
        else:
            blocks.append(_Block(text, index, index + 1))
    return blocks


def _is_in_own_rows(filled: Sequence[bool], bounds: Sequence[int]) -> bool:
    """Return whether most texts are at the top or in the middle of a row of their own."""
    shown = fit = 0
    for start, end in pairwise(bounds):
        lines = [index for index in range(start, end) if filled[index]]
        if lines:
            above, below = lines[0] - start, end - lines[-1] - 1
            shown += 1
            fit += above == 0 or abs(above - below) <= 1
        elif start == 0:
            return False
    return 2 * fit > shown


def _centre_texts(blocks: Sequence[_Block], bounds: Sequence[int]) -> list[str]:
    """Return the texts of the rows if each text is in the middle of the rows that it spans.

    The bounds of the spans are chosen so that the texts are as near their middles as possible.
    """
    reached: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for number, block in enumerate(blocks):
        last = number + 1 == len(blocks)
        latest = bounds[-1] if last else blocks[number + 1].start
        ends = [
            row
            for row in range(len(bounds))
            if (row == len(bounds) - 1 if last else block.end <= bounds[row] <= latest)
        ]
        following: dict[int, tuple[float, tuple[int, ...]]] = {}
        for end in ends:
            options = [
                (cost + abs(block.start + block.end - bounds[start] - bounds[end]), (*cuts, end))
                for start, (cost, cuts) in reached.items()
                if start < end
            ]
            if options:
                following[end] = min(options)
        if not following:
            return _texts_by_row(blocks, bounds)
        reached = following
    _, cuts = reached[len(bounds) - 1]
    texts = [""] * (len(bounds) - 1)
    for block, start in zip(blocks, (0, *cuts), strict=False):
        texts[start] = block.text
    return texts


def _texts_by_row(blocks: Sequence[_Block], bounds: Sequence[int]) -> list[str]:
    return [
        "".join(block.text for block in blocks if start <= block.start < end)
        for start, end in pairwise(bounds)
    ]

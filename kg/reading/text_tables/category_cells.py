"""Split the cells of neighbouring category columns that are written one after the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from itertools import pairwise

from kg.reading.structure.tokens import Token

# A line that is shorter than the column by so much has room for one more character.
_ROOM = 0.9


def split_categories(rows: Sequence[Sequence[Token]], full: float) -> list[tuple[str, ...]]:
    """Return the texts of the category cells of each row.

    Where a row does not show where a cell ends, the cells of other rows are used.

    Args:
        rows: The category tokens of each row.
        full: The width at which the columns wrap.
    """
    shown = [split_cells(tokens, full) for tokens in rows]
    pairs = [texts for texts in shown if len(texts) == 2]
    firsts = {texts[0] for texts in pairs}
    seconds = {texts[1] for texts in pairs}
    alone = Counter(texts[0] for texts in shown if len(texts) == 1)
    firsts |= _shared_prefixes(rows, alone.keys())
    for index, tokens in enumerate(rows):
        if len(shown[index]) != 1:
            continue
        text = shown[index][0]
        for cut in range(1, len(tokens)):
            first = "".join(token.text for token in tokens[:cut])
            second = text[len(first) :]
            if first != text and (
                (first in firsts and not _is_tail(second, firsts))
                or second in seconds
                or (alone[second] and alone[text] <= 2 and pairs)
            ):
                shown[index] = (first, second)
                break
    return shown


def split_cells(tokens: Sequence[Token], full: float) -> tuple[str, ...]:
    """Split the narrow lines of neighbouring category cells into one text for each cell.

    A cell ends at a line that is not full. After a full line it ends at a blank line, unless a
    single short line follows: wrapped cells often have a blank line before their last line.

    Args:
        tokens: The lines.
        full: The width at which the column wraps.
    """
    cells: list[str] = []
    for index, token in enumerate(tokens):
        previous = tokens[index - 1] if index else None
        tail = token.width < full - 0.5 and (index + 1 == len(tokens) or tokens[index + 1].blank)
        wrapped = previous is not None and previous.width > full - _ROOM
        if previous is not None and (wrapped and (tail or not token.blank)):
            cells[-1] += token.text
        else:
            cells.append(token.text)
    return tuple(cells)


def _shared_prefixes(rows: Sequence[Sequence[Token]], alone: Collection[str]) -> set[str]:
    """Return the common first lines of rows that are followed by a known cell in one of them.

    Args:
        rows: The category tokens of each row.
        alone: Texts that are the only cell of a row.
    """
    lines = sorted({tuple(token.text for token in tokens) for tokens in rows})
    found: set[str] = set()
    for left, right in pairwise(lines):
        size = next((i for i, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), 0)
        if size and any("".join(line[size:]) in alone for line in (left, right)):
            found.add("".join(left[:size]))
    return found


def _is_tail(text: str, firsts: set[str]) -> bool:
    """Return whether a first-level category ends with a text."""
    return any(first.endswith(text) for first in firsts)

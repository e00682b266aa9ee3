"""Convert the words of PDF pages to lines of text, with spaces as wide as the gaps on the page."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

from kg.reading.structure.tokens import width

# The width of a gap that may separate two columns, in sizes of the letters.
GAP = 0.15
# Gaps up to this width between Chinese and Latin letters are not spaces.
_SCRIPTS_APART = 0.4
# The number of spaces per size of letters; it is large so that narrow gaps between columns remain.
_STRETCH = 3.0
_SIDE_BY_SIDE, _SHARE = 1.0, 0.1
_OFTEN = 0.02
# The greatest distance from the edge in sizes of letters; no page is wider.
_FARTHEST = 500.0


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page.

    Attributes:
        words: Its words from left to right; their starts and ends are in sizes of the letters.
        has_gap_above: Whether the distance to the line above is larger than in running text.
    """

    words: tuple[_Word, ...]
    has_gap_above: bool


def group_lines(words: Sequence[dict[str, Any]]) -> list[Line]:
    """Return the lines of a page.

    Args:
        words: The words of the page in pdfplumber's format.
    """
    if not words:
        return []
    size = median(word["bottom"] - word["top"] for word in words) or 1.0
    rows: list[list[dict[str, Any]]] = []
    for word in sorted(words, key=lambda word: word["top"]):
        if rows and word["top"] - rows[-1][0]["top"] < size / 3:
            rows[-1].append(word)
        else:
            rows.append([word])
    lines: list[Line] = []
    below: float | None = None
    for row in rows:
        row.sort(key=lambda word: word["x0"])
        made = (
            _Word(w["text"].strip(), min(w["x0"] / size, _FARTHEST), min(w["x1"] / size, _FARTHEST))
            for w in row
        )
        has_gap = below is not None and row[0]["top"] - below > size
        lines.append(Line(tuple(word for word in made if word.text), has_gap))
        below = max(word["bottom"] for word in row)
    return lines


def render_lines(pages: Sequence[Sequence[Line]]) -> list[str]:
    """Return the lines as text, with a form feed between pages and blank lines between blocks.

    If pages have cells side by side, spaces keep each word at its distance from the left edge; a
    Chinese character counts as two spaces.

    Args:
        pages: The lines of each page.
    """
    lines = [line for page in pages for line in page]
    wide = sum(
        any(right.start - left.end > _SIDE_BY_SIDE for left, right in pairwise(line.words))
        for line in lines
    )
    columns = _column_starts(lines) if wide > _SHARE * len(lines) else None
    texts = ["\n".join(_line_texts(page, columns)) for page in pages]
    return "\n\f".join(texts).split("\n")


def _column_starts(lines: Sequence[Line]) -> frozenset[int]:
    """Return the places where columns begin: where words after a gap begin in many lines."""
    starts = Counter(
        _quarter_place(word)
        for line in lines
        for index, word in enumerate(line.words)
        if not index or word.start - line.words[index - 1].end > _SCRIPTS_APART
    )
    return frozenset(place for place, count in starts.items() if count > _OFTEN * len(lines))


def _quarter_place(word: _Word) -> int:
    return round(word.start * 4)


def _line_texts(lines: Sequence[Line], columns: frozenset[int] | None) -> Iterator[str]:
    """Yield the lines of a page; if `columns` is None, words are separated by single spaces."""
    for line in lines:
        if line.has_gap_above:
            yield ""
        text = ""
        for index, word in enumerate(line.words):
            before = line.words[index - 1] if index else None
            joined = before is not None and _is_script_change(before, word)
            if joined and _quarter_place(word) not in (columns or ()):
                text += word.text
            elif columns is not None:
                gap = round(word.start * _STRETCH) - round(width(text) * 2)
                text += " " * max(gap, 1 if text else 0) + word.text
            else:
                text += " " * bool(text) + word.text
        yield text


def _is_script_change(left: _Word, right: _Word) -> bool:
    """Return whether a gap between Chinese and Latin letters is too small to be a space."""
    near = right.start - left.end <= _SCRIPTS_APART
    return near and _is_wide(left.text[-1]) != _is_wide(right.text[0])


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WFA"

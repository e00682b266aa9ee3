"""The text layer of a PDF as lines of text: words as far apart as they stand on the page."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

from kg.reading.structure.tokens import width

# How wide a gap is, in sizes of the letters, that may part two columns.
GAP = 0.15
# Chinese and Latin letters stand apart without a space between them.
_SCRIPTS_APART = 0.4
# How many spaces a size of letters is: columns that hardly stand apart on the page do so in text.
_STRETCH = 3.0
_SIDE_BY_SIDE, _SHARE = 1.0, 0.1
_OFTEN = 0.02
# Sizes of letters from the edge at which words still stand where they do: no page is wider.
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
        words: Its words, from left to right; where they begin and end, in sizes of the letters.
        apart: Whether it stands further below the line above than lines of one text do.
    """

    words: tuple[_Word, ...]
    apart: bool


def lines_of(words: Sequence[dict[str, Any]]) -> list[Line]:
    """Return the lines that the words of a page make.

    Args:
        words: The words as pdfplumber tells them.
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
        apart = below is not None and row[0]["top"] - below > size
        lines.append(Line(tuple(word for word in made if word.text), apart))
        below = max(word["bottom"] for word in row)
    return lines


def texts_of(pages: Sequence[Sequence[Line]]) -> list[str]:
    """Return the lines as text, with a form feed between pages, and blank lines between blocks.

    Where cells stand side by side, each word is as far from the edge as it is on the page; of a
    Chinese character and a space the former is twice as wide.

    Args:
        pages: The lines of each page.
    """
    lines = [line for page in pages for line in page]
    wide = sum(
        any(right.start - left.end > _SIDE_BY_SIDE for left, right in pairwise(line.words))
        for line in lines
    )
    columns = _columns(lines) if wide > _SHARE * len(lines) else None
    texts = ["\n".join(_texts(page, columns)) for page in pages]
    return "\n\f".join(texts).split("\n")


def _columns(lines: Sequence[Line]) -> frozenset[int]:
    """Return where columns begin: words stand there in many lines, apart from those before."""
    starts = Counter(
        _place(word)
        for line in lines
        for index, word in enumerate(line.words)
        if not index or word.start - line.words[index - 1].end > _SCRIPTS_APART
    )
    return frozenset(place for place, count in starts.items() if count > _OFTEN * len(lines))


def _place(word: _Word) -> int:
    return round(word.start * 4)


def _texts(lines: Sequence[Line], columns: frozenset[int] | None) -> Iterator[str]:
    """Yield the lines of a page; without columns, their words only follow one another."""
    for line in lines:
        if line.apart:
            yield ""
        text = ""
        for index, word in enumerate(line.words):
            before = line.words[index - 1] if index else None
            joined = before is not None and _only_scripts_differ(before, word)
            if joined and _place(word) not in (columns or ()):
                text += word.text
            elif columns is not None:
                gap = round(word.start * _STRETCH) - round(width(text) * 2)
                text += " " * max(gap, 1 if text else 0) + word.text
            else:
                text += " " * bool(text) + word.text
        yield text


def _only_scripts_differ(left: _Word, right: _Word) -> bool:
    """Tell whether what parts two words is no space: one ends Chinese, the other begins Latin."""
    near = right.start - left.end <= _SCRIPTS_APART
    return near and _is_wide(left.text[-1]) != _is_wide(right.text[0])


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WFA"

"""The letters of a PDF page as words and lines of text, whichever way they run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from statistics import median
from typing import Any

from kg.reading.formats.pdf.marks import Letter

# How wide a gap in a line is, in sizes of its letters, that stands for a space.
_SPACE = 0.35
# How far a line reaches above and below what it stands on, in sizes of the page's letters.
_ABOVE, _BELOW = 0.8, 0.2
# How raised or lowered letters stand to those they belong to, in sizes of these: how near, how
# high, how low, how small; and how many there are at most.
_BESIDE, _RAISED, _LOWERED, _SMALL, _MOST = 0.15, 0.6, 0.35, 0.9, 3
# From where on lines, and the letters of a line, follow one another: of letters turned to the left
# by so many degrees.
_WAYS = {0: ("ttb", "ltr"), 90: ("ltr", "btt"), 180: ("btt", "rtl"), 270: ("rtl", "ttb")}


def turn(matrix: Sequence[float]) -> int:
    """Return by how many degrees a letter is turned to the left.

    >>> turn((0, 9, -9, 0, 40, 60))
    90
    """
    across, up = matrix[:2]
    if abs(across) >= abs(up):
        return 0 if across >= 0 else 180
    return 90 if up > 0 else 270


def stand_on_lines(letters: Sequence[Letter]) -> list[Letter]:
    """Return the letters of a page as high as one another: those of a line begin and end with it.

    Fonts tell in different ways how high they are, and digits may be smaller than what is beside.

    Args:
        letters: The letters as pdfplumber tells them.
    """
    if not letters:
        return []
    size = median(letter["size"] for letter in letters)
    level = [
        {**letter, "stands": letter["bottom"] + letter["y0"] - letter["matrix"][5]}
        for letter in letters
        if not _way(letter)
    ]
    _lower_raised(level)
    for letter in level:
        letter["top"], letter["bottom"] = (
            letter["stands"] - _ABOVE * size,
            letter["stands"] + _BELOW * size,
        )
    return [*level, *(letter for letter in letters if _way(letter))]


def text_lines(letters: Sequence[Letter]) -> list[tuple[float, str]]:
    """Return the lines of text that letters make, and where each begins from the top.

    Args:
        letters: The letters, as `stand_on_lines` returns them.
    """
    from pdfplumber.utils.text import chars_to_textmap

    return [
        (line["top"], line["text"])
        for way, group in _by_way(letters)
        for line in chars_to_textmap(
            group, **_settings(way, _SPACE), line_dir_render="ttb", char_dir_render="ltr"
        ).extract_text_lines(return_chars=False)
    ]


def words(letters: Sequence[Letter], gap: float) -> list[dict[str, Any]]:
    """Return the words that letters make, as pdfplumber tells them.

    Args:
        letters: The letters, as `stand_on_lines` returns them.
        gap: How far words are apart, in sizes of the letters.
    """
    from pdfplumber.utils.text import extract_words

    return [
        word
        for way, group in _by_way(letters)
        for word in extract_words(group, keep_blank_chars=True, **_settings(way, gap))
    ]


def _way(letter: Letter) -> int:
    """Return by how many degrees to the left the lines of a letter are turned."""
    # Letters of a font for vertical writing are upright, but follow one another downwards.
    return 270 if letter["adv"] < 0 else turn(letter["matrix"])


def _by_way(letters: Sequence[Letter]) -> Iterator[tuple[int, list[Letter]]]:
    groups: defaultdict[int, list[Letter]] = defaultdict(list)
    for letter in letters:
        groups[_way(letter)].append(letter)
    yield from sorted(groups.items())


def _settings(way: int, gap: float) -> dict[str, Any]:
    """Return how pdfplumber is to join letters that are turned by so many degrees."""
    line, letter = _WAYS[way]
    return {
        "line_dir": line,
        "char_dir": letter,
        # What pdfplumber holds for upright differs from this.
        "line_dir_rotated": line,
        "char_dir_rotated": letter,
        "y_tolerance_ratio" if way in (90, 270) else "x_tolerance_ratio": gap,
    }


def _lower_raised(letters: Sequence[Letter]) -> None:
    """Put raised and lowered letters, as the 2 of m², on the line of those they belong to."""
    from pdfplumber.utils.text import extract_words

    found = extract_words(
        list(letters),
        return_chars=True,
        x_tolerance_ratio=_BESIDE,
        extra_attrs=["size", "stands"],
    )
    for word in found:
        if len(word["text"]) > _MOST:
            continue
        beside = [
            other["stands"]
            for other in found
            if word["size"] < _SMALL * other["size"]
            and -_LOWERED <= (other["stands"] - word["stands"]) / other["size"] <= _RAISED
            and word["x0"] - other["x1"] <= _BESIDE * other["size"]
            and other["x0"] - word["x1"] <= _BESIDE * other["size"]
        ]
        nearest = min(beside, key=lambda line: abs(line - word["stands"]), default=word["stands"])
        for letter in word["chars"]:
            letter["stands"] = nearest

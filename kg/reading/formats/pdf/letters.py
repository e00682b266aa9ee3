"""Join the letters of a PDF page into words and lines of text, in any direction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from statistics import median
from typing import Any

from kg.reading.formats.pdf.watermarks import Letter

# The width of a gap that is read as a space, in sizes of the letters.
_SPACE = 0.35
# The height of a line above and below its baseline, in sizes of the page's letters.
_ABOVE, _BELOW = 0.8, 0.2
# Raised and lowered letters, relative to the letters beside them: their greatest distance, greatest
# height above and depth below the baseline, greatest size, and greatest number.
_BESIDE, _RAISED, _LOWERED, _SMALL, _MOST = 0.15, 0.6, 0.35, 0.9, 3
# The directions of lines and of letters in a line, by their rotation to the left in degrees.
_DIRECTIONS = {0: ("ttb", "ltr"), 90: ("ltr", "btt"), 180: ("btt", "rtl"), 270: ("rtl", "ttb")}


def letter_rotation(matrix: Sequence[float]) -> int:
    """Return the rotation of a letter to the left, in degrees.

    >>> letter_rotation((0, 9, -9, 0, 40, 60))
    90
    """
    across, up = matrix[:2]
    if abs(across) >= abs(up):
        return 0 if across >= 0 else 180
    return 90 if up > 0 else 270


def align_baselines(letters: Sequence[Letter]) -> list[Letter]:
    """Return the letters of a page with equal heights, so that those of a line have equal tops.

    Fonts define their height in different ways, and digits may be smaller than other letters.

    Args:
        letters: The letters from pdfplumber.
    """
    if not letters:
        return []
    size = median(letter["size"] for letter in letters)
    level = [
        {**letter, "baseline": letter["bottom"] + letter["y0"] - letter["matrix"][5]}
        for letter in letters
        if not _line_rotation(letter)
    ]
    _align_raised_letters(level)
    for letter in level:
        letter["top"], letter["bottom"] = (
            letter["baseline"] - _ABOVE * size,
            letter["baseline"] + _BELOW * size,
        )
    return [*level, *(letter for letter in letters if _line_rotation(letter))]


def text_lines(letters: Sequence[Letter]) -> list[tuple[float, str]]:
    """Return the lines of text, each with its distance from the top of the page.

    Args:
        letters: The letters, as returned by `align_baselines`.
    """
    from pdfplumber.utils.text import chars_to_textmap

    return [
        (line["top"], line["text"])
        for rotation, group in _group_by_rotation(letters)
        for line in chars_to_textmap(
            group,
            **_layout_settings(rotation, _SPACE),
            line_dir_render="ttb",
            char_dir_render="ltr",
        ).extract_text_lines(return_chars=False)
    ]


def find_words(letters: Sequence[Letter], gap: float) -> list[dict[str, Any]]:
    """Return the words in pdfplumber's format.

    Args:
        letters: The letters, as returned by `align_baselines`.
        gap: The distance between words, in sizes of the letters.
    """
    from pdfplumber.utils.text import extract_words

    return [
        word
        for rotation, group in _group_by_rotation(letters)
        for word in extract_words(group, keep_blank_chars=True, **_layout_settings(rotation, gap))
    ]


def _line_rotation(letter: Letter) -> int:
    """Return the rotation of a letter's line to the left, in degrees."""
    # In fonts for vertical writing, letters are upright but each follows below the one before.
    return 270 if letter["adv"] < 0 else letter_rotation(letter["matrix"])


def _group_by_rotation(letters: Sequence[Letter]) -> Iterator[tuple[int, list[Letter]]]:
    groups: defaultdict[int, list[Letter]] = defaultdict(list)
    for letter in letters:
        groups[_line_rotation(letter)].append(letter)
    yield from sorted(groups.items())


def _layout_settings(rotation: int, gap: float) -> dict[str, Any]:
    """Return the settings with which pdfplumber joins letters of a rotation."""
    line, letter = _DIRECTIONS[rotation]
    return {
        "line_dir": line,
        "char_dir": letter,
        # For pdfplumber, some of these letters are upright and some are not.
        "line_dir_rotated": line,
        "char_dir_rotated": letter,
        "y_tolerance_ratio" if rotation in (90, 270) else "x_tolerance_ratio": gap,
    }


def _align_raised_letters(letters: Sequence[Letter]) -> None:
    """Move raised and lowered letters, such as the 2 in m², to the baseline of their neighbours."""
    from pdfplumber.utils.text import extract_words

    found = extract_words(
        list(letters),
        return_chars=True,
        x_tolerance_ratio=_BESIDE,
        extra_attrs=["size", "baseline"],
    )
    for word in found:
        if len(word["text"]) > _MOST:
            continue
        beside = [
            other["baseline"]
            for other in found
            if word["size"] < _SMALL * other["size"]
            and -_LOWERED <= (other["baseline"] - word["baseline"]) / other["size"] <= _RAISED
            and word["x0"] - other["x1"] <= _BESIDE * other["size"]
            and other["x0"] - word["x1"] <= _BESIDE * other["size"]
        ]
        nearest = min(
            beside, key=lambda line: abs(line - word["baseline"]), default=word["baseline"]
        )
        for letter in word["chars"]:
            letter["baseline"] = nearest

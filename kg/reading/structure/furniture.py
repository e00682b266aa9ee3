"""Recognise lines of a text that belong to its pages: page numbers, rules, repeated headers."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

_NUMBER = r"\d{1,4}"
_MARK = re.compile(
    rf"[—–\-·•~\s]*第\s*{_NUMBER}\s*页.{{0,14}}|共\s*{_NUMBER}\s*页.{{0,14}}"
    rf"|[—–\-·•~]+\s*{_NUMBER}\s*[—–\-·•~]+|{_NUMBER}\s*/\s*{_NUMBER}"
    rf"|(?:page|p\.|页码[:：]?)\s*{_NUMBER}(?:\s*(?:of|/)\s*{_NUMBER})?",
    re.IGNORECASE,
)
_RULE = re.compile(r"[\s+|\-=—─━═│┃┌┬┐├┼┤└┴┘╔╦╗╠╬╣╚╩╝║]{3,}")
_FIRST = re.compile(r"[\s|│┃║]")
_ROW_NUMBER = re.compile(r"(\d{1,4})[.、．]?")


def is_rule(line: str) -> bool:
    """Return whether a line only draws a rule between rows.

    >>> is_rule("+----+------+"), is_rule("- 3 -"), is_rule("   ")
    (True, False, False)
    """
    return bool(_RULE.fullmatch(line)) and not line.isspace()


def is_page_mark(line: str) -> bool:
    """Return whether a line is a page number.

    >>> is_page_mark("— 8 —"), is_page_mark("第8页 共20页"), is_page_mark("8. 新建学校")
    (True, True, False)
    """
    return bool(_MARK.fullmatch(" ".join(line.split())))


def find_furniture(lines: Sequence[str], start: int, end: int) -> set[int]:
    """Return the indexes of the lines below the header that belong to the pages.

    Args:
        lines: The lines of the text.
        start: Index of the first line of the header.
        end: Index of the line after the header.
    """
    shown = [" ".join(line.split()) for line in lines]
    filled = [index for index in range(end, len(lines)) if shown[index]]
    found = {index for index in filled if _MARK.fullmatch(shown[index])}
    header = [line for line in shown[start:end] if line]
    for position in range(len(filled) - len(header) + 1):
        window = filled[position : position + len(header)]
        if shown[window[0]] == header[0] and [shown[index] for index in window] == header:
            found.update(window)
    title = {line for line in shown[:start] if line}
    found.update(index for index in filled if shown[index] in title)
    return found | _bare_page_numbers(shown, [index for index in filled if index not in found])


def parse_row_number(word: str) -> int | None:
    """Return the number of a word if it may be a row number, or None.

    >>> parse_row_number("12"), parse_row_number("3."), parse_row_number("12个")
    (12, 3, None)
    """
    match = _ROW_NUMBER.fullmatch(word)
    return int(match[1]) if match else None


def longest_rising_run(numbers: Sequence[int]) -> list[int]:
    """Return the positions of the longest rising sequence, as row numbers among other figures are.

    >>> longest_rising_run([1, 2, 300, 3, 1, 4])
    [0, 1, 3, 5]
    """
    tails: list[int] = []
    values: list[int] = []
    before: list[int] = []
    for position, number in enumerate(numbers):
        length = bisect_left(values, number)
        before.append(tails[length - 1] if length else -1)
        if length == len(tails):
            tails.append(position)
            values.append(number)
        elif number < values[length]:
            tails[length], values[length] = position, number
    rise: list[int] = []
    position = tails[-1] if tails else -1
    while position >= 0:
        rise.append(position)
        position = before[position]
    return rise[::-1]


def _bare_page_numbers(shown: Sequence[str], filled: Sequence[int]) -> set[int]:
    """Return the lines that consist of a page number.

    Of the sequences of numbers, the longest is that of the rows. The rest are page numbers if they
    are consecutive; a single one must be on the last line.
    """
    first = [
        (index, numbers[0])
        for index in filled
        if (numbers := [n for word in _first_words(shown[index]) if (n := parse_row_number(word))])
    ]
    rise = set(longest_rising_run([number for _, number in first]))
    left = [
        (index, number)
        for position, (index, number) in enumerate(first)
        if position not in rise and shown[index].isdecimal()
    ]
    counts = [number for _, number in left]
    consecutive = bool(counts) and counts == list(range(counts[0], counts[0] + len(counts)))
    if not consecutive or (len(counts) == 1 and left[0][0] != filled[-1]):
        return set()
    return {index for index, _ in left}


def _first_words(line: str) -> list[str]:
    """Return the first words, one of which may be the row's number after its category."""
    return _FIRST.split(line.lstrip("|│┃║ "), maxsplit=3)[:3]

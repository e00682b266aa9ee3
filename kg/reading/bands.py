"""Where columns that are aligned by white space stand: found by the gaps that run down the page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import east_asian_width

_PIECE = re.compile(r"\S+")
# Which characters take two places where columns are aligned: printers differ over “ambiguous” ones
# such as quotation marks, and some count characters.
METRICS = ("WFA", "WF", "")


def places(line: str, metric: str = METRICS[0]) -> list[int]:
    r"""Return where each character of a line begins, and where the line ends.

    >>> places("a\t国b")
    [0, 1, 8, 10, 11]
    """
    found = [0]
    for character in line:
        if character == "\t":
            found.append(found[-1] // 8 * 8 + 8)
        else:
            found.append(found[-1] + 1 + (east_asian_width(character) in (metric or "-")))
    return found


@dataclass(slots=True)
class _Stack:
    start: int
    end: int
    text: str


def stacked(lines: Sequence[str]) -> list[str]:
    """Return the texts of columns, from left to right, each read from top to bottom.

    >>> stacked(["序号  工作任    责任部", "      务        门"])
    ['序号', '工作任务', '责任部门']
    """
    stacks: list[_Stack] = []
    for line in lines:
        at = places(line)
        for piece in _PIECE.finditer(line):
            start, end = at[piece.start()], at[piece.end()]
            over = next((s for s in stacks if start < s.end and s.start < end), None)
            if over is None:
                stacks.append(_Stack(start, end, piece.group()))
            else:
                over.text += piece.group()
                over.start, over.end = min(start, over.start), max(end, over.end)
    return [stack.text for stack in sorted(stacks, key=lambda stack: stack.start)]

"""Wrap text to the width of a terminal, where a Chinese character takes two columns."""

from __future__ import annotations

import re
from itertools import groupby

from rich.cells import cell_len

# A unit without line breaks: a word or a character with the punctuation around it.
_PIECE = re.compile(r"[“‘（《【]*(?:[!-~]+|[^\s!-~])[，。、；：！？…”’）》】]* ?")
# Prefixes of lines of `kg read` for tasks, doubts and other lines, with their maximum height.
_RUNS = {"task ": 1, "review: ": 2, "  ": 1}


def wrap_lines(text: str, width: int, most: int) -> list[str]:
    """Wrap a text between words or Chinese characters.

    Args:
        text: The text, in one line.
        width: The width of the lines.
        most: The maximum number of lines; a longer text is shortened.

    >>> wrap_lines("武汉市第一初级中学CBD校区", 10, 3)
    ['武汉市第一', '初级中学', 'CBD校区']
    >>> wrap_lines("in progress, late", 11, 1)
    ['in…']
    """
    lines, used = [""], 0
    for piece in _PIECE.findall(text):
        rest = piece
        while used + cell_len(rest.rstrip()) > width:
            if used:
                lines.append("")
                used = 0
            else:
                lines[-1] = take_width(rest, width)
                rest = rest[len(lines[-1]) :]
                used = width
        lines[-1] += rest
        used += cell_len(rest)
        if len(lines) > most:
            break
    lines = [line.rstrip() for line in lines]
    if len(lines) > most:
        lines = lines[:most]
        lines[-1] = f"{take_width(lines[-1], width - 1).rstrip()}…"
    return lines


def shorten_summary(text: str, width: int = 80, most: int = 5) -> str:
    r"""Shorten the output of `kg read` to the first tasks, doubts and lines.

    >>> tasks = "\n".join(f"task {n}: 一" for n in range(1, 8))
    >>> print(shorten_summary(f"tasks: 7\n{tasks}", most=2))
    tasks: 7
    task 1: 一
    task 2: 一
    … 5 more (--all)
    """
    lines: list[str] = []
    for first, found in groupby(text.splitlines(), _line_prefix):
        run = list(found)
        if first is None:
            lines += run
            continue
        for line in run[:most]:
            indent = line[: len(line) - len(line.lstrip())]
            folded = wrap_lines(line.lstrip(), width - len(indent), _RUNS[first])
            lines += [f"{indent}{part}" for part in folded]
        if len(run) > most:
            lines.append(f"… {len(run) - most} more (--all)")
    return "\n".join(lines)


def _line_prefix(line: str) -> str | None:
    return next((begin for begin in _RUNS if line.startswith(begin)), None)


def pad(text: str, width: int, *, right: bool = False) -> str:
    """Pad a text with spaces to a width, on the right or (`right`) on the left."""
    blank = " " * (width - cell_len(text))
    return blank + text if right else text + blank


def take_width(text: str, width: int) -> str:
    """Return the beginning of a text that fits into a width, at least one character."""
    end, used = 0, 0
    while end < len(text) and (used := used + cell_len(text[end])) <= width:
        end += 1
    return text[: max(end, 1)]

"""Texts in lines that are no wider than a terminal, where a Chinese character takes two columns."""

from __future__ import annotations

import re
from itertools import groupby

from rich.cells import cell_len

# What no line break parts: a word or a character with the marks around it.
_PIECE = re.compile(r"[“‘（《【]*(?:[!-~]+|[^\s!-~])[，。、；：！？…”’）》】]* ?")
# Lines of `kg read` of which there is one for each task, doubt or line, and how high they may be.
_RUNS = {"task ": 1, "review: ": 2, "  ": 1}


def fold(text: str, width: int, most: int) -> list[str]:
    """Return a text as lines of a width, broken between words or Chinese characters.

    Args:
        text: The text, in one line.
        width: The width of the lines.
        most: How many lines there may be; the end of a longer text is cut off.

    >>> fold("武汉市第一初级中学CBD校区", 10, 3)
    ['武汉市第一', '初级中学', 'CBD校区']
    >>> fold("in progress, late", 11, 1)
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
                lines[-1] = start(rest, width)
                rest = rest[len(lines[-1]) :]
                used = width
        lines[-1] += rest
        used += cell_len(rest)
        if len(lines) > most:
            break
    lines = [line.rstrip() for line in lines]
    if len(lines) > most:
        lines = lines[:most]
        lines[-1] = f"{start(lines[-1], width - 1).rstrip()}…"
    return lines


def shorten(text: str, width: int = 80, most: int = 5) -> str:
    r"""Return what `kg read` tells with the first lines only of those that tell one task each.

    >>> print(shorten("tasks: 7\n" + "\n".join(f"task {n}: 一" for n in range(1, 8)), most=2))
    tasks: 7
    task 1: 一
    task 2: 一
    … 5 more (--all)
    """
    lines: list[str] = []
    for first, found in groupby(text.splitlines(), _run):
        run = list(found)
        if first is None:
            lines += run
            continue
        for line in run[:most]:
            indent = line[: len(line) - len(line.lstrip())]
            folded = fold(line.lstrip(), width - len(indent), _RUNS[first])
            lines += [f"{indent}{part}" for part in folded]
        if len(run) > most:
            lines.append(f"… {len(run) - most} more (--all)")
    return "\n".join(lines)


def _run(line: str) -> str | None:
    return next((begin for begin in _RUNS if line.startswith(begin)), None)


def pad(text: str, width: int, *, right: bool = False) -> str:
    """Return a text with blanks to a width, before it or after it."""
    blank = " " * (width - cell_len(text))
    return blank + text if right else text + blank


def start(text: str, width: int) -> str:
    """Return as much of a text as a width holds, one character at least."""
    end, used = 0, 0
    while end < len(text) and (used := used + cell_len(text[end])) <= width:
        end += 1
    return text[: max(end, 1)]

"""Recognise titles, and lines that belong to the page or letterhead, by their form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from kg.reading.structure.letterhead import is_furniture
from kg.tagger.flow import Flow
from kg.tagger.roles import LAYOUT, ROLE_LABELS
from kg.tagger.spans import Scores

# How titles of official documents end (GB/T 9704 and usage), and a bracket after that.
_TITLE = re.compile(
    r"(?![一二三四五六七八九十]{1,3}、)[^。；：，\d（(][^。；：]{5,58}(?:方案|计划|意见|通知|办法|纲要|要点|清单|台账|一览表|分解表|情况表|进展表|任务表|情况|通报|安排)"
    r"(?:[（(][^（()）]{2,24}[）)])?"
)
# The title of a table in an annex, at any line.
_TABLE = re.compile(
    r"(?:附件?\d{0,2}[：:]?)?[^。；：，\d（(][^。；：，]{3,40}(?:项目|任务|进展|情况|分解|分工|一览|安排)表"
)
# How many lines are searched for titles, and by how much a match changes the scores.
_LINES, _EVIDENCE = 8, 6.0


def weigh_lines(flow: Flow, logs: Scores) -> Scores:
    """Return the scores of a document, adjusted for lines with a known form.

    Args:
        flow: The characters.
        logs: Logarithms of probabilities, shape (characters, labels).
    """
    weighed = logs.copy()
    begins = ROLE_LABELS.index("B-title")
    for place, (start, end) in enumerate(_lines(flow)):
        line = flow.text[start:end]
        if _TABLE.fullmatch(line) or (place < _LINES and _TITLE.fullmatch(line)):
            weighed[start, begins] += _EVIDENCE
            weighed[start + 1 : end, begins + 1] += _EVIDENCE
        elif is_furniture(line):
            weighed[start:end, 0] += _EVIDENCE
    return weighed


def _lines(flow: Flow) -> Iterator[tuple[int, int]]:
    """Return the start and the end of each line."""
    starts = [0, *(at for at, kind in enumerate(flow.layout) if at and "line" in LAYOUT[kind])]
    return pairwise([*starts, len(flow.text)])

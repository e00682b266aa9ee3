"""End the tasks of a text where an annex begins, and recognise its title: 附：各镇排名."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.reading.decoding.segments import Segment
from kg.tagger.roles import Role

_ANNEX = re.compile(
    r"^[ \u3000]*附[件表录]?\s*[\d一二三四五六七八九十]{0,3}(?:\s*[：:]|\s*$)", re.MULTILINE
)
# The roles with which tasks may begin again in an annex.
_OPENERS: tuple[Role, ...] = ("head", "category", "number", "task")


def end_at_annexes(text: str, segments: Sequence[Segment]) -> Iterator[Segment]:
    r"""Yield segments, without those that would continue a task behind the beginning of an annex.

    What follows the mark of an annex on its line is a title.

    >>> text = "建桥。\n已通车。\n附：排名\n云山镇"
    >>> list(end_at_annexes(text, [Segment("progress", 4, len(text), 1.0)]))
    [Segment(role='progress', start=4, end=8, probability=1.0)]

    Args:
        text: The text of the document.
        segments: Its segments, in order.
    """
    annexes = [found.start() for found in _ANNEX.finditer(text)]
    passed, is_open = 0, True
    for segment in segments:
        before = bisect_left(annexes, segment.start + 1)
        if before and "\n" not in text[annexes[before - 1] : segment.start].strip():
            segment = replace(segment, role="title")
        is_open = segment.role in _OPENERS or (is_open and before == passed)
        passed = before
        if segment.role == "title":
            yield segment
        elif is_open:
            inside = bisect_left(annexes, segment.end)
            if inside > before and segment.role not in _OPENERS:
                segment = replace(segment, end=len(text[: annexes[before]].rstrip()))
                passed, is_open = inside, False
            yield segment

"""Check lists that state their count: 甲、乙、丙等3条道路 must name three."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.extraction.numbers.numerals import chinese_value
from kg.model import TEXT_CELLS, CellName, Evidence, Name, Task
from kg.sentences import clause_start

_NUMBER = r"\d{1,3}|[一二两三四五六七八九十]{1,3}"
_MEASURE = "[个条座家所处栋项场支]"
_COUNTED = re.compile(
    rf"(?<=[^\W\d近约超共])等?(?P<count>{_NUMBER}){_MEASURE}(?P<of>[一-鿿]{{2,8}})"
    rf"|等(?P<of_before>[一-鿿]{{2,8}}?)(?P<count_after>{_NUMBER}){_MEASURE}"
)
_FIGURE = re.compile(r"\d+[^\W\d]")
_CLAUSE = re.compile(r"[，。；：！？,;:“”《》]")
_SEPARATOR = re.compile(r"、|以及|和|与|及")
_LONGEST_LIST = 300


@dataclass(frozen=True, slots=True)
class CountedList:
    """A list with the count stated in the text.

    Attributes:
        said: The count stated in the text.
        listed: The number of items in the list.
        named: The number of items recognised as names.
        evidence: The list up to its count.
    """

    said: int
    listed: int
    named: int
    evidence: Evidence


def check_counts(task: Task, names: Sequence[Name]) -> Iterator[CountedList]:
    """Yield the lists of a task whose stated count differs from the number of names in them.

    Args:
        task: The task.
        names: The names found in it.
    """
    for cell in TEXT_CELLS:
        spans = sorted(
            (evidence.start, evidence.end, name.name)
            for name in names
            for evidence in name.evidence
            if evidence.cell == cell
        )
        for counted in _counted_lists(task, cell, spans):
            if counted.said != counted.named:
                yield counted


def _counted_lists(
    task: Task, cell: CellName, spans: Sequence[tuple[int, int, str]]
) -> Iterator[CountedList]:
    text = task.cell(cell).text
    starts = [start for start, _, _ in spans]
    longest = max((end - start for start, end, _ in spans), default=0)
    for match in _COUNTED.finditer(text):
        first = clause_start(text, match.start(), _CLAUSE, _LONGEST_LIST)
        if "、" not in text[first : match.start()]:
            continue
        low, high = bisect_left(starts, first), bisect_left(starts, match.start())
        named = spans[low:high]
        # A list begins with its first name; the words before it are not an item.
        start = named[0][0] if named else first
        items = _item_spans(text, start, match.start(), named)
        if len(items) < 2 or any(_FIGURE.match(text, at, to) for at, to in items):
            continue
        recognised = sum(any(a <= at < b for at, _, _ in named) for a, b in items)
        around = spans[bisect_left(starts, start - longest) : bisect_right(starts, start)]
        unfolded = len({name for _, to, name in around if to >= match.start()})
        said = match["count"] or match["count_after"]
        number = int(said) if said.isdigit() else int(chinese_value(said))
        evidence = task.evidence(cell, start, match.end(), "count")
        yield CountedList(number, len(items), max(recognised, unfolded), evidence)


def _item_spans(
    text: str, start: int, end: int, named: Sequence[tuple[int, int, str]]
) -> list[tuple[int, int]]:
    """Return the spans of a list's items; names are not split."""
    edges = [start]
    for match in _SEPARATOR.finditer(text, start, end):
        if not any(at < match.end() and match.start() < to for at, to, _ in named):
            edges += match.span()
    edges.append(end)
    return [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b]

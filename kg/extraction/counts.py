"""Lists that count themselves, checked: 甲、乙、丙等3条道路 must name three."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.extraction.enumerations import list_items, list_start
from kg.extraction.quantities import chinese_value
from kg.model import TEXT_CELLS, CellName, Evidence, Name, Task

_NUMBER = r"\d{1,3}|[一二两三四五六七八九十]{1,3}"
_MEASURE = "[个条座家所处栋项场支]"
_COUNTED = re.compile(
    rf"(?<=[^\W\d近约超共])等?(?P<count>{_NUMBER}){_MEASURE}(?P<of>[一-鿿]{{2,8}})"
    rf"|等(?P<of_before>[一-鿿]{{2,8}}?)(?P<count_after>{_NUMBER}){_MEASURE}"
)
_FIGURE = re.compile(r"\d+[^\W\d]")


@dataclass(frozen=True, slots=True)
class CountedList:
    """A list with the number that the text gives for it.

    Attributes:
        said: How many the text says there are.
        listed: How many items the list has.
        named: How many of the items were recognised as names.
        evidence: The list up to its number.
    """

    said: int
    listed: int
    named: int
    evidence: Evidence


def check_counts(task: Task, names: Sequence[Name]) -> Iterator[CountedList]:
    """Yield the lists of a task whose number is not that of the names found in them.

    Args:
        task: The task.
        names: The names found in it.
    """
    for cell in TEXT_CELLS:
        spans = [
            (evidence.start, evidence.end, name.name)
            for name in names
            for evidence in name.evidence
            if evidence.cell == cell
        ]
        for counted in _lists(task, cell, spans):
            if counted.said != counted.named:
                yield counted


def _lists(
    task: Task, cell: CellName, spans: Sequence[tuple[int, int, str]]
) -> Iterator[CountedList]:
    text = task.cell(cell).text
    for match in _COUNTED.finditer(text):
        first = list_start(text, match.start())
        if "、" not in text[first : match.start()]:
            continue
        items = _paired(text, list_items(text, first, match.start()))
        if len(items) < 2 or any(_FIGURE.match(text, at, to) for at, to in items):
            continue
        start, end = items[0][0], match.end()
        named = {
            (at, name) if (at, to) != (start, end) else (0, name)
            for at, to, name in spans
            if start <= at < match.start()
        }
        # Several names may stand in one item; an item that holds a name is recognised.
        recognised = sum(any(a <= at < b for at, _ in named) for a, b in items)
        unfolded = len({name for at, to, name in spans if at <= start and to >= match.start()})
        said = match["count"] or match["count_after"]
        number = int(said) if said.isdigit() else int(chinese_value(said))
        evidence = task.evidence(cell, start, end, "count")
        yield CountedList(number, len(items), max(recognised, unfolded), evidence)


def _paired(text: str, items: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the items of a list, those that a dash joins (甲—乙) as one."""
    paired: list[tuple[int, int]] = []
    for start, end in items:
        if paired and set(text[paired[-1][1] : start]) == {"—"}:
            paired[-1] = (paired[-1][0], end)
        else:
            paired.append((start, end))
    return paired

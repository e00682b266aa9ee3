"""Check the dataset of the package against the original report: nothing lost, nothing added.

usage: python scripts/check_dataset.py ORIGINAL.txt [data/jianghan-2019/report.csv]

Both must have the same figures in each cell, in the same order, and the same departments and
categories in each row; each name that is certain in one must be in the other's row.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from kg.extraction.facts import extract
from kg.extraction.numbers.numerals import fold_digits
from kg.model import Task, TaskFacts
from kg.reading import read
from kg.resources import resource

_FIGURE = re.compile(r"\d+(?:\.\d+)?")
# Names with a lower confidence may differ.
_SURE = 0.995
_MARKS = re.compile(r"[\s“”‘’《》]")


def find_differences(original: Path, dataset: Path) -> Iterator[str]:
    """Yield a sentence for each difference between the sources."""
    sources = {path.name: list(extract(read(path))) for path in (original, dataset)}
    first, second = sources.values()
    if [found.task.number for found in first] != [found.task.number for found in second]:
        yield "the tasks are not the same"
        return
    for one, other in zip(first, second, strict=True):
        yield from _compare_cells(one.task, other.task)
        yield from (f"{line}, which the dataset lacks" for line in _missing_names(one, other.task))
        yield from (f"{line}, which the original lacks" for line in _missing_names(other, one.task))


def _compare_cells(one: Task, other: Task) -> Iterator[str]:
    if {d.name for d in one.departments} != {d.name for d in other.departments}:
        yield f"task {one.number}: the departments differ"
    if one.category != other.category:
        yield f"task {one.number}: the categories differ"
    for first, second in ((one.task, other.task), (one.progress, other.progress)):
        figures = [_FIGURE.findall(fold_digits(cell.text)) for cell in (first, second)]
        if figures[0] != figures[1]:
            yield f"task {one.number}: figures {figures[0]} and {figures[1]}"


def _missing_names(found: TaskFacts, other: Task) -> Iterator[str]:
    text = _MARKS.sub("", other.task.text + other.progress.text)
    for name in found.names:
        first = name.evidence[0]
        if first.rule == "title" or (first.confidence or 1.0) < _SURE:
            continue
        written = {name.name, *(evidence.quote for evidence in name.evidence)}
        if not any(_MARKS.sub("", words) in text for words in written):
            yield f"task {other.number}: {name.kind} “{name.name}”"


def main() -> int:
    """Print the differences; return 1 if there are any."""
    dataset = (
        Path(sys.argv[2]) if len(sys.argv) > 2 else resource("data", "jianghan-2019/report.csv")
    )
    found = list(find_differences(Path(sys.argv[1]), dataset))
    print("\n".join(found) or "the figures, names and departments are the same")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

"""Measure how far two readers who marked the same tasks agree, as an upper limit for models.

usage: python -m training.agreement [FIRST_FOLDER SECOND_FOLDER]
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from training.markup import MarkedTask, MarkupError, read_marked_tasks
from training.measure import Figures, count_names, format_table, marked_names
from training.samples import stretch_labels

_DATA = Path(__file__).parent.parent / "data" / "training"


def compare_readers(first: Iterable[MarkedTask], second: Iterable[MarkedTask]) -> Figures:
    """Return the figures of the second reader's marks against the first's, for common tasks."""
    by_text = {(task.task.text, task.progress.text): task for task in first}
    figures = Figures()
    for task in second:
        other = by_text.get((task.task.text, task.progress.text))
        if other is None:
            continue
        count_names(figures, marked_names(other), marked_names(task))
        if task.progress.text:
            figures.right.setdefault("states", []).append(task.status == other.status)
            pairs = zip(stretch_labels(other.progress), stretch_labels(task.progress), strict=True)
            figures.right.setdefault("stretches, characters", []).extend(a == b for a, b in pairs)
        for name, targets in (
            ("targets", [_targets(t) for t in (other, task)]),
            ("targets with answer", [_targets(t, "report") for t in (other, task)]),
            ("targets judged", [_targets(t, "judgement") for t in (other, task)]),
        ):
            figures.count(name).add(*targets)
    return figures


def _targets(task: MarkedTask, *fields: str) -> Counter[tuple[str, ...]]:
    """Return the targets of a task by the position of their number, with some of their fields."""
    return Counter(
        (
            str(task.task.text.index(target.promise) + len(target.promise)),
            *(_number_position(task, getattr(target, field)) for field in fields),
        )
        for target in task.targets
    )


def _number_position(task: MarkedTask, words: str | None) -> str:
    at = task.progress.text.find(words) if words else -1
    return words or "" if at < 0 else str(at + len(words or ""))


def main() -> None:
    """Parse the command line, compare and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("first", type=Path, nargs="?", default=_DATA)
    parser.add_argument("second", type=Path, nargs="?", default=_DATA / "second")
    options = parser.parse_args()
    try:
        figures = compare_readers(
            read_marked_tasks(options.first), read_marked_tasks(options.second)
        )
    except MarkupError as error:
        parser.error(str(error))
    both = len(figures.right.get("states", []))
    print(f"{both} tasks with progress that both readers marked")
    print("\n".join(format_table(figures.table())))


if __name__ == "__main__":
    main()

"""Measure a model on marked tasks that it was not trained with, head by head."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

import numpy as np

from kg.tagger.labels import COMPARATORS, HEAD, JUDGEMENTS, KINDS, STRETCHES
from kg.tagger.model import Model
from kg.tagger.tagging import Pair, Tagging, tag_pair
from training.markup import MarkedTask
from training.samples import IGNORED, number_spans, promise_labels, stretch_labels

_SHARE = 0.5
_BINS = 10
# The weight of the network's own probability, which matters in bins with few cases.
_WEIGHT = 5.0
_LABELS: dict[str, tuple[str, ...]] = {"comparators": COMPARATORS, "judgements": JUDGEMENTS}


@dataclass
class Count:
    """Hits, misses and inventions of one kind of label."""

    hit: int = 0
    missed: int = 0
    invented: int = 0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; 1 if there is nothing to find."""
        wrong = self.missed + self.invented
        return 2 * self.hit / (2 * self.hit + wrong) if self.hit or wrong else 1.0

    def add(self, want: Counter[tuple[str, ...]], got: Counter[tuple[str, ...]]) -> None:
        """Count the common labels of two multisets, and those that only one has."""
        common = (want & got).total()
        self.hit += common
        self.missed += want.total() - common
        self.invented += got.total() - common


@dataclass
class Figures:
    """The counted figures: F1 by label, shares of right answers, and cases for calibration."""

    counts: dict[str, Count] = field(default_factory=dict)
    right: dict[str, list[bool]] = field(default_factory=dict)
    cases: dict[str, list[tuple[float, bool]]] = field(default_factory=dict)

    def count(self, label: str) -> Count:
        """Return the count of a label."""
        return self.counts.setdefault(label, Count())

    def table(self) -> dict[str, float]:
        """Return each figure by its name, from 0 to 1."""
        shares = {name: sum(cases) / len(cases) for name, cases in self.right.items() if cases}
        return {name: round(c.f1, 3) for name, c in self.counts.items()} | {
            name: round(share, 3) for name, share in shares.items()
        }

    def calibration(self) -> dict[str, list[tuple[float, float]]]:
        """Return the points of each head's calibration."""
        return {head: fit_calibration(cases) for head, cases in self.cases.items()}


def measure(model: Model, tasks: Iterable[MarkedTask]) -> Figures:
    """Return the figures of a model on marked tasks."""
    figures = Figures()
    for task in tasks:
        promises, reports = number_spans(task)
        pair = Pair(task.task.text, task.progress.text, tuple(promises), tuple(reports))
        tagging = tag_pair(pair, model)
        _count_names(figures, task, tagging)
        _count_progress(figures, task, tagging)
        _count_promises(figures, task, tagging)
    return figures


def marked_names(task: MarkedTask) -> set[tuple[str, str]]:
    """Return the names that a task marks, each with its kind."""
    cells = (task.task, task.progress)
    return {(span.kind, cell.text[span.start : span.end]) for cell in cells for span in cell.names}


def count_names(figures: Figures, want: set[tuple[str, str]], got: set[tuple[str, str]]) -> None:
    """Count the names of one task, kind by kind and of any kind."""
    for kind in KINDS:
        of_kind = [
            Counter[tuple[str, ...]](n for n in names if n[0] == kind) for names in (want, got)
        ]
        figures.count(kind).add(*of_kind)
    wanted, found = ({name for _, name in names} for names in (want, got))
    bags = [Counter[tuple[str, ...]]((name,) for name in names) for names in (wanted, found)]
    figures.count("names").add(*bags)
    hits = _overlaps(wanted, found)
    count = figures.count("names, overlapping")
    count.hit += hits
    count.missed += len(wanted) - hits
    count.invented += len(found) - hits


def _count_names(figures: Figures, task: MarkedTask, tagging: Tagging) -> None:
    found = ((task.task, tagging.first_names), (task.progress, tagging.second_names))
    got = {
        (span.label, cell.text[span.start : span.end])
        for cell, spans in found
        for span in spans
        if span.label != HEAD
    }
    count_names(figures, marked_names(task), got)
    cases = figures.cases.setdefault("names", [])
    for cell, spans in found:
        marked = {(s.start, s.end, s.kind) for s in cell.names}
        cases += [
            (s.probability, (s.start, s.end, s.label) in marked) for s in spans if s.label != HEAD
        ]


def _overlaps(want: set[str], got: set[str]) -> int:
    """Return how many names can be paired: one contains the other and is at most twice as long."""
    pairs = sorted(
        (
            (min(len(a), len(b)) / max(len(a), len(b)), a, b)
            for a in want
            for b in got
            if a in b or b in a
        ),
        reverse=True,
    )
    left, right = set(want), set(got)
    hits = 0
    for share, a, b in pairs:
        if share >= _SHARE and a in left and b in right:
            left.remove(a)
            right.remove(b)
            hits += 1
    return hits


def _count_progress(figures: Figures, task: MarkedTask, tagging: Tagging) -> None:
    if tagging.state is None or task.status is None:
        return
    right = tagging.state.label == task.status
    figures.right.setdefault("states", []).append(right)
    figures.cases.setdefault("states", []).append((tagging.state.probability, right))
    if task.status_quote:
        start = task.progress.text.index(task.status_quote)
        end = start + len(task.status_quote)
        overlap = tagging.state.start < end and start < tagging.state.end
        figures.right.setdefault("words of the state", []).append(overlap)
    wanted = stretch_labels(task.progress)
    for span in tagging.stretches:
        label = STRETCHES.index(span.label)
        cases = figures.right.setdefault("stretches, characters", [])
        cases += [bool(at == label) for at in wanted[span.start : span.end]]


def _count_promises(figures: Figures, task: MarkedTask, tagging: Tagging) -> None:
    wanted = promise_labels(task, number_spans(task))
    for label, found in zip(wanted, tagging.promises, strict=True):
        right = (found.target >= 0.5) == bool(label.is_target)
        figures.right.setdefault("targets", []).append(right)
        case = (found.target, bool(label.is_target))
        figures.cases.setdefault("targets", []).append(case)
        if not label.is_target:
            continue
        if label.answer != IGNORED:
            best = max(range(len(found.answers)), key=found.answers.__getitem__)
            figures.right.setdefault("answers", []).append(best == label.answer)
        for head, index, given in (
            ("comparators", label.comparator, found.comparator),
            ("judgements", label.judgement, found.judgement),
        ):
            names = _LABELS[head]
            figures.right.setdefault(head, []).append(names[index] == given)
            if head == "judgements":
                case = (found.judgement_probability, names[index] == given)
                figures.cases.setdefault(head, []).append(case)


def fit_calibration(cases: Sequence[tuple[float, bool]]) -> list[tuple[float, float]]:
    """Return points that map predicted probabilities to shares of right labels, monotonically.

    Args:
        cases: Predicted probabilities, each with whether the label was right.

    >>> fit_calibration([(0.5, False), (0.9, True)])
    [(0.5, 0.417), (0.9, 0.917)]
    """
    points: list[tuple[float, float]] = []
    if not cases:
        return points
    ranked = sorted(cases, key=itemgetter(0))
    for part in np.array_split(np.arange(len(ranked)), min(_BINS, len(ranked))):
        given = float(np.mean([ranked[at][0] for at in part]))
        right = sum(ranked[at][1] for at in part) + _WEIGHT * given
        share = right / (len(part) + _WEIGHT)
        points.append((round(given, 3), round(max(share, points[-1][1] if points else 0.0), 3)))
    merged: dict[float, float] = {}
    for given, share in points:
        merged[given] = share if given not in merged else (merged[given] + share) / 2
    return list(merged.items())


def format_table(table: Mapping[str, float]) -> Iterator[str]:
    """Yield the lines of a table of figures."""
    for name, value in table.items():
        yield f"{name:24} {value:.3f}"

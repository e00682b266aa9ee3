"""Which rows of two reports are the same task: by wording, departments and place in the table.

Rows whose wording stands once on either side are the same task, and so are rows of equal wording
and departments, in their order. Of all others that are alike, each is matched with one at most, so
that the matches taken together are the most alike (maximum-weight matching). A row that is left
over and whose words stand inside one that is matched was split from it, or merged into it.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.extraction.linking import department_key
from kg.model import Task

# How much the wording, the departments and the place in the table count.
_WORDING, _DEPARTMENTS, _PLACE = 0.7, 0.2, 0.1
# Rows whose words or whose score are less alike are not compared further.
_LEAST_WORDING, _LEAST = 0.35, 0.5
# A match below is for a person to decide.
SURE = 0.7
# A second row that is as much alike makes a match doubtful, one that is less so by this does not.
_MARGIN = 0.1
# A part that was split off or merged: so much of its words, and words enough to tell.
_INSIDE, _SHORTEST = 0.9, 6
_SIGNS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Match:
    """Rows of two reports that are the same task.

    Attributes:
        before: Number of the row in the first.
        after: Number of the row in the second.
        confidence: How sure that is, from 0 to 1.
    """

    before: int
    after: int
    confidence: float

    @property
    def is_sure(self) -> bool:
        """Whether nobody needs to decide it."""
        return self.confidence >= SURE


@dataclass(frozen=True, slots=True)
class Matching:
    """How the rows of two reports stand to each other.

    Attributes:
        matches: Rows that are the same task, by number in the first.
        vanished: Numbers of the rows that only the first has.
        new: Numbers of the rows that only the second has.
        merged: For rows that vanished, the row of the second that holds their words.
        split: For new rows, the row of the first that holds their words.
    """

    matches: tuple[Match, ...]
    vanished: tuple[int, ...]
    new: tuple[int, ...]
    merged: Mapping[int, int]
    split: Mapping[int, int]


def match(before: Sequence[Task], after: Sequence[Task]) -> Matching:
    """Return how the rows of two reports stand to each other.

    Args:
        before: The rows of one report, each number once.
        after: The rows of the other.
    """
    sides = tuple([_Row.of(task) for task in tasks] for tasks in (before, after))
    found = _equal(sides)
    taken = [{pair[side] for pair in found} for side in (0, 1)]
    left, right = (
        [at for at in range(len(rows)) if at not in ends]
        for rows, ends in zip(sides, taken, strict=True)
    )
    scores = dict(_scores(sides, left, right, _Shift(sides, list(found))))
    found |= _confidences(list(_assign(scores)), scores)
    matches = (
        Match(sides[0][one].number, sides[1][other].number, sure)
        for (one, other), sure in found.items()
    )
    return matching(before, after, matches)


def matching(before: Sequence[Task], after: Sequence[Task], matches: Iterable[Match]) -> Matching:
    """Return how the rows of two reports stand to each other, given which are the same task."""
    found = sorted(matches, key=lambda it: it.before)
    sides = tuple([_Row.of(task) for task in tasks] for tasks in (before, after))
    vanished = _without(sides[0], {it.before for it in found})
    new = _without(sides[1], {it.after for it in found})
    return Matching(
        tuple(found),
        tuple(row.number for row in vanished),
        tuple(row.number for row in new),
        merged=_held(vanished, sides[1]),
        split=_held(new, sides[0]),
    )


@dataclass(frozen=True, slots=True)
class _Row:
    """A row as it is compared: its number, its clauses parted by spaces, its departments."""

    number: int
    words: str
    departments: frozenset[str]

    @classmethod
    def of(cls, task: Task) -> _Row:
        words = _SIGNS.sub(" ", unicodedata.normalize("NFKC", task.task.text).lower()).strip()
        names = frozenset(department_key(department.name) for department in task.departments)
        return cls(task.number, words, names)


_Pair = tuple[int, int]
_Sides = tuple[list[_Row], ...]


def _equal(sides: _Sides) -> dict[_Pair, float]:
    """Return the rows of equal words, with how sure they are the same task.

    Words that stand once on either side are sure. Of words that stand more often, rows of the same
    departments are taken in their order, which is doubtful where one side has more of them.
    """
    found: dict[_Pair, float] = {}
    for key in (lambda row: row.words, lambda row: (row.words, row.departments)):
        ends = [{pair[side] for pair in found} for side in (0, 1)]
        groups: defaultdict[object, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
        for side, rows in enumerate(sides):
            for at, row in enumerate(rows):
                if at not in ends[side]:
                    groups[key(row)][side].append(at)
        for words, (left, right) in groups.items():
            is_alone = len(left) == len(right) == 1 and words
            if is_alone or isinstance(words, tuple):
                sure = 1.0 if len(left) == len(right) else 0.5
                found |= dict.fromkeys(zip(left, right, strict=False), sure)
    return found


class _Shift:
    """By how much the numbers around a pair of rows have shifted: as at the nearest anchor."""

    def __init__(self, sides: _Sides, anchors: Sequence[_Pair]) -> None:
        numbers = [(sides[0][one].number, sides[1][other].number) for one, other in anchors]
        # Looked up by the sum of both numbers, so that either side may come first.
        self._known = sorted((one + other, other - one) for one, other in numbers)

    def nearness(self, before: int, after: int) -> float:
        """Return 1 for a number that has shifted as the nearest did, less for others."""
        place = before + after
        at = bisect_left(self._known, (place, 0))
        near = self._known[max(0, at - 1) : at + 1]
        shifts = [shift for _, shift in near] or [0]
        return 1 / (1 + min(abs(after - before - shift) for shift in shifts))


def _scores(
    sides: _Sides, left: Sequence[int], right: Sequence[int], shift: _Shift
) -> Iterator[tuple[_Pair, float]]:
    """Yield how alike the rows are that may be the same task."""
    # Loaded here: few commands compare reports.
    import numpy as np
    from rapidfuzz.fuzz import ratio, token_sort_ratio
    from rapidfuzz.process import cdist

    if not left or not right:
        return
    words = ([sides[0][at].words for at in left], [sides[1][at].words for at in right])
    # As they stand, and with their clauses in any order.
    alike = np.maximum(
        *(
            cdist(*words, scorer=scorer, score_cutoff=100 * _LEAST_WORDING)
            for scorer in (ratio, token_sort_ratio)
        )
    )
    for row, column in zip(*alike.nonzero(), strict=True):
        one, other = left[row], right[column]
        first, second = sides[0][one], sides[1][other]
        score = _WORDING * float(alike[row, column]) / 100
        score += _PLACE * shift.nearness(first.number, second.number)
        if first.departments and second.departments:
            both, all_ = (
                first.departments & second.departments,
                first.departments | second.departments,
            )
            score += _DEPARTMENTS * len(both) / len(all_)
        else:
            score /= 1 - _DEPARTMENTS
        if score >= _LEAST:
            yield (one, other), score


def _assign(scores: Mapping[_Pair, float]) -> Iterator[_Pair]:
    """Yield the pairs that together are the most alike, each row once."""
    import networkx as nx

    graph = nx.Graph()
    for (one, other), score in scores.items():
        # Whole numbers, so that the matching is exact.
        graph.add_edge((0, one), (1, other), weight=round(score * 1_000_000))
    for nodes in nx.connected_components(graph):
        for pair in nx.max_weight_matching(graph.subgraph(nodes)):
            (_, one), (_, other) = sorted(pair)
            yield one, other


def _confidences(pairs: Sequence[_Pair], scores: Mapping[_Pair, float]) -> dict[_Pair, float]:
    """Return the scores of pairs, halved where another row is as much alike."""
    of_end: defaultdict[tuple[int, int], list[float]] = defaultdict(list)
    for pair, score in scores.items():
        for end in enumerate(pair):
            of_end[end].append(score)
    found: dict[_Pair, float] = {}
    for pair in pairs:
        score = scores[pair]
        # The pair itself stands among the scores of either end.
        rivals = (
            sorted(of_end[end])[:-1] if max(of_end[end]) == score else of_end[end]
            for end in enumerate(pair)
        )
        margin = score - max((max(other, default=0.0) for other in rivals), default=0.0)
        found[pair] = round(score * (0.5 + 0.5 * min(1.0, max(0.0, margin) / _MARGIN)), 2)
    return found


def _without(rows: Sequence[_Row], numbers: set[int]) -> list[_Row]:
    return [row for row in rows if row.number not in numbers]


def _held(left_over: Sequence[_Row], others: Sequence[_Row]) -> dict[int, int]:
    """Return for rows the row on the other side that holds their words."""
    from rapidfuzz.fuzz import partial_ratio
    from rapidfuzz.process import extractOne

    found: dict[int, int] = {}
    for row in left_over:
        holders = {
            other.number: other.words for other in others if len(other.words) > len(row.words)
        }
        if len(row.words) < _SHORTEST:
            continue
        best = extractOne(row.words, holders, scorer=partial_ratio, score_cutoff=100 * _INSIDE)
        if best:
            found[row.number] = best[2]
    return found

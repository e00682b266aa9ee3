"""Match the rows of two reports by wording, departments and place in the table.

Rows with the same wording are the same task if the wording is unique in both reports; so are rows
with the same wording and departments, in their order. The remaining rows are paired by similarity,
the most similar first, each row once. A row that is left over was split from or merged into another
row if that row contains its words.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from kg.extraction.linking.departments import department_key
from kg.history.wording import Terms, rarity, similar_pairs, terms, weight
from kg.model import Task

# The weights of wording, departments and place in the table.
_WORDING, _DEPARTMENTS, _PLACE = 0.7, 0.2, 0.1
# Rows with a lower similarity of wording, or a lower score, are not paired.
_LEAST_WORDING, _LEAST = 0.45, 0.5
# A person has to decide about matches with a lower confidence.
SURE = 0.65
# Matches with a lower confidence are dropped.
_LEAST_SURE = 0.4
# A match is doubtful if the next best score is less than this below its own.
_MARGIN = 0.1
# For rows that were split or merged: the least share of words that the other row contains, and the
# least number of characters.
_INSIDE, _SHORTEST = 0.9, 6
_SIGNS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Match:
    """Rows of two reports that are the same task.

    Attributes:
        before: Number of the row in the first report.
        after: Number of the row in the second report.
        confidence: The confidence of the match, from 0 to 1.
    """

    before: int
    after: int
    confidence: float

    @property
    def is_sure(self) -> bool:
        """Whether no person has to decide about it."""
        return self.confidence >= SURE


@dataclass(frozen=True, slots=True)
class Matching:
    """The relations between the rows of two reports.

    Attributes:
        matches: Rows that are the same task, by number in the first report.
        vanished: Numbers of the rows that only the first report has.
        new: Numbers of the rows that only the second report has.
        merged: For vanished rows, the row of the second report that contains their words.
        split: For new rows, the row of the first report that contains their words.
    """

    matches: tuple[Match, ...]
    vanished: tuple[int, ...]
    new: tuple[int, ...]
    merged: Mapping[int, int]
    split: Mapping[int, int]


def match_rows(before: Sequence[Task], after: Sequence[Task]) -> Matching:
    """Match the rows of two reports.

    Args:
        before: The rows of one report, with unique numbers.
        after: The rows of the other.
    """
    sides = tuple([_Row.of(task) for task in tasks] for tasks in (before, after))
    found = _equal_rows(sides)
    taken = [{pair[side] for pair in found} for side in (0, 1)]
    left, right = (
        [at for at in range(len(rows)) if at not in ends]
        for rows, ends in zip(sides, taken, strict=True)
    )
    scores = dict(_scores(sides, left, right, _Shift(sides, list(found))))
    rest = _confidences(list(_assign_pairs(scores)), scores)
    found |= {pair: sure for pair, sure in rest.items() if sure >= _LEAST_SURE}
    matches = (
        Match(sides[0][one].number, sides[1][other].number, sure)
        for (one, other), sure in found.items()
    )
    return make_matching(before, after, matches)


def make_matching(
    before: Sequence[Task], after: Sequence[Task], matches: Iterable[Match]
) -> Matching:
    """Return the relations between the rows of two reports, given which are the same task."""
    found = sorted(matches, key=lambda it: it.before)
    sides = tuple([_Row.of(task) for task in tasks] for tasks in (before, after))
    vanished = _rows_without(sides[0], {it.before for it in found})
    new = _rows_without(sides[1], {it.after for it in found})
    return Matching(
        tuple(found),
        tuple(row.number for row in vanished),
        tuple(row.number for row in new),
        merged=_containing_rows(vanished, sides[1]),
        split=_containing_rows(new, sides[0]),
    )


@dataclass(frozen=True, slots=True)
class _Row:
    """The attributes of a row that are compared.

    They are its number, its space-separated clauses, its terms and its departments.
    """

    number: int
    words: str
    terms: Terms
    departments: frozenset[str]

    @classmethod
    def of(cls, task: Task) -> _Row:
        words = _SIGNS.sub(" ", unicodedata.normalize("NFKC", task.task.text).lower()).strip()
        names = frozenset(department_key(department.name) for department in task.departments)
        return cls(task.number, words, terms(task.task.text), names)


_Pair = tuple[int, int]
_Sides = tuple[list[_Row], ...]


def _equal_rows(sides: _Sides) -> dict[_Pair, float]:
    """Return pairs of rows with the same words, with their confidence.

    Words that are unique in both reports are certain. Otherwise rows with the same departments are
    paired in their order, which is doubtful if one report has more of them.
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
    """The shift between the row numbers of two reports, estimated from the nearest known pairs."""

    def __init__(self, sides: _Sides, anchors: Sequence[_Pair]) -> None:
        numbers = [(sides[0][one].number, sides[1][other].number) for one, other in anchors]
        # Sorted by the sum of both numbers, so that both reports count equally.
        self._known = sorted((one + other, other - one) for one, other in numbers)

    def nearness(self, before: int, after: int) -> float:
        """Return 1 for a pair with the same shift as the nearest known pair, less for others."""
        place = before + after
        at = bisect_left(self._known, (place, 0))
        near = self._known[max(0, at - 1) : at + 1]
        shifts = [shift for _, shift in near] or [0]
        return 1 / (1 + min(abs(after - before - shift) for shift in shifts))


def _scores(
    sides: _Sides, left: Sequence[int], right: Sequence[int], shift: _Shift
) -> Iterator[tuple[_Pair, float]]:
    """Yield the scores of rows that may be the same task."""
    rare = rarity([[row.terms for row in rows] for rows in sides])
    rows = ({at: sides[0][at] for at in left}, {at: sides[1][at] for at in right})
    before, after = ({at: row.terms for at, row in those.items()} for those in rows)
    weights = [{at: weight(row.terms, rare) for at, row in those.items()} for those in rows]
    for one, other, shared in similar_pairs(before, after, rare):
        alike = shared / sqrt(weights[0][one] * weights[1][other])
        if alike < _LEAST_WORDING:
            continue
        first, second = rows[0][one], rows[1][other]
        score = _WORDING * alike + _PLACE * shift.nearness(first.number, second.number)
        if first.departments and second.departments:
            both = first.departments & second.departments
            score += _DEPARTMENTS * len(both) / len(first.departments | second.departments)
        else:
            score /= 1 - _DEPARTMENTS
        if score >= _LEAST:
            yield (one, other), score


def _assign_pairs(scores: Mapping[_Pair, float]) -> Iterator[_Pair]:
    """Yield pairs in the order of their scores, the best first, each row once."""
    taken: set[tuple[int, int]] = set()
    for pair in sorted(scores, key=lambda it: (-scores[it], it)):
        ends = set(enumerate(pair))
        if taken.isdisjoint(ends):
            taken |= ends
            yield pair


def _confidences(pairs: Sequence[_Pair], scores: Mapping[_Pair, float]) -> dict[_Pair, float]:
    """Return the confidences of pairs: their scores, halved if another row has the same score."""
    of_end: defaultdict[tuple[int, int], list[float]] = defaultdict(list)
    for pair, score in scores.items():
        for end in enumerate(pair):
            of_end[end].append(score)
    found: dict[_Pair, float] = {}
    for pair in pairs:
        score = scores[pair]
        # The scores of both rows include that of the pair itself.
        rivals = (
            sorted(of_end[end])[:-1] if max(of_end[end]) == score else of_end[end]
            for end in enumerate(pair)
        )
        margin = score - max((max(other, default=0.0) for other in rivals), default=0.0)
        found[pair] = round(score * (0.5 + 0.5 * min(1.0, max(0.0, margin) / _MARGIN)), 2)
    return found


def _rows_without(rows: Sequence[_Row], numbers: set[int]) -> list[_Row]:
    return [row for row in rows if row.number not in numbers]


def _containing_rows(left_over: Sequence[_Row], others: Sequence[_Row]) -> dict[int, int]:
    """Return for rows the row of the other report that contains their words."""
    # Imported here, since few commands compare reports.
    from rapidfuzz.fuzz import partial_ratio

    long_enough = [row for row in left_over if len(row.words) >= _SHORTEST]
    rows = (dict(enumerate(long_enough)), dict(enumerate(others)))
    left, right = ({at: row.terms for at, row in those.items()} for those in rows)
    best: dict[int, tuple[float, int]] = {}
    for one, other, _ in similar_pairs(left, right, rarity([[*left.values()], [*right.values()]])):
        part, whole = rows[0][one], rows[1][other]
        if len(whole.words) > len(part.words):
            inside = partial_ratio(part.words, whole.words, score_cutoff=100 * _INSIDE)
            if inside > best.get(part.number, (0.0, 0))[0]:
                best[part.number] = inside, whole.number
    return {number: holder for number, (_, holder) in best.items()}

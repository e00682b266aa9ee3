"""Which rows of two reports are the same task: by wording, departments and place in the table.

Rows whose wording stands once on either side are the same task, and so are rows of equal wording
and departments, in their order. Of all others that are alike, pairs are taken from the most alike
on, each row once. A row that is left over and whose words stand inside one that is matched was
split from it, or merged into it.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from kg.extraction.departments import department_key
from kg.history.wording import Terms, rarity, sharing, terms, weight
from kg.model import Task

# How much the wording, the departments and the place in the table count.
_WORDING, _DEPARTMENTS, _PLACE = 0.7, 0.2, 0.1
# Rows whose words or whose score are less alike are not compared further.
_LEAST_WORDING, _LEAST = 0.45, 0.5
# A match below is for a person to decide.
SURE = 0.65
# A match below is none: another row is as much alike, and neither is much.
_LEAST_SURE = 0.4
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
    rest = _confidences(list(_assign(scores)), scores)
    found |= {pair: sure for pair, sure in rest.items() if sure >= _LEAST_SURE}
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
    """A row as it is compared.

    Its number, its clauses parted by spaces, its figures and pairs of letters, its departments.
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
    rare = rarity([[row.terms for row in rows] for rows in sides])
    rows = ({at: sides[0][at] for at in left}, {at: sides[1][at] for at in right})
    before, after = ({at: row.terms for at, row in those.items()} for those in rows)
    told = [{at: weight(row.terms, rare) for at, row in those.items()} for those in rows]
    for one, other, shared in sharing(before, after, rare):
        alike = shared / sqrt(told[0][one] * told[1][other])
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


def _assign(scores: Mapping[_Pair, float]) -> Iterator[_Pair]:
    """Yield pairs from the most alike on, each row once."""
    taken: set[tuple[int, int]] = set()
    for pair in sorted(scores, key=lambda it: (-scores[it], it)):
        ends = set(enumerate(pair))
        if taken.isdisjoint(ends):
            taken |= ends
            yield pair


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
    # Loaded here: few commands compare reports.
    from rapidfuzz.fuzz import partial_ratio

    long_enough = [row for row in left_over if len(row.words) >= _SHORTEST]
    rows = (dict(enumerate(long_enough)), dict(enumerate(others)))
    left, right = ({at: row.terms for at, row in those.items()} for those in rows)
    best: dict[int, tuple[float, int]] = {}
    for one, other, _ in sharing(left, right, rarity([[*left.values()], [*right.values()]])):
        part, whole = rows[0][one], rows[1][other]
        if len(whole.words) > len(part.words):
            inside = partial_ratio(part.words, whole.words, score_cutoff=100 * _INSIDE)
            if inside > best.get(part.number, (0.0, 0))[0]:
                best[part.number] = inside, whole.number
    return {number: holder for number, (_, holder) in best.items()}

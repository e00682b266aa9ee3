"""Precision, recall and F1 of an extraction by kind of fact, and what it missed and invented.

Two names are equal if they differ only in white space, quotation marks, book title marks, and the
width of brackets and punctuation. They overlap if one contains the other and is at most twice as
long.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.errors import InputError
from kg.evaluation.records import Record, load_records
from kg.extraction.record import KEYS

_MARKS = re.compile(r"[\s“”\"‘’《》〈〉]")
_FOLDED = str.maketrans("（）：；，", "():;,")
_OVERLAPPING = "names (overlapping)"


@dataclass(frozen=True, slots=True)
class Figure:
    """The figures for one kind of fact.

    Attributes:
        kind: The kind of fact.
        hit: Number of facts that both have.
        missed: Number of facts that only the reference has.
        invented: Number of facts that only the extraction has.
    """

    kind: str
    hit: int
    missed: int
    invented: int

    @property
    def precision(self) -> float:
        """The share of the extracted facts that are right; 1 if there are none."""
        found = self.hit + self.invented
        return self.hit / found if found else 1.0

    @property
    def recall(self) -> float:
        """The share of the reference's facts that were found; 1 if there are none."""
        wanted = self.hit + self.missed
        return self.hit / wanted if wanted else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Miss:
    """The differences between the extraction and the reference for one task.

    Attributes:
        task: Number of the task.
        kind: The kind of fact.
        missed: What only the reference has.
        invented: What only the extraction has.
    """

    task: int
    kind: str
    missed: tuple[str, ...]
    invented: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The figures by kind, and the misses by kind and task.

    Attributes:
        tasks: How many tasks the reference has.
        figures: One figure for each kind; for cells and status a hit is a task that is right.
        misses: The differences.
    """

    tasks: int
    figures: tuple[Figure, ...]
    misses: tuple[Miss, ...]


def evaluate(extracted: str | Path, reference: str | Path) -> Evaluation:
    """Compare an extraction with a reference, task by task; only the reference's tasks count.

    Args:
        extracted: What `kg extract` wrote.
        reference: A file in the same format, made by a reader; see docs/evaluation.md.

    Raises:
        InputError: One of the files cannot be read, or lacks a field.
    """
    found, wanted = load_records(extracted), load_records(reference)
    figures: list[Figure] = []
    misses: list[Miss] = []
    for kind, facts in {**_WHOLE, **_LISTS}.items():
        hit = missed = invented = 0
        for number, record in wanted.items():
            want = _read_facts(facts, record, reference)
            got = _read_facts(facts, found[number], extracted) if number in found else Counter()
            if kind == _OVERLAPPING:
                hits, lost, extra = _pair_overlapping(set(want), set(got))
            else:
                hits = (want & got).total()
                lost, extra = list((want - got).elements()), list((got - want).elements())
            hit, missed, invented = hit + hits, missed + len(lost), invented + len(extra)
            if lost or extra:
                misses.append(Miss(number, kind, _texts(lost), _texts(extra)))
        figures.append(Figure(kind, hit, missed, invented))
    return Evaluation(len(wanted), tuple(figures), tuple(misses))


Facts = Counter[Hashable]


def _read_facts(facts: Callable[[Record], Facts], record: Record, path: str | Path) -> Facts:
    try:
        return facts(record)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputError(
            f"{path}, task {record['no']}: cannot be compared ({type(error).__name__}: {error}); "
            "write it as kg extract does, see docs/evaluation.md"
        ) from error


def _texts(facts: Iterable[Hashable]) -> tuple[str, ...]:
    return tuple(
        sorted(" ".join(map(str, fact)) if isinstance(fact, tuple) else str(fact) for fact in facts)
    )


def normal_text(text: object) -> str:
    """Return a text in the form in which texts are compared.

    >>> normal_text("《柳河治理（试行）办法》")
    '柳河治理(试行)办法'
    """
    return _MARKS.sub("", str(text or "")).translate(_FOLDED)


def _number(value: float | str | None) -> float | None:
    return None if value is None else round(float(value), 6)


def _cell(key: str) -> Callable[[Record], Facts]:
    return lambda record: Counter([normal_text(record.get(key))])


def _category(record: Record) -> Facts:
    return Counter([tuple(normal_text(part) for part in record.get("category") or (None, None))])


def _departments(record: Record) -> Facts:
    return Counter([tuple(sorted({normal_text(name) for name in record.get("departments") or []}))])


def _status(record: Record) -> Facts:
    return Counter([str(record.get("status"))])


def _names(*keys: str) -> Callable[[Record], Facts]:
    def names(record: Record) -> Facts:
        return Counter(
            {
                normal_text(item["name"] if isinstance(item, Mapping) else item)
                for key in keys
                for item in record.get(key) or []
            }
        )

    return names


def _quantities(record: Record) -> Facts:
    return Counter(
        (quantity["cell"], _number(quantity["value"]), normal_text(quantity["unit"]))
        for quantity in record.get("quantities") or []
    )


def _dates(record: Record) -> Facts:
    return Counter({(date["cell"], date["iso"]) for date in record.get("dates") or []})


def _targets(*more: str) -> Callable[[Record], Facts]:
    def targets(record: Record) -> Facts:
        return Counter(
            (
                _number(target["target"]),
                normal_text(target["unit"]),
                *(target.get(key) if key == "met" else _number(target.get(key)) for key in more),
            )
            for target in record.get("targets") or []
        )

    return targets


_WHOLE: dict[str, Callable[[Record], Facts]] = {
    "task text": _cell("task"),
    "progress text": _cell("progress"),
    "category": _category,
    "departments": _departments,
    "status": _status,
}
_LISTS: dict[str, Callable[[Record], Facts]] = {
    **{key: _names(key) for key in KEYS.values()},
    "names (any kind)": _names(*KEYS.values()),
    _OVERLAPPING: _names(*KEYS.values()),
    "quantities": _quantities,
    "dates": _dates,
    "targets": _targets(),
    "targets with actual": _targets("actual"),
    "targets judged": _targets("met"),
}


def _pair_overlapping(
    want: set[Hashable], got: set[Hashable]
) -> tuple[int, list[Hashable], list[Hashable]]:
    """Pair overlapping names, the most similar first; return the number of pairs and the rest."""
    pairs = sorted(
        (
            (min(len(a), len(b)) / max(len(a), len(b)), a, b)
            for a in map(str, want)
            for b in map(str, got)
            if a and b and (a in b or b in a)
        ),
        reverse=True,
    )
    left, right = set(want), set(got)
    hits = 0
    for share, a, b in pairs:
        if share >= 0.5 and a in left and b in right:
            left.remove(a)
            right.remove(b)
            hits += 1
    return hits, list(left), list(right)

"""Make training samples from marked tasks: encoded windows with their labels."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from kg.extraction.numbers.quantities import find_quantities
from kg.model import Cell, NameKind, Task
from kg.tagger.encoding import EncodedWindow, encode_window, split_windows
from kg.tagger.labels import COMPARATORS, HEAD, JUDGEMENTS, KINDS, NAME_LABELS, STATES, STRETCHES
from kg.tagger.vocabulary import MASK, Vocabulary, fold_characters
from training.markup import MarkedCell, MarkedTask, Span, number_span

IGNORED = -100
HEAD_LABEL = NAME_LABELS.index(f"B-{HEAD}")
# The most characters between an item and the head that the items of a list share.
_FARTHEST = 80
_NUMERAL = re.compile(r"\d[\d,.]*|[〇零一二两三四五六七八九十百千]+")
_SWAPPED, _MASKED, _BROKEN = 0.3, 0.08, 0.1


@dataclass(frozen=True)
class Promise:
    """A number in the first text with its labels; offsets are those in the window."""

    start: int
    end: int
    is_target: int
    comparator: int = IGNORED
    judgement: int = IGNORED
    answer: int = IGNORED


@dataclass(frozen=True)
class Sample:
    """A window with its labels.

    Attributes:
        encoded: The window as numbers.
        names: The label of each character.
        stretches: The type of each character of the second text; `IGNORED` for the first.
        second: The offset of the first character of the second text.
        state: The state, or `IGNORED`.
        promises: The numbers of the first text.
        reports: The spans of the numbers of the second text.
    """

    encoded: EncodedWindow
    names: NDArray[np.int64]
    stretches: NDArray[np.int64]
    second: int
    state: int
    promises: tuple[Promise, ...]
    reports: tuple[tuple[int, int], ...]

    @property
    def size(self) -> int:
        """The number of characters."""
        return len(self.names)


def number_spans(task: MarkedTask) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Return the spans of the quantities in both cells, as the extraction finds them."""
    row = Task("", 1, ("", None), Cell(task.task.text), Cell(task.progress.text), Cell(""), ())
    spans: tuple[list[tuple[int, int]], list[tuple[int, int]]] = ([], [])
    for quantity in find_quantities(row):
        evidence = quantity.evidence
        spans[evidence.cell == "progress"].append((evidence.start, evidence.end))
    return spans


def make_samples(
    task: MarkedTask, vocabulary: Vocabulary, chance: random.Random | None = None
) -> list[Sample]:
    """Return the windows of a task with their labels.

    Args:
        task: The marked task.
        vocabulary: The encoder's pieces.
        chance: If given, characters are masked and pieces are broken at random.
    """
    first, second = task.task.text, task.progress.text
    windows = split_windows(first, second)
    whole = len(windows) == 1
    numbers = number_spans(task) if whole else ([], [])
    samples = []
    for window in windows:
        (a, b), (c, d) = window.first, window.second
        names = np.concatenate([name_labels(task.task)[a:b], name_labels(task.progress)[c:d]])
        stretches = np.full(b - a + d - c, IGNORED)
        stretches[b - a :] = stretch_labels(task.progress)[c:d]
        samples.append(
            Sample(
                _encode(first[a:b], second[c:d], vocabulary, chance),
                names,
                stretches,
                b - a,
                STATES.index(task.status) if whole and task.status else IGNORED,
                promise_labels(task, numbers) if whole else (),
                tuple((b - a + s, b - a + e) for s, e in numbers[1]),
            )
        )
    return samples


def name_labels(cell: MarkedCell) -> NDArray[np.int64]:
    """Return the label number of each character: 0, or the beginning or inside of a kind."""
    labels = np.zeros(len(cell.text), dtype=np.int64)
    for span in cell.names:
        kind = 1 + 2 * KINDS.index(span.kind)
        labels[span.start : span.end] = kind + 1
        labels[span.start] = kind
    for start, end in _heads(cell):
        if not labels[start:end].any():
            labels[start:end] = HEAD_LABEL + 1
            labels[start] = HEAD_LABEL
    return labels


def _heads(cell: MarkedCell) -> Iterator[tuple[int, int]]:
    """Yield the spans of the missing ends of partly written names, if they follow later."""
    for span in cell.names:
        quote = cell.text[span.start : span.end]
        lacking = span.name.removeprefix(quote)
        if span.name != quote and span.name.startswith(quote) and len(lacking) > 1:
            start = cell.text.find(lacking, span.end, span.end + _FARTHEST)
            if start >= 0:
                yield start, start + len(lacking)


def stretch_labels(cell: MarkedCell) -> NDArray[np.int64]:
    """Return the type number of each character's stretch."""
    labels = np.full(len(cell.text), IGNORED)
    for start, kind in cell.stretches:
        labels[start:] = STRETCHES.index(kind)
    return labels


def _number_at(text: str, words: str, spans: Sequence[tuple[int, int]]) -> int | None:
    """Return the index of the quantity that is the last number in some words of a text."""
    start, end = number_span(text, words)
    numerals = [match.span() for match in _NUMERAL.finditer(text, start, end)]
    if not numerals:
        return None
    at = numerals[-1][0]
    found = [index for index, (a, b) in enumerate(spans) if a <= at < b]
    return found[-1] if found else None


def promise_labels(
    task: MarkedTask, numbers: tuple[Sequence[tuple[int, int]], Sequence[tuple[int, int]]]
) -> tuple[Promise, ...]:
    """Return the labels of the numbers in a task's promise, in order.

    Args:
        task: The marked task.
        numbers: The spans of the quantities of both cells.
    """
    promises, reports = numbers
    labelled: dict[int, Promise] = {}
    for target in task.targets:
        index = _number_at(task.task.text, target.promise, promises)
        if index is None:
            continue
        answer: int | None = len(reports)
        if target.report is not None:
            answer = _number_at(task.progress.text, target.report, reports)
        labelled[index] = Promise(
            *promises[index],
            1,
            COMPARATORS.index(target.comparator),
            JUDGEMENTS.index(target.judgement),
            IGNORED if answer is None else answer,
        )
    return tuple(labelled.get(i, Promise(a, b, 0)) for i, (a, b) in enumerate(promises))


def _encode(
    first: str, second: str, vocabulary: Vocabulary, chance: random.Random | None
) -> EncodedWindow:
    if chance is None:
        return encode_window(first, second, vocabulary)
    spans = [
        list(_break_pieces(vocabulary.split(fold_characters(t)), chance)) for t in (first, second)
    ]
    encoded = encode_window(first, second, vocabulary, spans)
    mask = vocabulary.number(MASK)
    for index in range(1, len(encoded.pieces) - 1):
        if encoded.parts[index] == encoded.parts[index + 1] and chance.random() < _MASKED:
            encoded.pieces[index] = mask
            encoded.characters[encoded.piece_of == index] = mask
    return encoded


def _break_pieces(
    spans: Iterable[tuple[int, int]], chance: random.Random
) -> Iterable[tuple[int, int]]:
    for start, end in spans:
        if end - start > 1 and chance.random() < _BROKEN:
            yield from ((at, at + 1) for at in range(start, end))
        else:
            yield start, end


def names_by_kind(tasks: Iterable[MarkedTask]) -> Mapping[NameKind, list[str]]:
    """Return the names that are written in full in marked tasks, by kind."""
    names: dict[NameKind, set[str]] = defaultdict(set)
    for task in tasks:
        for cell in (task.task, task.progress):
            for span in cell.names:
                if cell.text[span.start : span.end] == span.name and len(span.name) > 1:
                    names[span.kind].add(span.name)
    return {kind: sorted(found) for kind, found in names.items()}


def swap_names(
    task: MarkedTask, names: Mapping[NameKind, list[str]], chance: random.Random
) -> MarkedTask:
    """Return a task in which some names are replaced by others of their kind, consistently."""
    fixed = [t.promise for t in task.targets] + [t.report or "" for t in task.targets]
    chosen: dict[tuple[NameKind, str], str] = {}
    for cell in (task.task, task.progress):
        for span in cell.names:
            quote = cell.text[span.start : span.end]
            if quote != span.name or any(quote in words for words in fixed):
                continue
            if (span.kind, quote) not in chosen:
                swapped = chance.random() < _SWAPPED
                other = chance.choice(names[span.kind]) if swapped else quote
                chosen[span.kind, quote] = other
    swapped_cells = [_swap_cell(cell, chosen) for cell in (task.task, task.progress)]
    texts = [cell.text for cell in swapped_cells]
    for target in task.targets:
        if texts[0].count(target.promise) != 1 or (
            target.report and texts[1].count(target.report) != 1
        ):
            return task
    return replace(task, task=swapped_cells[0], progress=swapped_cells[1])


def _swap_cell(cell: MarkedCell, chosen: Mapping[tuple[NameKind, str], str]) -> MarkedCell:
    out: list[str] = []
    names: list[Span] = []
    moved: list[tuple[int, int]] = [(0, 0)]  # offsets, and the shift from there on
    position = shift = 0
    for span in cell.names:
        quote = cell.text[span.start : span.end]
        words = chosen.get((span.kind, quote), quote)
        out += [cell.text[position : span.start], words]
        start = span.start + shift
        whole = words if span.name == quote else span.name
        names.append(Span(start, start + len(words), span.kind, whole))
        shift += len(words) - len(quote)
        position = span.end
        moved.append((span.end, shift))
    out.append(cell.text[position:])
    stretches = tuple(
        (start + max((m for m in moved if m[0] <= start), key=lambda m: m[0])[1], kind)
        for start, kind in cell.stretches
    )
    return MarkedCell("".join(out), tuple(names), stretches)

"""Decode the scores of characters into labelled spans with probabilities."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from kg.tagger.labels import NAME_LABELS, SPAN_LABELS, STRETCHES

Scores = NDArray[np.float32]
_FORBIDDEN = -1e9
# Added to the scores of names; without it, the network misses more names than it invents.
_NAME_BIAS = 0.5


@dataclass(frozen=True, slots=True)
class LabelledSpan:
    """A span of a text with its label and the probability of the label, from 0 to 1."""

    start: int
    end: int
    label: str
    probability: float


def log_softmax(scores: Scores) -> Scores:
    """Return the logarithms of the probabilities of scores, row by row."""
    shifted = scores - scores.max(axis=-1, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True)), np.float32)


def softmax(scores: Scores) -> Scores:
    """Return the probabilities of scores, row by row."""
    return np.asarray(np.exp(log_softmax(scores)), np.float32)


@cache
def _transitions() -> tuple[Scores, Scores]:
    """Return tables with 0 if a label (column) may follow another (row), else a large negative.

    The first table is for the beginnings of pieces, the second for the characters inside a piece,
    where names cannot begin or end. The last row is for the beginning of a text.
    """
    tables = np.zeros((2, len(NAME_LABELS) + 1, len(NAME_LABELS)), np.float32)
    for column, label in enumerate(NAME_LABELS):
        for row, before in enumerate((*NAME_LABELS, "start")):
            goes_on = label.startswith("I-") and before in (label, f"B-{label[2:]}")
            if label.startswith("I-") and not goes_on:
                tables[:, row, column] = _FORBIDDEN
            elif not goes_on and not label == before == NAME_LABELS[0]:
                tables[1, row, column] = _FORBIDDEN
    return tables[0], tables[1]


def best_labels(scores: Scores, inside: NDArray[np.bool_]) -> list[int]:
    """Return the likeliest sequence of labels in which each inside follows its beginning.

    The algorithm is that of Viterbi (1967); all allowed transitions cost the same.

    Args:
        scores: Logarithms of probabilities, shape (characters, labels).
        inside: For each character whether it is inside a piece, not at its beginning.
    """
    if not len(scores):
        return []
    tables = _transitions()
    best = scores[0] + tables[0][-1]
    back = []
    for row, within in zip(scores[1:], inside[1:], strict=True):
        through = best[:, None] + tables[int(within)][:-1]
        back.append(through.argmax(axis=0))
        best = through.max(axis=0) + row
    labels = [int(best.argmax())]
    for before in reversed(back):
        labels.append(int(before[labels[-1]]))
    return labels[::-1]


def name_spans(scores: Scores, inside: NDArray[np.bool_]) -> Iterator[LabelledSpan]:
    """Yield the names in a text, and the common endings of lists, in order; no two overlap.

    The probability of a name combines the geometric mean over its characters with the probability
    of its less certain edge.

    Args:
        scores: Scores of the head `names`, shape (characters, labels).
        inside: For each character whether it is inside a piece.
    """
    biased = scores + _NAME_BIAS * (np.arange(scores.shape[1]) > 0)
    logs = log_softmax(biased.astype(np.float32)) if len(scores) else scores
    labels = best_labels(logs, inside)
    start = 0
    while start < len(labels):
        end = start + 1
        if labels[start]:
            while end < len(labels) and labels[end] == labels[start] + 1:
                end += 1
            chosen = logs[np.arange(start, end), labels[start:end]]
            edge = min(float(chosen[0]), float(logs[end, labels[end]]) if end < len(logs) else 0.0)
            probability = float(np.exp((float(chosen.mean()) + edge) / 2))
            yield LabelledSpan(start, end, SPAN_LABELS[(labels[start] - 1) // 2], probability)
        start = end


def stretch_spans(scores: Scores, clauses: list[tuple[int, int]]) -> Iterator[LabelledSpan]:
    """Yield the stretches of a text: runs of adjacent clauses of the same type.

    Args:
        scores: Scores of the head `stretches`, shape (characters, types).
        clauses: The spans of the text's clauses, in order.
    """
    typed = []
    for start, end in clauses:
        mean = softmax(scores[start:end]).mean(axis=0)
        typed.append((start, end, STRETCHES[int(mean.argmax())], float(mean.max())))
    for label, group in groupby(typed, key=lambda clause: clause[2]):
        members = list(group)
        least = round(min(member[3] for member in members), 3)
        yield LabelledSpan(members[0][0], members[-1][1], label, least)

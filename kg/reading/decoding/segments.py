"""Decode the scores of characters into segments of a document with roles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from kg.reading.decoding.header_row import column_roles, column_steps, weigh_rows
from kg.reading.decoding.label_evidence import weigh_labels
from kg.reading.decoding.line_forms import weigh_lines, weigh_unit_clauses
from kg.reading.decoding.numbering import weigh_numbers
from kg.tagger.flow import Flow
from kg.tagger.roles import LAYOUT, ROLE_LABELS, ROLES, Role
from kg.tagger.spans import Scores, log_softmax

_FORBIDDEN = -1e9
# The cost of beginning a segment in each context: inside a line; after white space or a bar
# (free); after a sentence, a label or bracket, a clause; inside a number. Only their order matters.
_COSTS = np.array([1.5, *[0.0] * (len(LAYOUT) - 1), 0.5, 0.5, 1.0, 50.0], np.float32)
# How often a document is decoded again with the transition costs learned from it, to how many
# transitions the prior is equal, and the weight of these costs.
_PASSES, _STRENGTH, _WEIGHT = 2, 8.0, 1.0
# How many transitions a step between two columns of the header row counts.
_HEADED = 8.0
_CERTAINTY = 0.5
_OPENING = "（(【[〔［"
_INSIDE_NUMBER = re.compile(r"\d(?=\d)")
_SENTENCE, _MARK, _CLAUSE = "。；;！!？?", "：:）)】]〕］（(【[〔［》”", "，,、"


@dataclass(frozen=True, slots=True)
class Segment:
    """A span of a document's text with its role.

    Attributes:
        role: The role.
        start: Offset of its first character in the document's text.
        end: Offset after its last.
        probability: How likely the role is, from 0 to 1: the geometric mean over its characters.
    """

    role: Role
    start: int
    end: int
    probability: float


@cache
def _transitions() -> Scores:
    """Return a table with 0 if a label (column) may follow another (row), else a large negative.

    The last row is for the beginning of a document.
    """
    table = np.zeros((len(ROLE_LABELS) + 1, len(ROLE_LABELS)), np.float32)
    for column, label in enumerate(ROLE_LABELS):
        for row, before in enumerate((*ROLE_LABELS, "start")):
            if label.startswith("I-") and before not in (label, f"B-{label[2:]}"):
                table[row, column] = _FORBIDDEN
    return table


def _contexts(flow: Flow) -> NDArray[np.int64]:
    """Return the context of each character: its layout, or inside a line the mark before it.

    The contexts are the numbers of `LAYOUT`, then sentence, label or bracket, clause, and number.
    """
    contexts = flow.layout.copy()
    before = " " + flow.text[:-1]
    for number, marks in enumerate((_SENTENCE, _MARK, _CLAUSE), len(LAYOUT)):
        found = [place for place, mark in enumerate(before) if mark in marks]
        contexts[found] = np.where(flow.layout[found] == 0, number, flow.layout[found])
    opening = [place for place, mark in enumerate(flow.text) if mark in _OPENING]
    contexts[opening] = np.where(flow.layout[opening] == 0, len(LAYOUT) + 1, flow.layout[opening])
    inside = [found.start() + 1 for found in _INSIDE_NUMBER.finditer(flow.text)]
    contexts[inside] = np.where(flow.layout[inside] == 0, len(LAYOUT) + 3, flow.layout[inside])
    return contexts


def find_segments(flow: Flow, scores: Scores) -> list[Segment]:
    """Return the likeliest segments of a document, in order; they do not cover all of it.

    A first pass uses the scores alone. The transitions that it finds, by role and layout, show how
    this document is laid out; later passes take them into account.

    Args:
        flow: The document's characters.
        scores: Their scores, shape (characters, labels).
    """
    if not flow.text:
        return []
    # The scores of adjacent characters are not independent, so each gets less weight.
    shares = log_softmax(scores)
    logs = weigh_unit_clauses(flow, weigh_lines(flow, _CERTAINTY * shares))
    contexts = _contexts(flow)
    labels = _best_labels(logs, contexts, None)
    logs = weigh_numbers(flow, weigh_labels(flow, logs, labels), labels)
    logs = weigh_rows(flow, logs, column_roles(_first_headings(flow, labels)))
    for _ in range(_PASSES):
        columns = column_roles(_first_headings(flow, labels))
        steps = column_steps(columns) if columns else []
        labels = _best_labels(logs, contexts, _transition_costs(labels, contexts, steps))
    begins = np.flatnonzero(_segment_starts(labels))
    chosen = shares[np.arange(len(logs)), labels]
    segments = []
    for start, end in zip(begins, [*begins[1:], len(labels)], strict=True):
        if labels[start]:
            role = ROLES[(int(labels[start]) - 1) // 2]
            probability = float(np.exp(chosen[start:end].mean()))
            if flow.text[end : end + 1] == "。" and not labels[end]:
                end += 1
            first, last = int(flow.offsets[start]), int(flow.offsets[end - 1]) + 1
            segments.append(Segment(role, first, last, probability))
    return segments


def _best_labels(
    logs: Scores, contexts: NDArray[np.int64], habits: Scores | None
) -> NDArray[np.int64]:
    """Return the likeliest label of each character (Viterbi, 1967).

    Args:
        logs: Logarithms of probabilities, shape (characters, labels).
        contexts: The context of each character.
        habits: The costs of transitions, shape (contexts, kinds, kinds + 1), or None.
    """
    table = _transitions()
    # Text outside segments begins where a segment ends.
    begins_here = np.array([label == "O" or label.startswith("B-") for label in ROLE_LABELS])
    kinds = (np.arange(len(ROLE_LABELS)) + 1) // 2
    # Whether a segment continues from one label (row) to the next (column).
    goes_on = ~begins_here[None, :] | ((kinds[:, None] == 0) & (kinds[None, :] == 0))
    target = np.where(goes_on, len(ROLES) + 1, kinds[None, :])
    best = logs[0] + table[-1]
    back = np.zeros(logs.shape, np.int16)
    for place in range(1, len(logs)):
        context = contexts[place]
        through = best[:, None] + table[:-1] - _COSTS[context] * ~goes_on
        if habits is not None:
            through -= habits[context][kinds[:, None], target]
        back[place] = through.argmax(axis=0)
        best = through.max(axis=0) + logs[place]
    labels = np.zeros(len(logs), np.int64)
    labels[-1] = best.argmax()
    for place in range(len(logs) - 1, 0, -1):
        labels[place - 1] = back[place, labels[place]]
    return labels


def _segment_starts(labels: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return a mask of the characters at which a segment, or text outside segments, begins."""
    begins: NDArray[np.bool_] = (labels % 2 == 1) | (np.diff(labels, prepend=-1) != 0) & (
        labels == 0
    )
    return begins


def _first_headings(flow: Flow, labels: NDArray[np.int64]) -> list[str]:
    """Return the adjacent headings above the first task.

    If bars separate cells, a heading without a bar before it continues the one before.
    """
    begins = np.flatnonzero(_segment_starts(labels))
    heads: list[tuple[str, bool]] = []
    for start, end in zip(begins, [*begins[1:], len(labels)], strict=True):
        role = ROLE_LABELS[labels[start]][2:]
        if role == "head":
            heads.append((flow.text[start:end], "cell" in LAYOUT[flow.layout[start]]))
        elif role and len(heads) > 1:
            break
        elif role:
            heads = []
    barred = any(has_bar for _, has_bar in heads)
    joined: list[str] = []
    for text, has_bar in heads:
        if joined and barred and not has_bar:
            joined[-1] += text
        else:
            joined.append(text)
    return joined


def _transition_costs(
    labels: NDArray[np.int64], contexts: NDArray[np.int64], steps: Sequence[tuple[Role, Role]]
) -> Scores:
    """Return the costs of transitions, learned from the labels of a document.

    Args:
        labels: The labels of its characters.
        contexts: Their contexts.
        steps: The pairs of roles that follow each other by the header row.

    Returns:
        Shape (contexts, kinds, kinds + 1): the cost in a context of going from one kind (0 is
        outside, then the roles) to another, or, in the last column, of staying in the segment.
    """
    size = len(ROLES) + 1
    counts = np.zeros((len(_COSTS), size, size + 1), np.float32)
    kinds = (labels + 1) // 2
    after = np.where(_segment_starts(labels), kinds, size)[1:]
    np.add.at(counts, (contexts[1:], kinds[:-1], after), 1)
    for before, behind in steps:
        # There is always white space or a bar between cells.
        counts[1 : len(LAYOUT), 1 + ROLES.index(before), 1 + ROLES.index(behind)] += _HEADED
    prior = np.full(size + 1, 0.5 / size, np.float32)
    prior[size] = 0.5
    shares = (counts + _STRENGTH * prior) / (counts.sum(axis=2, keepdims=True) + _STRENGTH)
    costs: Scores = -_WEIGHT * np.log(shares / prior)
    return costs

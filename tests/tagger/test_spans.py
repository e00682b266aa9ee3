from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from kg.tagger.labels import NAME_LABELS, STRETCHES
from kg.tagger.spans import best_labels, log_softmax, name_spans, stretch_spans

SCORES = arrays(
    np.float32,
    st.tuples(st.integers(0, 30), st.just(len(NAME_LABELS))),
    elements=st.floats(-20, 20, width=32),
)


@given(SCORES)
def test_an_inside_follows_its_beginning(scores: np.ndarray) -> None:
    labels = [
        NAME_LABELS[number]
        for number in best_labels(
            log_softmax(scores) if len(scores) else scores, np.zeros(len(scores), np.bool_)
        )
    ]
    for before, label in zip(["O", *labels], labels, strict=False):
        assert not label.startswith("I-") or before[2:] == label[2:]


@given(SCORES)
def test_names_do_not_overlap_and_their_probabilities_are_shares(scores: np.ndarray) -> None:
    spans = list(name_spans(scores, np.zeros(len(scores), np.bool_)))
    assert all(0 <= span.probability <= 1 for span in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))


def test_a_name_begins_and_ends_where_its_labels_do() -> None:
    labels = ["O", "B-road", "I-road", "B-road", "O"]
    scores = np.full((5, len(NAME_LABELS)), -5.0, np.float32)
    scores[np.arange(5), [NAME_LABELS.index(label) for label in labels]] = 5
    found = [
        (span.start, span.end, span.label) for span in name_spans(scores, np.zeros(5, np.bool_))
    ]
    assert found == [(1, 3, "road"), (3, 4, "road")]


def test_a_name_ends_between_pieces() -> None:
    scores = np.full((4, len(NAME_LABELS)), -5.0, np.float32)
    labels = ["B-road", "I-road", "O", "O"]
    scores[np.arange(4), [NAME_LABELS.index(label) for label in labels]] = 5
    scores[2, NAME_LABELS.index("I-road")] = 4
    (span,) = name_spans(scores, np.array([False, False, True, False]))
    assert (span.start, span.end) == (0, 3)


def test_clauses_side_by_side_of_one_type_are_one_stretch() -> None:
    scores = np.zeros((6, len(STRETCHES)), np.float32)
    scores[:4, STRETCHES.index("done")] = 5
    scores[4:, STRETCHES.index("obstacle")] = 5
    spans = list(stretch_spans(scores, [(0, 2), (2, 4), (4, 6)]))
    assert [(span.start, span.end, span.label) for span in spans] == [
        (0, 4, "done"),
        (4, 6, "obstacle"),
    ]

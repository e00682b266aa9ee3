"""Rendered documents as what the network is shown: windows with the role of each character."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from kg.tagger.encoding import Encoded, Integers
from kg.tagger.flow import encode_flow, make_flow, split_flow
from kg.tagger.roles import ROLES
from kg.tagger.vocabulary import MASK, Vocabulary
from training.documents.render import RenderedDocument, render_document
from training.markup import MarkedTask

_MASKED = 0.05
# How many tasks a document holds.
_FEWEST, _MOST = 2, 8


@dataclass(frozen=True)
class RoleSample:
    """A window of a document with the number of the label of each character."""

    encoded: Encoded
    labels: Integers


def role_labels(document: RenderedDocument, offsets: Integers) -> Integers:
    """Return the number of the label of each character of a document's flow."""
    labels = np.zeros(len(document.text), dtype=np.int64)
    begun = np.zeros(len(document.text), dtype=np.bool_)
    for span in document.spans:
        labels[span.start : span.end] = 2 + 2 * ROLES.index(span.role)
        begun[span.start] = True
    labels[begun] -= 1
    found: Integers = labels[offsets]
    return found


def render_documents(
    tasks: Sequence[MarkedTask], chance: random.Random
) -> Iterator[RenderedDocument]:
    """Yield documents that together hold each task once, each with tasks of one government."""
    for _, of_one in groupby(tasks, key=lambda task: (task.government, task.as_of)):
        left = list(of_one)
        while left:
            size = chance.randint(_FEWEST, _MOST)
            yield render_document(left[:size], chance)
            left = left[size:]


def make_role_samples(
    document: RenderedDocument, vocabulary: Vocabulary, chance: random.Random | None = None
) -> Iterator[RoleSample]:
    """Yield the windows of a document; with `chance` some of their pieces are masked."""
    flow = make_flow(document.text)
    labels = role_labels(document, flow.offsets)
    mask = vocabulary.number(MASK)
    for start, end, _, _ in split_flow(len(flow.text)):
        encoded = encode_flow(flow.text[start:end], flow.layout[start:end], vocabulary)
        if chance:
            for index in range(1, len(encoded.pieces) - 1):
                if chance.random() < _MASKED:
                    encoded.pieces[index] = mask
                    encoded.characters[encoded.piece_of == index] = mask
        yield RoleSample(encoded, labels[start:end])

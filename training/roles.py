"""Train the role network: windows of rendered documents with the role of each character."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from kg.tagger.encoding import EncodedWindow, Integers
from kg.tagger.flow import encode_flow, make_flow, split_flow
from kg.tagger.roles import LAYOUT, ROLE_LABELS, ROLES
from kg.tagger.vocabulary import MASK, Vocabulary
from training.base import BaseModel
from training.documents.render import RenderedDocument, render_document
from training.fitting import Settings, fit
from training.markup import MarkedTask
from training.network import Tagger, pad_batch
from training.samples import IGNORED

_MASKED, _SMOOTHING = 0.05, 0.02
ROLE_SETTINGS = Settings(layers=6, epochs=8, rate=3e-4, characters=2400, dropout=0.1, averaged=2)
# The fewest and the most tasks in a document.
_FEWEST, _MOST = 2, 8


@dataclass(frozen=True)
class RoleSample:
    """A window of a document with the label number of each character."""

    encoded: EncodedWindow
    labels: Integers

    @property
    def size(self) -> int:
        """The number of characters."""
        return len(self.labels)


def make_role_network(tagger: Tagger, base: BaseModel) -> Tagger:
    """Return a role network that is initialised with the weights of the trained tagger.

    It has fewer layers; the weights for layouts and roles are its own.
    """
    settings = ROLE_SETTINGS
    torch.manual_seed(settings.seed)
    network = Tagger(base, settings.layers, settings.dropout, len(LAYOUT), len(ROLE_LABELS))
    own, known = network.state_dict(), tagger.state_dict()
    same = {name: known[name] for name in own if known[name].shape == own[name].shape}
    network.load_state_dict(same, strict=False)
    return network


def train_roles(
    network: Tagger,
    tasks: Sequence[MarkedTask],
    vocabulary: Vocabulary,
    report: Callable[[str], None],
) -> None:
    """Train a network in place on documents that are rendered from marked tasks in each epoch."""
    governments = [list(found) for _, found in groupby(tasks, key=_report_key)]

    def make_windows(chance: random.Random) -> list[RoleSample]:
        shuffled = chance.sample(governments, len(governments))
        documents = render_documents([task for found in shuffled for task in found], chance)
        return [
            s for document in documents for s in make_role_samples(document, vocabulary, chance)
        ]

    fit(network, make_windows, _loss, ROLE_SETTINGS, report)


def _report_key(task: MarkedTask) -> tuple[str, str]:
    return task.government, task.as_of


def _loss(network: Tagger, batch: Sequence[RoleSample]) -> Tensor:
    """Return the loss of a batch of windows."""
    arrays = pad_batch([sample.encoded for sample in batch])
    scores = network(**{name: torch.from_numpy(array) for name, array in arrays.items()})
    labels = torch.full(scores.shape[:2], IGNORED)
    for row, sample in enumerate(batch):
        labels[row, : sample.size] = torch.from_numpy(sample.labels)
    return functional.cross_entropy(
        scores.flatten(0, 1), labels.flatten(), ignore_index=IGNORED, label_smoothing=_SMOOTHING
    )


def role_labels(document: RenderedDocument, offsets: Integers) -> Integers:
    """Return the label number of each character in a document's flow."""
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
    """Yield documents that together contain each task once, each for one government."""
    for _, of_one in groupby(tasks, key=_report_key):
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

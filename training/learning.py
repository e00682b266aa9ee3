"""Train the tagger: the losses of its heads."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

import torch
from torch import Tensor
from torch.nn import functional

from kg.tagger.labels import LINK_SCALE, head_columns
from kg.tagger.vocabulary import Vocabulary
from training.fitting import Settings, fit
from training.markup import MarkedTask
from training.network import Tagger, pad_batch
from training.samples import IGNORED, Sample, make_samples, names_by_kind, swap_names

_COLUMNS = head_columns()
_SMOOTHING = 0.05
# The weights of the losses; that of names is 1.
_STRETCHES_WEIGHT, _TASK_WEIGHT = 0.2, 0.25


def train(
    network: Tagger,
    tasks: Sequence[MarkedTask],
    vocabulary: Vocabulary,
    settings: Settings,
    report: Callable[[str], None],
) -> None:
    """Train a network on marked tasks, in place."""
    names = names_by_kind(tasks)

    def make_windows(chance: random.Random) -> list[Sample]:
        return [
            sample
            for task in chance.sample(tasks, len(tasks))
            for sample in make_samples(swap_names(task, names, chance), vocabulary, chance)
        ]

    fit(network, make_windows, batch_loss, settings, report)


def batch_loss(network: Tagger, batch: Sequence[Sample]) -> Tensor:
    """Return the weighted sum of the heads' losses for a batch."""
    arrays = pad_batch([sample.encoded for sample in batch])
    scores = network(**{name: torch.from_numpy(array) for name, array in arrays.items()})
    width = scores.shape[1]
    names = torch.full((len(batch), width), IGNORED)
    stretches = torch.full((len(batch), width), IGNORED)
    for row, sample in enumerate(batch):
        names[row, : len(sample.names)] = torch.from_numpy(sample.names)
        stretches[row, : len(sample.stretches)] = torch.from_numpy(sample.stretches)
    loss = _cross_entropy(scores[..., _COLUMNS["names"]], names)
    if (stretches != IGNORED).any():
        own = _cross_entropy(scores[..., _COLUMNS["stretches"]], stretches)
        loss = loss + _STRETCHES_WEIGHT * own
    losses: dict[str, list[Tensor]] = defaultdict(list)
    for row, sample in enumerate(batch):
        for head, own in _task_losses(scores[row], sample):
            losses[head].append(own)
    for of_head in losses.values():
        loss = loss + _TASK_WEIGHT * torch.stack(of_head).mean()
    return loss


def _cross_entropy(scores: Tensor, labels: Tensor) -> Tensor:
    return functional.cross_entropy(
        scores.flatten(0, -2),
        labels.flatten(),
        ignore_index=IGNORED,
        label_smoothing=_SMOOTHING,
    )


def pool_states(scores: Tensor) -> Tensor:
    """Return the weighted mean of the characters' scores for states."""
    weights = torch.softmax(scores[:, _COLUMNS["state_weight"]], dim=0)
    return (weights * scores[:, _COLUMNS["states"]]).sum(dim=0)


def _task_losses(scores: Tensor, sample: Sample) -> Iterator[tuple[str, Tensor]]:
    """Yield the losses of the state and the numbers of one window, each with its head."""
    size = len(sample.names)
    if sample.state != IGNORED:
        states = pool_states(scores[sample.second : size])
        yield "states", _cross_entropy(states[None], torch.tensor([sample.state]))
    answers = [scores[a:b, _COLUMNS["answers"]].mean(dim=0) for a, b in sample.reports]
    for promise in sample.promises:
        own = scores[promise.start : promise.end].mean(dim=0)
        for head, label in (
            ("targets", promise.is_target),
            ("comparators", promise.comparator),
            ("judgements", promise.judgement),
        ):
            if label != IGNORED:
                yield head, _cross_entropy(own[None, _COLUMNS[head]], torch.tensor([label]))
        if promise.answer != IGNORED and answers:
            links = torch.stack(answers) @ own[_COLUMNS["links"]] * LINK_SCALE
            links = torch.cat([links, links.new_zeros(1)])
            yield "links", _cross_entropy(links[None], torch.tensor([promise.answer]))

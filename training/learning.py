"""The training loop: small batches, one pass over the marked tasks an epoch."""

from __future__ import annotations

import random
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional
from torch.optim.swa_utils import AveragedModel

from kg.tagger.labels import LINK_SCALE, head_columns
from kg.tagger.vocabulary import Vocabulary
from training.markup import MarkedTask
from training.network import Tagger, pad_batch
from training.samples import IGNORED, Sample, make_samples, names_by_kind, swap_names

_COLUMNS = head_columns()
_SMOOTHING = 0.05
# The names' loss counts whole; of the others each counts a share of its mean.
_STRETCHES_WEIGHT, _TASK_WEIGHT = 0.2, 0.25


@dataclass(frozen=True)
class Settings:
    """How the network is trained.

    Attributes:
        layers: Layers of the base model that are used.
        epochs: Passes over the marked tasks.
        rate: Highest learning rate of the base model; the other weights learn four times as fast.
        characters: Characters of a batch.
        dropout: Share of the numbers that are dropped before the heads.
        seed: Seed of all that is random.
    """

    layers: int = 8
    epochs: int = 7
    rate: float = 2e-4
    characters: int = 800
    dropout: float = 0.2
    seed: int = 1


def train(
    network: Tagger,
    tasks: Sequence[MarkedTask],
    vocabulary: Vocabulary,
    settings: Settings,
    report: Callable[[str], None],
) -> None:
    """Train a network on marked tasks, in place.

    Its weights at the end are the mean of those after each epoch of the last third (Izmailov et
    al., *Averaging Weights Leads to Wider Optima and Better Generalization*, 2018).
    """
    torch.manual_seed(settings.seed)
    chance = random.Random(settings.seed)
    names = names_by_kind(tasks)
    characters = sum(len(task.task.text) + len(task.progress.text) for task in tasks)
    steps = settings.epochs * characters // settings.characters
    optimizer, schedule = _optimizer(network, settings, steps)
    averaged = AveragedModel(network)
    network.train()
    for epoch in range(1, settings.epochs + 1):
        begun, losses = time.monotonic(), []
        samples = [
            sample
            for task in chance.sample(tasks, len(tasks))
            for sample in make_samples(swap_names(task, names, chance), vocabulary, chance)
        ]
        for batch in _batches(samples, settings.characters, chance):
            loss = batch_loss(network, batch)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            losses.append(loss.item())
        if epoch > settings.epochs * 2 // 3:
            averaged.update_parameters(network)
        seconds = time.monotonic() - begun
        report(f"epoch {epoch}: loss {sum(losses) / len(losses):.3f} in {seconds:.0f} s")
    network.load_state_dict(averaged.module.state_dict())
    network.eval()


def _optimizer(
    network: Tagger, settings: Settings, steps: int
) -> tuple[torch.optim.Optimizer, torch.optim.lr_scheduler.LRScheduler]:
    new = ("heads.", "neighbours", "character_norm", "places", "parts")
    groups: dict[bool, list[Tensor]] = {True: [], False: []}
    for name, weight in network.named_parameters():
        if weight.requires_grad:
            groups[name.startswith(new)].append(weight)
    optimizer = torch.optim.AdamW(
        [
            {"params": groups[False], "lr": settings.rate},
            {"params": groups[True], "lr": 4 * settings.rate},
        ],
        weight_decay=0.01,
        fused=True,
    )
    warm = max(1, steps // 20)

    def factor(step: int) -> float:
        left = (steps - step) / max(1, steps - warm)
        return min((step + 1) / warm, max(0.02, left))

    return optimizer, torch.optim.lr_scheduler.LambdaLR(optimizer, factor)


def _batches(
    samples: Sequence[Sample], characters: int, chance: random.Random
) -> Iterator[list[Sample]]:
    """Yield batches of samples of like length, in random order."""
    jittered = sorted(samples, key=lambda s: len(s.names) * (1 + 0.2 * chance.random()))
    batches: list[list[Sample]] = [[]]
    for sample in jittered:
        size = len(sample.names)
        if batches[-1] and size * (len(batches[-1]) + 1) > characters:
            batches.append([])
        batches[-1].append(sample)
    chance.shuffle(batches)
    yield from (batch for batch in batches if batch)


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
        told = _cross_entropy(scores[..., _COLUMNS["stretches"]], stretches)
        loss = loss + _STRETCHES_WEIGHT * told
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
    """Return the scores of the states over characters, weighed by their weights."""
    weights = torch.softmax(scores[:, _COLUMNS["state_weight"]], dim=0)
    return (weights * scores[:, _COLUMNS["states"]]).sum(dim=0)


def _task_losses(scores: Tensor, sample: Sample) -> Iterator[tuple[str, Tensor]]:
    """Yield the losses of the state and of the numbers of one window, each with its head."""
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

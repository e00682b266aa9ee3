"""Fit a network with small batches of windows of similar length, one pass per epoch."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

import torch
from torch import Tensor
from torch.optim.swa_utils import AveragedModel

from training.network import Tagger


@dataclass(frozen=True)
class Settings:
    """The settings for training a network.

    Attributes:
        layers: The number of layers of the base model that are used.
        epochs: The number of passes over the marked tasks.
        rate: The highest learning rate of the base model; for other weights it is four times that.
        characters: The most characters in a batch.
        dropout: The dropout rate before the heads.
        seed: The random seed.
        averaged: The number of last epochs whose weights are averaged.
    """

    layers: int = 8
    epochs: int = 7
    rate: float = 2e-4
    characters: int = 800
    dropout: float = 0.2
    seed: int = 1
    averaged: int = 3


class _Window(Protocol):
    @property
    def size(self) -> int:
        """The number of its characters."""
        ...


W = TypeVar("W", bound=_Window)


def fit(
    network: Tagger,
    make_windows: Callable[[random.Random], Sequence[W]],
    loss_of: Callable[[Tagger, Sequence[W]], Tensor],
    settings: Settings,
    report: Callable[[str], None],
) -> None:
    """Fit a network to windows, in place.

    Matrices are multiplied in bfloat16 if the processor is made for it; weights stay in float32.
    Its weights at the end are the mean of those after each of the last epochs (Izmailov et al.,
    *Averaging Weights Leads to Wider Optima and Better Generalization*, 2018).

    Args:
        network: The network.
        make_windows: Returns the windows of an epoch, given a random generator.
        loss_of: Returns the loss of a batch of windows.
        settings: The settings.
        report: Called with a line of text after each epoch.
    """
    torch.manual_seed(settings.seed)
    chance = random.Random(settings.seed)
    averaged = AveragedModel(network)
    is_fast = has_fast_bfloat16()
    network.train()
    optimizer = schedule = None
    for epoch in range(1, settings.epochs + 1):
        begun, losses = time.monotonic(), []
        batches = list(make_batches(make_windows(chance), settings.characters, chance))
        if optimizer is None or schedule is None:
            optimizer, schedule = _optimizer(network, settings, settings.epochs * len(batches))
        for batch in batches:
            with torch.autocast("cpu", torch.bfloat16, enabled=is_fast):
                loss = loss_of(network, batch)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            losses.append(loss.item())
        if epoch > settings.epochs - settings.averaged:
            averaged.update_parameters(network)
        seconds = time.monotonic() - begun
        report(f"epoch {epoch}: loss {sum(losses) / len(losses):.3f} in {seconds:.0f} s")
    network.load_state_dict(averaged.module.state_dict())
    network.eval()


def has_fast_bfloat16() -> bool:
    """Return whether the processor has instructions that multiply matrices in bfloat16."""
    features = torch.cpu.get_capabilities()
    return bool(features.get("avx512_bf16") or features.get("amx_bf16"))


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


def make_batches(samples: Sequence[W], characters: int, chance: random.Random) -> Iterator[list[W]]:
    """Yield batches of windows of similar length, in random order."""
    jittered = sorted(samples, key=lambda s: s.size * (1 + 0.2 * chance.random()))
    batches: list[list[W]] = [[]]
    for sample in jittered:
        size = sample.size
        if batches[-1] and size * (len(batches[-1]) + 1) > characters:
            batches.append([])
        batches[-1].append(sample)
    chance.shuffle(batches)
    yield from (batch for batch in batches if batch)

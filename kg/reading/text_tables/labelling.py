"""Assign each token of a text to a column so that the sum of all costs is least.

This is dynamic programming over the tokens (A. Viterbi, 1967). The decision at a token depends only
on the traits of it and the token before, and on how much more each column costs so far than the
cheapest. There are few distinct cases in a text, so each is computed once and then looked up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import add
from typing import NamedTuple

from kg.reading.tables.columns import Column
from kg.reading.text_tables.costs import (
    NEVER,
    StepCosts,
    TokenTraits,
    WidthFit,
    WidthLimits,
    first_costs,
    fit_widths,
    last_costs,
    step_costs,
    width_limits,
)

Widths = Mapping[Column, float]


@dataclass(frozen=True, slots=True)
class Labels:
    """The column of each token, and its cost.

    Attributes:
        columns: The columns from left to right.
        labels: The column of each token.
        costs: The cost of the step to each token.
    """

    columns: tuple[Column, ...]
    labels: list[Column]
    costs: list[float]


class _Step(NamedTuple):
    """A step to the next token: its least cost, the state after it, and the columns before."""

    cost: float
    state: int
    origins: tuple[int, ...]


class TokenSequence:
    """The tokens below a header, to be assigned to columns.

    A state says how much more each column of the last token costs than the cheapest one.
    """

    def __init__(
        self,
        all_traits: Sequence[TokenTraits],
        sizes: Sequence[tuple[float, float]],
        columns: Sequence[Column],
    ) -> None:
        """Take the traits of the tokens, and their widths and reaches; there is at least one."""
        self.columns = tuple(columns)
        self._traits = all_traits
        self._sizes = sizes
        # Traits and states are replaced by small numbers, which are fast to look up.
        pairs: dict[tuple[TokenTraits, TokenTraits], int] = {}
        self._pairs = [pairs.setdefault(pair, len(pairs)) for pair in pairwise(all_traits)]
        self._fits: dict[WidthFit, int] = {}
        self._states: dict[tuple[float, ...], int] = {}
        self._values: list[tuple[float, ...]] = []
        self._matrices: dict[tuple[int, int, int], StepCosts] = {}
        self._steps: dict[tuple[int, int, int, int], _Step] = {}

    def cost(self, widths: Widths, length: int, limit: float = float("inf")) -> float:
        """Return the cost of the first tokens, at most `limit`."""
        total = 0.0
        state = 0
        for step in self._walk(widths, length):
            total += step.cost
            state = step.state
            if total >= limit:
                return limit
        ends: list[float] = list(map(add, self._values[state], last_costs(self.columns)))
        return total + min(ends)

    def best_labels(self, widths: Widths) -> Labels:
        """Return the columns of the tokens with the least total cost."""
        walk = list(self._walk(widths, len(self._traits)))
        ends = list(map(add, self._values[walk[-1].state], last_costs(self.columns)))
        place = ends.index(min(ends))
        path = [place]
        for step in reversed(walk[1:]):
            place = step.origins[place]
            path.append(place)
        path.reverse()
        total = before = 0.0
        costs: list[float] = []
        for step, place in zip(walk, path, strict=True):
            total += step.cost
            spent = total + self._values[step.state][place]
            costs.append(spent - before)
            before = spent
        return Labels(self.columns, [self.columns[place] for place in path], costs)

    def _walk(self, widths: Widths, length: int) -> Iterator[_Step]:
        """Yield the steps to the first `length` tokens."""
        limits = width_limits(self.columns, widths)
        known: dict[tuple[float, float], tuple[WidthFit, int]] = {}
        fit, before = self._fit(self._sizes[0], limits)
        known[self._sizes[0]] = fit, before
        first = self._step(first_costs(self._traits[0], fit, self.columns), ())
        yield first
        state = first.state
        steps_, pairs, sizes = self._steps, self._pairs, self._sizes
        for index in range(1, min(length, len(sizes))):
            size = sizes[index]
            found = known.get(size)
            if found is None:
                found = known[size] = self._fit(size, limits)
            key = (state, pairs[index - 1], before, found[1])
            step = steps_.get(key)
            if step is None:
                matrix = self._matrix(index, known[sizes[index - 1]], found)
                step = steps_[key] = self._next_step(state, matrix)
            yield step
            state, before = step.state, found[1]

    def _fit(self, size: tuple[float, float], limits: WidthLimits) -> tuple[WidthFit, int]:
        fit = fit_widths(*size, limits)
        return fit, self._fits.setdefault(fit, len(self._fits))

    def _matrix(
        self, index: int, before: tuple[WidthFit, int], fit: tuple[WidthFit, int]
    ) -> StepCosts:
        """Return the costs of the step to the token at an index."""
        key = (self._pairs[index - 1], before[1], fit[1])
        found = self._matrices.get(key)
        if found is None:
            neighbours = self._traits[index - 1], self._traits[index]
            found = step_costs(neighbours[0], before[0], neighbours[1], fit[0], self.columns)
            self._matrices[key] = found
        return found

    def _next_step(self, state: int, matrix: StepCosts) -> _Step:
        best = self._values[state]
        costs: list[float] = []
        origins: list[int] = []
        for place, row in enumerate(matrix):
            if row is None:
                costs.append(NEVER)
                origins.append(place)
                continue
            sums = list(map(add, best, row))
            least = min(sums)
            costs.append(least)
            origins.append(place if sums[place] == least else sums.index(least))
        return self._step(costs, tuple(origins))

    def _step(self, costs: Sequence[float], origins: tuple[int, ...]) -> _Step:
        least = min(costs)
        dearer = tuple([min(cost - least, NEVER) if cost < NEVER else NEVER for cost in costs])
        state = self._states.setdefault(dearer, len(self._values))
        if state == len(self._values):
            self._values.append(dearer)
        return _Step(least, state, origins)

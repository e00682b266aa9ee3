"""Spread work over processes, and hand back what is made in the order of what it is made from."""

from __future__ import annotations

import gc
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from itertools import islice
from multiprocessing import get_context
from typing import TypeVar

from kg.graph.digest import Progress

# Fewer sources are built in this process: starting others takes longer.
_PARALLEL = 4

_Item = TypeVar("_Item")
_Made = TypeVar("_Made")


@contextmanager
def workers(sources: int) -> Iterator[ProcessPoolExecutor | None]:
    """Start the processes that many sources are spread over; few need none."""
    if sources < _PARALLEL:
        yield None
        return
    # Not forked: the store has threads of its own.
    context = get_context("spawn")
    with ProcessPoolExecutor(min(os.cpu_count() or 1, sources), context, rarely_collect) as pool:
        yield pool


def spread(
    pool: ProcessPoolExecutor | None,
    work: Callable[[_Item, Progress | None], _Made],
    items: Iterable[_Item],
    total: int,
    progress: Progress | None,
) -> Iterator[_Made]:
    """Yield what is made of each item, in their order.

    Args:
        pool: The processes; without them all is done in this one.
        work: What makes something of an item.
        items: The items, of which only the next few are taken in advance.
        total: How many there are.
        progress: Called with how many are done and of how many; without processes, by the work.
    """
    if pool is None:
        yield from (work(item, progress) for item in items)
        return
    rest = iter(items)
    waiting: deque[Future[_Made]] = deque()
    done = 0
    while True:
        # Few at a time, so that memory does not grow with the corpus.
        waiting.extend(
            pool.submit(_alone, work, item)
            for item in islice(rest, 4 * (os.cpu_count() or 1) - len(waiting))
        )
        if not waiting:
            return
        yield waiting.popleft().result()
        done += 1
        if progress:
            progress(done, total)


def rarely_collect() -> None:
    """Let garbage wait for the end of each source: looking for it took a third of the time."""
    gc.freeze()
    gc.disable()


def _alone(work: Callable[[_Item, None], _Made], item: _Item) -> _Made:
    try:
        return work(item, None)
    finally:
        gc.collect()

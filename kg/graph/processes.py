"""Spread work over processes, and hand back what is made in the order of what it is made from.

A process that dies or hangs takes no other work with it: the processes are started anew, and what
they were at is done again, one piece at a time.
"""

from __future__ import annotations

import gc
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeoutError
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from itertools import islice
from multiprocessing import get_context
from typing import TypeVar

from kg.graph.digest import Progress
from kg.reading.budget import SECONDS, limit_memory

# Fewer sources are built in this process: starting others takes longer.
_PARALLEL = 4
# A process stops itself after some time; one that does not is stopped after this.
_PATIENCE = 2.0 * SECONDS

_Item = TypeVar("_Item")
_Made = TypeVar("_Made")


class Workers:
    """Processes that work is spread over, and that are replaced when one dies or hangs."""

    def __init__(self, count: int, patience: float = _PATIENCE) -> None:
        """Start processes.

        Args:
            count: How many at most.
            patience: Seconds after which a piece of work counts as hung.
        """
        self._count, self._patience = count, patience
        self._pool = _start(count)

    def submit(self, work: Callable[[_Item], _Made], item: _Item) -> Future[_Made]:
        """Give a piece of work to the next process that is free."""
        return self._pool.submit(work, item)

    def result(self, future: Future[_Made]) -> _Made:
        """Return what a process made, or start all anew where one died or hangs.

        Raises:
            ChildProcessError: One died, or this piece of work hangs; the message tells it.
        """
        try:
            return future.result(self._patience)
        except BrokenProcessPool:
            told = "the process that read it died, as one does that gets no more memory"
        except FutureTimeoutError:
            told = f"it takes over {self._patience:.0f} seconds"
        self.stop()
        self._pool = _start(self._count)
        raise ChildProcessError(told) from None

    def stop(self) -> None:
        """Stop all processes; what they are at is lost."""
        for process in list((self._pool._processes or {}).values()):
            process.kill()
        self._pool.shutdown(cancel_futures=True)


@contextmanager
def workers(
    sources: int, isolated: bool = False, patience: float = _PATIENCE
) -> Iterator[Workers | None]:
    """Start the processes that sources are spread over.

    Args:
        sources: How many there are; few need no processes.
        isolated: Whether no source may take another with it: then two are enough to need some.
        patience: Seconds after which a piece of work counts as hung.
    """
    if sources < (2 if isolated else _PARALLEL):
        yield None
        return
    found = Workers(min(os.cpu_count() or 1, sources), patience)
    try:
        yield found
    finally:
        found.stop()


def spread(
    pool: Workers | None,
    work: Callable[[_Item, Progress | None], _Made],
    items: Iterable[_Item],
    total: int,
    progress: Progress | None,
    lost: Callable[[_Item, str], _Made] | None = None,
) -> Iterator[_Made]:
    """Yield what is made of each item, in their order.

    Args:
        pool: The processes; without them all is done in this one.
        work: What makes something of an item.
        items: The items, of which only the next few are taken in advance.
        total: How many there are.
        progress: Called with how many are done and of how many; without processes, by the work.
        lost: What is made of an item whose process died or hangs, and of what happened to it.

    Raises:
        ChildProcessError: A process died or hangs, and nothing is to be made of that.
    """
    if pool is None:
        yield from (work(item, progress) for item in items)
        return
    rest = iter(items)
    step = partial(_work_alone, work)
    waiting: deque[tuple[_Item, Future[_Made]]] = deque()
    done = 0
    while True:
        # Few at a time, so that memory does not grow with the corpus.
        waiting.extend(
            (item, pool.submit(step, item))
            for item in islice(rest, 4 * (os.cpu_count() or 1) - len(waiting))
        )
        if not waiting:
            return
        try:
            made = [pool.result(waiting[0][1])]
            waiting.popleft()
        except ChildProcessError:
            made = [_again(pool, step, item, lost) for item, _ in waiting]
            waiting.clear()
        for one in made:
            yield one
            done += 1
            if progress:
                progress(done, total)


def _again(
    pool: Workers,
    step: Callable[[_Item], _Made],
    item: _Item,
    lost: Callable[[_Item, str], _Made] | None,
) -> _Made:
    """Return what is made of an item while nothing else is done, so that the culprit is known."""
    try:
        return pool.result(pool.submit(step, item))
    except ChildProcessError as error:
        if lost is None:
            raise
        return lost(item, str(error))


def rarely_collect() -> None:
    """Let garbage wait for the end of each source: looking for it took a third of the time."""
    gc.freeze()
    gc.disable()


def _start(count: int) -> ProcessPoolExecutor:
    # Not forked: the store has threads of its own.
    return ProcessPoolExecutor(count, get_context("spawn"), _prepare)


def _prepare() -> None:
    limit_memory()
    rarely_collect()


def _work_alone(work: Callable[[_Item, None], _Made], item: _Item) -> _Made:
    try:
        return work(item, None)
    finally:
        gc.collect()

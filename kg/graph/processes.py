"""Distribute work over processes, and return the results in the order of the items.

If a process dies or hangs, no other work is lost: all processes are restarted, and the unfinished
items are done again, one at a time.
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

# Fewer sources are built in this process, since starting others would take longer.
_PARALLEL = 4
# Seconds after which a process that has not stopped itself is killed.
_PATIENCE = 2.0 * SECONDS

_Item = TypeVar("_Item")
_Made = TypeVar("_Made")


class Workers:
    """A pool of processes, which are all replaced if one dies or hangs."""

    def __init__(self, count: int, patience: float = _PATIENCE) -> None:
        """Start processes.

        Args:
            count: The most processes to start.
            patience: Seconds after which an item counts as hung.
        """
        self._count, self._patience = count, patience
        self._pool = _start_pool(count)

    def submit(self, work: Callable[[_Item], _Made], item: _Item) -> Future[_Made]:
        """Give an item to the next free process."""
        return self._pool.submit(work, item)

    def result(self, future: Future[_Made]) -> _Made:
        """Return the result for an item; if a process died or hangs, restart all of them.

        Raises:
            ChildProcessError: A process died, or this item hangs; the message says which.
        """
        try:
            return future.result(self._patience)
        except BrokenProcessPool:
            reason = "the process that read it died, probably for lack of memory"
        except FutureTimeoutError:
            reason = f"it takes over {self._patience:.0f} seconds"
        self.stop()
        self._pool = _start_pool(self._count)
        raise ChildProcessError(reason) from None

    def stop(self) -> None:
        """Kill all processes; unfinished work is lost."""
        for process in list((self._pool._processes or {}).values()):
            process.kill()
        self._pool.shutdown(cancel_futures=True)


@contextmanager
def start_workers(
    sources: int, isolated: bool = False, patience: float = _PATIENCE
) -> Iterator[Workers | None]:
    """Start processes for sources; yield None if this process does the work.

    Args:
        sources: The number of sources; for few, no processes are started.
        isolated: Whether a source that crashes must not affect others: then processes are started
            for two sources or more.
        patience: Seconds after which an item counts as hung.
    """
    if sources < (2 if isolated else _PARALLEL):
        yield None
        return
    pool = Workers(min(os.cpu_count() or 1, sources), patience)
    try:
        yield pool
    finally:
        pool.stop()


def map_in_order(
    pool: Workers | None,
    work: Callable[[_Item, Progress | None], _Made],
    items: Iterable[_Item],
    total: int,
    progress: Progress | None,
    lost: Callable[[_Item, str], _Made] | None = None,
) -> Iterator[_Made]:
    """Yield the result for each item, in their order.

    Args:
        pool: The processes; if None, this process does the work.
        work: Returns the result for an item.
        items: The items; only the next few are taken in advance.
        total: The number of items.
        progress: Called with the number done and the total; without a pool, by `work`.
        lost: Returns a result for an item whose process died or hangs, given the reason.

    Raises:
        ChildProcessError: A process died or hangs, and `lost` is None.
    """
    if pool is None:
        yield from (work(item, progress) for item in items)
        return
    rest = iter(items)
    step = partial(_run_and_collect, work)
    waiting: deque[tuple[_Item, Future[_Made]]] = deque()
    done = 0
    while True:
        # Only a few at a time, so that memory does not grow with the corpus.
        waiting.extend(
            (item, pool.submit(step, item))
            for item in islice(rest, 4 * (os.cpu_count() or 1) - len(waiting))
        )
        if not waiting:
            return
        try:
            results = [pool.result(waiting[0][1])]
            waiting.popleft()
        except ChildProcessError:
            results = [_retry_alone(pool, step, item, lost) for item, _ in waiting]
            waiting.clear()
        for result in results:
            yield result
            done += 1
            if progress:
                progress(done, total)


def _retry_alone(
    pool: Workers,
    step: Callable[[_Item], _Made],
    item: _Item,
    lost: Callable[[_Item, str], _Made] | None,
) -> _Made:
    """Return the result for an item that runs alone, so that a failure can be blamed on it."""
    try:
        return pool.result(pool.submit(step, item))
    except ChildProcessError as error:
        if lost is None:
            raise
        return lost(item, str(error))


def defer_garbage_collection() -> None:
    """Turn automatic garbage collection off, which takes a third of the time.

    Callers collect after each source.
    """
    gc.freeze()
    gc.disable()


def _start_pool(count: int) -> ProcessPoolExecutor:
    # Not forked, since the store has threads of its own.
    return ProcessPoolExecutor(count, get_context("spawn"), _prepare_process)


def _prepare_process() -> None:
    limit_memory()
    defer_garbage_collection()


def _run_and_collect(work: Callable[[_Item, None], _Made], item: _Item) -> _Made:
    try:
        return work(item, None)
    finally:
        gc.collect()

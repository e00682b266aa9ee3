"""Results that are computed once for a build and cached until the next one."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from concurrent.futures import Future
from typing import Any, TypeVar

from starlette.requests import Request

from kg.server.data.snapshot import Snapshot, snapshot

T = TypeVar("T")


def cached_result(request: Request, key: Hashable, make: Callable[[Snapshot], T]) -> T:
    """Return a result for the build of a request, computed by the first caller; others wait.

    Args:
        request: The request.
        key: Key of the result in the build's cache.
        make: Computes the result for a build.
    """
    return cached_for_build(snapshot(request), key, make)


def cached_for_build(build: Snapshot, key: Hashable, make: Callable[[Snapshot], T]) -> T:
    """Return a result for a build, computed by the first caller; others wait for it."""
    mine: Future[Any] = Future()
    known = build.cache.setdefault(key, mine)
    if known is mine:
        try:
            mine.set_result(make(build))
        except BaseException as error:
            del build.cache[key]
            mine.set_exception(error)
    result: T = known.result()
    return result

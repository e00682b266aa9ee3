"""What is worked out once for a build and kept until there is a new one."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from concurrent.futures import Future
from typing import Any, TypeVar

from starlette.requests import Request

from kg.server.data.snapshot import Snapshot, snapshot

T = TypeVar("T")


def cached_result(request: Request, key: Hashable, make: Callable[[Snapshot], T]) -> T:
    """Return what is made of the build in force, made by the first who asks; others wait for it.

    Args:
        request: What is answered.
        key: What tells it from other things that are kept.
        make: Makes it of a build.
    """
    return cached_for_build(snapshot(request), key, make)


def cached_for_build(found: Snapshot, key: Hashable, make: Callable[[Snapshot], T]) -> T:
    """Return what is made of a build, made by the first who asks; others wait for it."""
    mine: Future[Any] = Future()
    known = found.kept.setdefault(key, mine)
    if known is mine:
        try:
            mine.set_result(make(found))
        except BaseException as error:
            del found.kept[key]
            mine.set_exception(error)
    result: T = known.result()
    return result

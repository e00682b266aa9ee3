"""Work over processes: what dies, hangs or takes too much memory takes nothing else with it."""

from __future__ import annotations

import os
import signal
import time

import pytest

from kg.graph.digest import Progress
from kg.graph.processes import map_in_order, start_workers
from kg.reading.budget import MEMORY


def work(item: str, _: Progress | None) -> str:
    if item == "dies":
        os.kill(os.getpid(), signal.SIGKILL)
    if item == "hangs":
        time.sleep(600)
    if item == "grows":
        try:
            return str(len(bytearray(MEMORY + 1)))
        except MemoryError:
            return "too much memory"
    return f"{item} done"


def lost(item: str, told: str) -> str:
    return f"{item}: {told}"


def test_what_dies_or_hangs_is_told_and_the_rest_is_done_in_order() -> None:
    items = [*"abc", "dies", *"defghijklm", "grows", "hangs", "n"]
    steps: list[tuple[int, int]] = []
    with start_workers(len(items), patience=5) as pool:
        made = list(
            map_in_order(pool, work, items, len(items), lambda at, of: steps.append((at, of)), lost)
        )
    assert len(made) == len(items)
    told = dict(zip(items, made, strict=True))
    assert "died" in told.pop("dies")
    assert told.pop("hangs") == "hangs: it takes over 5 seconds"
    assert told.pop("grows") == "too much memory"
    assert all(made == f"{item} done" for item, made in told.items())
    assert steps == [(at + 1, len(items)) for at in range(len(items))]


def test_without_an_answer_to_it_a_death_is_an_error() -> None:
    with start_workers(2, isolated=True) as pool, pytest.raises(ChildProcessError, match="died"):
        list(map_in_order(pool, work, ["a", "dies"], 2, None))


def test_few_sources_need_no_processes() -> None:
    with start_workers(3) as pool:
        assert pool is None
    with start_workers(1, isolated=True) as pool:
        assert pool is None

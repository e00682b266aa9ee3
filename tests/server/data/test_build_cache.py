from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from kg.graph.stores.embedded import new_build
from kg.server.data.build_cache import cached_for_build
from kg.server.data.snapshot import Snapshot, Snapshots


def test_things_are_made_once_for_a_build_however_many_ask(store: Path) -> None:
    found, together = Snapshots(store).current(), Barrier(8)
    made: list[Snapshot] = []

    def make(build: Snapshot) -> int:
        made.append(build)
        return len(made)

    def ask(_: int) -> int:
        together.wait()
        return cached_for_build(found, "count", make)

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(ask, range(8))) == [1] * 8
    assert made == [found]


def test_what_could_not_be_made_is_tried_again(store: Path) -> None:
    found = Snapshots(store).current()

    def fail(_: Snapshot) -> int:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        cached_for_build(found, "this", fail)
    assert cached_for_build(found, "this", lambda _: 3) == 3


def test_a_new_build_keeps_things_of_its_own(tmp_path: Path) -> None:
    with new_build(tmp_path) as draft:
        draft.about["base"] = "https://example.org/a"
    snapshots = Snapshots(tmp_path)
    assert (
        cached_for_build(snapshots.current(), "base", lambda it: it.base) == "https://example.org/a"
    )
    with new_build(tmp_path) as draft:
        draft.about["base"] = "https://example.org/b"
    assert (
        cached_for_build(snapshots.current(), "base", lambda it: it.base) == "https://example.org/b"
    )

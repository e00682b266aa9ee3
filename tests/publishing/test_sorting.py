from __future__ import annotations

import tracemalloc
from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from kg.publishing.sorting import sort_rows

ROWS = st.lists(st.tuples(st.text(max_size=4), st.text(max_size=4)), max_size=60)


@given(rows=ROWS, room=st.integers(min_value=1, max_value=70))
def test_rows_come_in_order_and_once_however_few_are_held(
    rows: list[tuple[str, str]], room: int
) -> None:
    assert list(sort_rows(iter(rows), room)) == sorted(set(rows))


def test_memory_does_not_grow_with_the_rows() -> None:
    def rows(count: int) -> Iterator[tuple[str, ...]]:
        for index in range(count):
            yield (f"{index * 7919 % count:08d}", "文" * 20)

    def peak(count: int) -> int:
        tracemalloc.start()
        assert sum(1 for _ in sort_rows(rows(count), room=2_000)) == count
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(2_000)
    # Each run adds a small block that is read, not its rows.
    assert peak(40_000) < 1.5 * peak(10_000)

"""What a build costs on disk."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad

from kg.graph.store import current_build, new_build

SIZE = 20_000


def quads(numbers: range) -> list[Quad]:
    return [
        Quad(
            NamedNode(f"http://a.example/{number}"),
            NamedNode("http://a.example/p"),
            Literal(number),
            NamedNode("http://a.example/graph"),
        )
        for number in numbers
    ]


def files(store: Path) -> dict[int, int]:
    """Return the size of each file of statements, by its place on disk."""
    found = [file.stat() for file in (current_build(store) / "graph").glob("*.sst")]
    return {each.st_ino: each.st_size for each in found}


def test_a_small_change_of_a_large_store_writes_little(tmp_path: Path) -> None:
    store = tmp_path / "store"
    with new_build(store) as draft:
        for part in range(4):
            draft.extend(quads(range(part, SIZE, 4)))
    before = files(store)
    with new_build(store, keep=True) as draft:
        draft.extend(quads(range(SIZE, SIZE + 10)))
    # What was there was put in order when it was made; it is linked, not written again.
    written = sum(size for file, size in files(store).items() if file not in before)
    assert written < sum(before.values()) / 10

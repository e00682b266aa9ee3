"""What a build costs on disk."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

import kg.output
from kg.graph.stores.embedded import current_build, new_build, open_graph

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
    """Return the size of each file of statements, by inode."""
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
    # The old files were compacted when they were made; they are linked, not written again.
    written = sum(size for file, size in files(store).items() if file not in before)
    assert written < sum(before.values()) / 10


def make_statements(number: int) -> tuple[bytes, bytes]:
    """Return a statement as N-Quads and N-Triples, large enough not to be buffered."""
    rest = b"# " + b"-" * 12_000_000 + b"\n"
    statement = f'<urn:thing:{number}> <urn:told:here> "{number}"'
    return f"{statement} <urn:graph:a> .\n".encode() + rest, f"{statement} .\n".encode() + rest


def test_all_that_is_loaded_at_a_time_is_there_in_the_end(tmp_path: Path) -> None:
    with new_build(tmp_path / "store") as draft:
        for number in range(7):
            draft.load(*make_statements(number))
        draft.flush()
        assert draft.count_statements() == 7
        draft.load(*make_statements(7))
    assert len(open_graph(tmp_path / "store")) == 16


def test_a_load_that_fails_leaves_the_build_before_it(tmp_path: Path) -> None:
    path = tmp_path / "store"
    with new_build(path) as draft:
        draft.load(*make_statements(0))
    before = current_build(path)

    def fail() -> None:
        with new_build(path, keep=True) as draft:
            draft.load(b"<no quad>\n", b"")
            for number in range(5):
                draft.load(*make_statements(number))

    with pytest.raises(SyntaxError):
        fail()
    assert current_build(path) == before
    assert [build.name for build in path.glob("build-*")] == [before.name]


def test_a_signal_after_a_build_came_into_force_leaves_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with new_build(tmp_path / "store") as draft:
        draft.extend(quads(range(3)))
    flush = kg.output.flush_path

    def interrupted(path: Path) -> None:
        flush(path)
        raise KeyboardInterrupt

    # It flushes the folder when `CURRENT` names the new build.
    monkeypatch.setattr("kg.graph.stores.embedded.flush_path", interrupted)
    with pytest.raises(KeyboardInterrupt), new_build(tmp_path / "store") as draft:
        draft.extend(quads(range(5)))
    assert len(open_graph(tmp_path / "store")) == 10
    monkeypatch.undo()
    with new_build(tmp_path / "store", keep=True) as draft:
        draft.extend(quads(range(5, 6)))
    assert len(open_graph(tmp_path / "store")) == 12

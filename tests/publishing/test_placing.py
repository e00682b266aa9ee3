"""The folder of a bundle: what it replaces, and what remains when publishing fails."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg import output
from kg.errors import InputError
from kg.graph.stores.embedded import open_graph
from kg.publishing import bundle
from kg.publishing.bundle import publish
from tests.publishing.conftest import GIVEN, contents


def test_a_folder_with_files_is_refused_and_never_mixed(nasty_store: Path, tmp_path: Path) -> None:
    folder = tmp_path / "bundle"
    folder.mkdir()
    (folder / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match=r"is not empty.*--force"):
        publish(nasty_store, folder, **GIVEN)
    assert contents(folder) == {"mine.txt": b"mine"}

    published = publish(nasty_store, folder, **GIVEN, force=True)
    assert published.backup == published.kept == tmp_path / "bundle.before"
    assert contents(published.backup) == {"mine.txt": b"mine"}
    assert "mine.txt" not in contents(folder)

    # A bundle by itself is replaced and not kept.
    (folder / "graph.ttl").write_text("spoiled", encoding="utf-8")
    assert publish(nasty_store, folder, **GIVEN, force=True).backup is None
    assert contents(folder)["graph.ttl"] != b"spoiled"
    assert {path.name for path in tmp_path.iterdir()} == {"bundle", "bundle.before"}

    # Files that somebody put into a bundle are kept, but nothing that is kept is written over.
    (folder / "notes.txt").write_text("more", encoding="utf-8")
    with pytest.raises(InputError, match="move it away"):
        publish(nasty_store, folder, **GIVEN, force=True)
    assert contents(folder)["notes.txt"] == b"more"


def test_a_file_in_its_place_and_a_folder_without_rights_are_refused(
    nasty_store: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(InputError, match="is a file"):
        publish(nasty_store, tmp_path / "file", **GIVEN)
    with pytest.raises(InputError, match="cannot be written"):
        publish(nasty_store, tmp_path / "file" / "below", **GIVEN)


def test_the_folder_of_checksums_of_others_is_kept(nasty_store: Path, tmp_path: Path) -> None:
    folder = tmp_path / "images"
    folder.mkdir()
    (folder / "a.iso").write_bytes(b"image")
    (folder / "SHA256SUMS").write_text(f"{'0' * 64}  a.iso\n", encoding="utf-8")
    assert publish(nasty_store, folder, **GIVEN, force=True).backup == tmp_path / "images.before"
    assert (tmp_path / "images.before" / "a.iso").read_bytes() == b"image"


def test_the_graph_and_the_folder_of_the_process_are_left_in_place(
    nasty_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    for place in (".", "..", "/"):
        with pytest.raises(InputError, match="name another folder"):
            publish(nasty_store, place, **GIVEN, force=True)
    for folder in (nasty_store, nasty_store.parent):
        with pytest.raises(InputError, match="contains the graph"):
            publish(nasty_store, folder, **GIVEN, force=True)
    assert open_graph(nasty_store)
    assert [path.name for path in tmp_path.rglob("*")] == ["here"]


def test_a_link_leads_to_where_the_bundle_is_put(nasty_store: Path, tmp_path: Path) -> None:
    (tmp_path / "current").symlink_to(tmp_path / "bundle")
    publish(nasty_store, tmp_path / "current", **GIVEN)
    assert (tmp_path / "current").is_symlink()
    assert "graph.ttl" in contents(tmp_path / "bundle")


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_interrupted_publishing_leaves_no_half_bundle(
    number: signal.Signals, store: Path, tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "kg.cli", "publish", "--store", str(store)]
    options = [item for name, value in GIVEN.items() for item in (f"--{name}", value)]
    process = subprocess.Popen(
        [*command, "-o", str(tmp_path / "bundle"), *options],
        # Whoever runs the tests may have chosen to ignore it.
        preexec_fn=lambda: signal.signal(number, signal.SIG_DFL),
    )
    until = time.monotonic() + 60
    # Interrupted in the middle: some files are written, not all.
    while not list(tmp_path.glob(".bundle-*/graph.ttl")) and time.monotonic() < until:
        time.sleep(0.01)
    process.send_signal(number)
    assert process.wait(timeout=60) != 0
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_a_disk_without_room_is_told_and_leaves_no_half_bundle(store: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "kg.cli", "publish", "--store", str(store)]
    options = [item for name, value in GIVEN.items() for item in (f"--{name}", value)]
    told = subprocess.run(
        # No file may be larger than some 150 kB.
        ["sh", "-c", 'ulimit -f 300; exec "$@"', "sh", *command, "-o", tmp_path / "b", *options],
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 2
    assert len(told.stderr.splitlines()) == 1
    assert "b: cannot be written (" in told.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_failure_leaves_the_bundle_that_is_there(
    nasty_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a system where two folders cannot change places at once."""
    folder = tmp_path / "bundle"
    publish(nasty_store, folder, **GIVEN)
    before = contents(folder)
    rename = Path.rename
    monkeypatch.setattr(bundle, "exchange_paths", lambda *_: False)
    (folder / "graph.ttl").write_text("spoiled", encoding="utf-8")
    assert publish(nasty_store, folder, **GIVEN, force=True).backup is None
    assert contents(folder) == before

    def fail_to_rename(self: Path, target: Path) -> Path:
        if self.name.startswith(".bundle-") and self.parent == tmp_path:
            raise OSError("the disk is full")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fail_to_rename)
    with pytest.raises(InputError, match="the disk is full"):
        publish(nasty_store, folder, **GIVEN, force=True)
    assert contents(folder) == before
    assert [path.name for path in tmp_path.iterdir()] == ["bundle"]


@pytest.mark.parametrize("is_exchanged", [True, False])
def test_files_that_are_no_bundle_survive_a_signal_at_any_moment(
    nasty_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_exchanged: bool
) -> None:
    """Neither this run nor the next one, which removes drafts, takes them for its own."""
    folder = tmp_path / "bundle"
    folder.mkdir()
    (folder / "mine.txt").write_text("mine", encoding="utf-8")
    exchange = output.exchange_paths

    def interrupt(one: Path, other: Path) -> bool:
        if is_exchanged:
            assert exchange(one, other)
        raise KeyboardInterrupt

    monkeypatch.setattr(bundle, "exchange_paths", interrupt)
    with pytest.raises(KeyboardInterrupt):
        publish(nasty_store, folder, **GIVEN, force=True)
    monkeypatch.undo()
    monkeypatch.setattr("kg.output._FRESH", -1)
    publish(nasty_store, tmp_path / "other" / "bundle", **GIVEN)
    left = [path for path in tmp_path.rglob("mine.txt") if path.read_text("utf-8") == "mine"]
    assert left == [tmp_path / ("bundle.before" if is_exchanged else "bundle") / "mine.txt"]
    assert {path.name for path in tmp_path.iterdir()} == {"bundle", "bundle.before", "other"}


def test_a_bundle_that_a_killed_run_left_beside_its_place_is_replaced(
    nasty_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a system where two folders cannot change places at once."""
    folder = tmp_path / "bundle"
    publish(nasty_store, folder, **GIVEN)
    folder.rename(tmp_path / "bundle.before")
    monkeypatch.setattr(bundle, "exchange_paths", lambda *_: False)
    publish(nasty_store, folder, **GIVEN, force=True)
    publish(nasty_store, folder, **GIVEN, force=True)
    assert [path.name for path in tmp_path.iterdir()] == ["bundle"]

"""Killed commands leave the whole of before or of after; see `benchmarks/kills.py`."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.kills import KINDS, leftovers, prepare, run, try_kills
from kg.output import exchange_paths
from tests.programs import program


@pytest.mark.parametrize("kind", KINDS)
def test_a_killed_command_leaves_all_or_nothing(kind: str, tmp_path: Path) -> None:
    counts = try_kills(kind, 2, random.Random(kind), tmp_path)
    assert counts["before"] + counts["after"] == 2
    assert counts["broken"] == counts["leftovers"] == 0


@pytest.mark.skipif(sys.platform != "linux", reason="renameat2 is of Linux")
def test_two_folders_change_places(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / name).mkdir()
        (tmp_path / name / "told").write_text(name, encoding="utf-8")
    assert exchange_paths(tmp_path / "a", tmp_path / "b")
    assert (tmp_path / "a" / "told").read_text("utf-8") == "b"
    assert (tmp_path / "b" / "told").read_text("utf-8") == "a"
    assert not exchange_paths(tmp_path / "a", tmp_path / "none")


@pytest.mark.skipif(sys.platform != "linux", reason="strace is of Linux")
@pytest.mark.parametrize(("call", "is_new"), [("renameat2", False), ("unlinkat", True)])
def test_a_bundle_is_whole_when_it_is_killed_as_it_comes_into_force(
    tmp_path: Path, call: str, is_new: bool
) -> None:
    """The kill falls before the change of places, or before the old bundle is removed."""
    strace = program("strace", "Debian: strace")
    folder, publish = tmp_path / "trial", KINDS["publish"]
    prepare(folder)
    before = publish.state(folder)
    arguments = [sys.executable, "-m", "kg.cli", *publish.command.split()]
    inject = ["-f", "-e", f"trace={call}", "-e", f"inject={call}:signal=KILL:when=1"]
    subprocess.run(
        [strace, *inject, *arguments],
        cwd=folder,
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
    )
    left = publish.state(folder)
    assert left != "nothing"
    assert (left != before) == is_new
    assert len(leftovers(folder)) == 1
    for path in folder.iterdir():
        os.utime(path, (0, 0))
    run(folder, publish.command)
    assert publish.state(folder) not in ("nothing", before)
    assert leftovers(folder) == []


@pytest.mark.skipif(sys.platform != "linux", reason="strace is of Linux")
def test_all_files_of_a_build_are_on_the_disk_before_it_is_in_force(tmp_path: Path) -> None:
    strace = program("strace", "Debian: strace")
    folder = tmp_path / "trial"
    prepare(folder)
    log = tmp_path / "log"
    calls = "trace=fsync,fdatasync,rename,renameat,renameat2"
    arguments = [sys.executable, "-m", "kg.cli", *KINDS["build"].command.split()]
    subprocess.run(
        [strace, "-f", "-y", "-o", str(log), "-e", calls, *arguments, "--jurisdiction", "330106"],
        cwd=folder,
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
    )
    lines = log.read_text(encoding="utf-8").splitlines()
    (force,) = [at for at, line in enumerate(lines) if 'store/CURRENT"' in line]
    synced = {line.partition("<")[2].partition(">")[0] for line in lines[:force] if "sync(" in line}
    build = folder / "store" / (folder / "store" / "CURRENT").read_text("utf-8").strip()
    needed = {str(path) for path in build.rglob("*") if path.name != "LOCK"}
    needed |= {str(build), str(build.parent)}
    assert {path for path in needed - synced if Path(path).stat().st_size} <= {
        str(path) for path in build.rglob("LOG*")
    }
    # Then the name itself.
    assert any("sync(" in line and f"<{build.parent}>" in line for line in lines[force:])

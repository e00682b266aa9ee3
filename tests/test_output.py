from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path

import pytest

import kg
from kg.errors import InputError
from kg.output import move_file, write_file


def test_a_file_is_replaced_as_a_whole_with_the_rights_it_had(tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    path.write_text("old", encoding="utf-8")
    path.chmod(0o640)
    write_file(path, "新")
    assert path.read_text(encoding="utf-8") == "新"
    assert path.stat().st_mode & 0o777 == 0o640
    made = tmp_path / "made"
    made.write_bytes(b"moved")
    move_file(made, path)
    assert path.read_bytes() == b"moved"
    assert sorted(it.name for it in tmp_path.iterdir()) == ["graph.ttl", "made"]


def test_a_link_leads_to_the_file_that_is_replaced(tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_text("old", encoding="utf-8")
    link.symlink_to(target)
    write_file(link, "new")
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8") == "new"


def test_what_cannot_be_written_whole_leaves_what_is_there(tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(InputError, match="cannot be written"):
        move_file(tmp_path / "nothing", path)
    assert path.read_text(encoding="utf-8") == "old"
    with pytest.raises(InputError, match=r"/dev/full: cannot be written \(No space left"):
        write_file("/dev/full", "text")
    assert [it.name for it in tmp_path.iterdir()] == ["graph.ttl"]


@pytest.mark.parametrize(
    ("number", "is_refused"), [(errno.EIO, True), (errno.ENOSPC, True), (errno.EINVAL, False)]
)
def test_a_disk_that_does_not_take_the_names_of_a_folder_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, is_refused: bool
) -> None:
    fsync = os.fsync

    def failing(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(number, os.strerror(number))
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", failing)
    with pytest.raises(InputError, match="cannot be written") if is_refused else nullcontext():
        write_file(tmp_path / "graph.ttl", "new")
    assert (tmp_path / "graph.ttl").read_text(encoding="utf-8") == "new"


@pytest.mark.parametrize(
    "arguments", [("query", "tasks"), ("ask", "教育局有哪些任务"), ("--help",)]
)
def test_a_full_disk_is_told_in_a_sentence(store: Path, arguments: tuple[str, ...]) -> None:
    where = ["--store", str(store)] if len(arguments) > 1 else []
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            [sys.executable, "-m", "kg.cli", *arguments, *where],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr == "Error: the answer cannot be written (No space left on device)\n"


@pytest.mark.parametrize(
    ("command", "most"),
    [
        ("build DATA --store new", 100_000),
        ("export --store STORE -o graph.ttl", 100_000),
        (
            "publish --store STORE -o bundle --publisher 江汉区 --licence CC-BY-4.0 "
            "--base https://example.org/jianghan",
            100_000,
        ),
        ("view departments --store STORE -o page.html", 100_000),
        ("brief --store STORE -o a.docx", 10_000),
        ("query tasks --store STORE -o a.csv", 1_000),
    ],
)
def test_no_room_for_what_is_written_leaves_nothing(
    store: Path, dataset: Path, tmp_path: Path, command: str, most: int
) -> None:
    """No file may grow beyond a limit, as on a full disk."""
    given = {"DATA": str(dataset), "STORE": str(store)}
    code = (
        "import resource, sys; from kg.cli import main;"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({most}, {most}));"
        "sys.argv[0] = 'kg'; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *(given.get(word, word) for word in command.split())],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(Path(kg.__file__).parents[1])},
    )
    assert done.returncode == 2, done.stderr
    assert done.stderr.strip().startswith("Error: ")
    assert "cannot be written (File too large)" in done.stderr
    left = [path.name for path in tmp_path.rglob("*") if path.is_file() and path.name != ".lock"]
    assert left == []


@pytest.mark.parametrize("current", ["", "build-gone"])
def test_a_store_that_lost_its_build_is_told_and_built_anew(
    dataset: Path, tmp_path: Path, current: str
) -> None:
    store = tmp_path / "store"
    kg.build([dataset], store)
    (store / "CURRENT").write_text(current, encoding="utf-8")
    with pytest.raises(InputError, match=r"no store here|is damaged"):
        kg.query(store, "tasks")
    kg.build([dataset], store)
    assert len(kg.query(store, "tasks").rows) == 106

"""Kill commands at random points and check what they leave.

usage: python -m benchmarks.kills [--times 100] [--seed 1]

After each kill the store, the bundle or the file must be in the complete state before or after the
command; after another run of the command there must be no leftovers. The exit code is 1 if anything
is broken.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kg.errors import InputError
from kg.questions.catalogue import query

_HEAD = "序号,一级类目,二级类目,工作任务,进展情况,责任单位"
_BUNDLE = "--publisher 青禾区 --licence CC-BY-4.0 --base https://example.org/q --force"


@dataclass(frozen=True)
class Kind:
    """A command that is killed.

    Attributes:
        command: Its arguments; it runs in the folder of the trial.
        state: Returns the state of what it changes, as a string that can be compared.
    """

    command: str
    state: Callable[[Path], str]


def store_state(folder: Path) -> str:
    """Return the tasks in a store, or why there are none."""
    try:
        return repr(query(folder / "store", "tasks").rows)
    except InputError as error:
        return f"nothing: {error}"


def tree_state(name: str) -> Callable[[Path], str]:
    """Return a function that returns a hash of a file or folder."""

    def state(folder: Path) -> str:
        path = folder / name
        if not path.exists():
            return "nothing"
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        digest = hashlib.sha256()
        for file in files:
            if file.is_file():
                digest.update(str(file.relative_to(folder)).encode() + file.read_bytes())
        return digest.hexdigest()

    return state


KINDS = {
    "build": Kind("build june.csv --store store", store_state),
    "add": Kind("add december.csv --store store", store_state),
    "remove": Kind("remove xihu-330106-2023-09 --store store", store_state),
    "publish": Kind(f"publish --store store -o bundle {_BUNDLE}", tree_state("bundle")),
    "export": Kind("export --store store -o graph.ttl", tree_state("graph.ttl")),
}


def write_report(path: Path, month: int, rows: int) -> Path:
    """Write a report of a few tasks."""
    title = f"青禾区2023年政府工作报告任务进展情况（截至2023年{month}月底）"
    lines = (
        f"{n},民生,教育,新建学校{n}所。,已完成{month - 5 if n > 4 else n}所。,教育局"
        for n in range(1, rows + 1)
    )
    path.write_text("\n".join((title, _HEAD, *lines)) + "\n", encoding="utf-8")
    return path


def start(folder: Path, command: str) -> subprocess.Popen[bytes]:
    """Start a command in a folder."""
    arguments = command.split()
    if arguments[0] in ("build", "add"):
        arguments += ["--jurisdiction", "330106"]
    return subprocess.Popen(
        [sys.executable, "-m", "kg.cli", *arguments],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
    )


def run(folder: Path, command: str) -> float:
    """Run a command to its end; return the seconds that it took."""
    begin = time.monotonic()
    with start(folder, command) as process:
        process.communicate()
    return time.monotonic() - begin


def prepare(folder: Path) -> None:
    """Make a store of two reports, with a bundle and a file of the first one only."""
    folder.mkdir()
    for name, month in (("june", 6), ("september", 9), ("december", 12)):
        write_report(folder / f"{name}.csv", month, month)
    run(folder, "build june.csv --store store")
    run(folder, KINDS["publish"].command)
    run(folder, KINDS["export"].command)
    run(folder, "add september.csv --store store")


def leftovers(folder: Path) -> list[str]:
    """Return the drafts in a folder, and the builds of its store beyond the last two."""
    beside = [path.name for path in folder.iterdir() if path.name.startswith(".")]
    return beside + [path.name for path in (folder / "store").glob("build-*")][2:]


def try_kills(kind: str, times: int, chance: random.Random, room: Path) -> Counter[str]:
    """Kill a command several times and count the results: before, after, broken, leftovers.

    Args:
        kind: The command.
        times: The number of kills.
        chance: The random generator for the moment of each kill.
        room: An empty folder.
    """
    killed = KINDS[kind]
    prepare(room / "before")
    shutil.copytree(room / "before", room / "after")
    duration = run(room / "after", killed.command)
    before, after = killed.state(room / "before"), killed.state(room / "after")
    assert before != after
    counts: Counter[str] = Counter()
    for number in range(times):
        trial = room / str(number)
        shutil.copytree(room / "before", trial)
        with start(trial, killed.command) as process:
            time.sleep(chance.uniform(0.3, 1.0) * duration)
            process.kill()
        left = killed.state(trial)
        counts["before" if left == before else "after" if left == after else "broken"] += 1
        # Commands only remove leftovers that are not new.
        for path in trial.iterdir():
            os.utime(path, (0, 0))
        run(trial, killed.command)
        counts["broken"] += killed.state(trial) != after
        counts["leftovers"] += len(leftovers(trial))
        shutil.rmtree(trial)
    return counts


def main() -> int:
    """Print a table; return 1 if anything is broken or left over."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--times", type=int, default=100, help="kills of each command")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    total: Counter[str] = Counter()
    print("command | kills | before | after | broken | leftovers")
    for kind in KINDS:
        with tempfile.TemporaryDirectory() as room:
            counts = try_kills(kind, given.times, random.Random(f"{given.seed} {kind}"), Path(room))
        figures = " | ".join(
            str(counts[name]) for name in ("before", "after", "broken", "leftovers")
        )
        print(f"{kind} | {given.times} | {figures}", flush=True)
        total += counts
    return int(bool(total["broken"] or total["leftovers"]))


if __name__ == "__main__":
    sys.exit(main())

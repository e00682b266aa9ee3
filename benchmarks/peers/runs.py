"""Run contenders in turn, each as a process of its own, and tell what each run took."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

ROOT = Path(__file__).parents[2]
# Seconds after which once is enough.
LONG = 15.0
_Made = TypeVar("_Made")


class RunError(Exception):
    """A contender failed; the message tells its last words."""


@dataclass(frozen=True, slots=True)
class Run:
    """What a process took.

    Attributes:
        seconds: From its start to its end.
        processor: Seconds of processor time, of the processes that it started too.
        said: What it wrote to standard output.
    """

    seconds: float
    processor: float
    said: str


def run(command: Sequence[str | Path], one_core: bool = False) -> Run:
    """Run a command to its end.

    Args:
        command: The program and its arguments.
        one_core: Whether it, and what it starts, may use one core only.

    Raises:
        RunError: It failed.
    """
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err, _limit_cores(one_core):
        start = time.perf_counter()
        process = subprocess.Popen([*map(str, command)], cwd=ROOT, stdout=out, stderr=err)
        try:
            _, status, usage = os.wait4(process.pid, 0)
        except BaseException:
            process.send_signal(signal.SIGKILL)
            raise
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        if process.returncode:
            words = err.read().decode(errors="replace").strip().splitlines() or ["no word"]
            raise RunError(f"{Path(str(command[0])).name}: {words[-1][:300]}")
        return Run(seconds, usage.ru_utime + usage.ru_stime, out.read().decode())


def module_command(name: str, *arguments: str | Path) -> list[str | Path]:
    """Return the command that runs a module of this benchmark with this Python."""
    return [sys.executable, "-m", f"benchmarks.peers.{name}", *arguments]


def run_in_turn(
    contenders: Mapping[str, Callable[[], _Made]], rounds: int, said: list[str]
) -> Iterator[dict[str, _Made]]:
    """Yield what each contender's run gives, round by round; each round begins with another.

    One that takes very long runs in the first round only.

    Args:
        contenders: What runs them, by name; we are the first.
        rounds: How many.
        said: Where it is told that a peer fails, which is then left out.

    Raises:
        RunError: We fail.
    """
    us, names = next(iter(contenders)), list(contenders)
    for index in range(rounds):
        if not names:
            return
        first = index % len(names)
        made = {}
        for name in (*names[first:], *names[:first]):
            start = time.perf_counter()
            try:
                made[name] = contenders[name]()
            except RunError as error:
                if name == us:
                    raise
                said.append(f"{name} is left out: it fails ({error})")
                names.remove(name)
                continue
            if time.perf_counter() - start > LONG:
                names.remove(name)
        yield made


@contextmanager
def _limit_cores(one: bool) -> Iterator[None]:
    """Let what is started meanwhile run on one core only."""
    if not one:
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(before)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)

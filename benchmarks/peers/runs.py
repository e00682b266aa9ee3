"""Run contenders in turn, each in a separate process, and measure each run."""

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
# Contenders that take more seconds run only once.
LONG = 15.0
_Made = TypeVar("_Made")


class RunError(Exception):
    """A contender failed; the message contains the last line of its error output."""


@dataclass(frozen=True, slots=True)
class Run:
    """A run of a process.

    Attributes:
        seconds: Elapsed time from its start to its end.
        processor: Processor seconds, including its child processes.
        said: Its standard output.
    """

    seconds: float
    processor: float
    said: str


def run(command: Sequence[str | Path], one_core: bool = False) -> Run:
    """Run a command to its end.

    Args:
        command: The program and its arguments.
        one_core: Whether it and its child processes may use one core only.

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
    """Yield the results of all contenders, round by round; each round begins with another one.

    Slow contenders run in the first round only.

    Args:
        contenders: Functions that run them, by name; the first is ours.
        rounds: The number of rounds.
        said: Remarks; a peer that fails is added here and left out from then on.

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
    """Limit processes that are started in this context to one core."""
    if not one:
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(before)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)

"""What a process that answers queries may take of the machine, as far as the system limits it."""

from __future__ import annotations

import ctypes
import math
import os
import sys
from contextlib import suppress
from pathlib import Path

try:
    import resource
except ImportError:  # Windows has none.
    resource = None  # type: ignore[assignment]

# Of linux/sched.h.
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000
# Seconds of the processor beside those of a job, for starting and opening.
_SPARE = 5


def leave_network() -> None:
    """Go where there is no network: Oxigraph has no switch that turns `SERVICE` off.

    Linux lets a process do so, though not in every container. Where it does not, what `tokens`
    takes for a query to another server is all that is refused.
    """
    if sys.platform == "linux":
        system = ctypes.CDLL(None)
        # Who may do the first keeps its rights on files.
        if system.unshare(_NEW_NETWORK):
            system.unshare(_NEW_USER | _NEW_NETWORK)


def limit_memory(size: int) -> None:
    """Take no more memory than some bytes beside what is taken already."""
    memory = Path("/proc/self/statm")
    if resource and memory.exists():
        taken = int(memory.read_text().split()[0]) * resource.getpagesize()
        _set_limit(resource.RLIMIT_AS, taken + size)


def limit_time(seconds: float) -> None:
    """Let the system end the process where whoever started it cannot any more."""
    if resource:
        used = resource.getrusage(resource.RUSAGE_SELF)
        more = seconds * (os.cpu_count() or 1) + _SPARE
        _set_limit(resource.RLIMIT_CPU, math.ceil(used.ru_utime + used.ru_stime + more))


def _set_limit(what: int, value: int) -> None:
    _, most = resource.getrlimit(what)
    with suppress(ValueError, OSError):
        resource.setrlimit(what, (value, most))

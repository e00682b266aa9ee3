"""Limit the network, memory and time of a worker process, as far as the system allows."""

from __future__ import annotations

import ctypes
import math
import os
import sys
from contextlib import suppress
from pathlib import Path

try:
    import resource
except ImportError:  # Windows does not have it.
    resource = None  # type: ignore[assignment]

# Constants of linux/sched.h.
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000
# Seconds of processor time besides those of a job, for starting and for opening a store.
_SPARE = 5


def leave_network() -> None:
    """Move this process to a network namespace without connections, because of `SERVICE`.

    Oxigraph has no option that turns `SERVICE` off. Not all containers on Linux allow this; if it
    fails, only queries in which `tokens` finds a remote keyword are refused.
    """
    if sys.platform == "linux":
        system = ctypes.CDLL(None)
        # A new user namespace changes permissions on files, so it is only used if necessary.
        if system.unshare(_NEW_NETWORK):
            system.unshare(_NEW_USER | _NEW_NETWORK)


def limit_memory(size: int) -> None:
    """Limit the memory of this process to some bytes more than it uses now."""
    memory = Path("/proc/self/statm")
    if resource and memory.exists():
        used = int(memory.read_text().split()[0]) * resource.getpagesize()
        _set_limit(resource.RLIMIT_AS, used + size)


def limit_time(seconds: float) -> None:
    """Limit the processor time of this process, in case that its parent cannot end it."""
    if resource:
        used = resource.getrusage(resource.RUSAGE_SELF)
        more = seconds * (os.cpu_count() or 1) + _SPARE
        _set_limit(resource.RLIMIT_CPU, math.ceil(used.ru_utime + used.ru_stime + more))


def _set_limit(name: int, value: int) -> None:
    _, maximum = resource.getrlimit(name)
    with suppress(ValueError, OSError):
        resource.setrlimit(name, (value, maximum))

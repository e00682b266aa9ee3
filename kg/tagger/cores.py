"""How many cores reading may take."""

from __future__ import annotations

import os
from multiprocessing import parent_process


def usable_cores() -> int:
    """Return how many windows are read side by side.

    A worker of a corpus has one core; one of Spark has as many as Spark tells it so.
    """
    threads = 1 if parent_process() else int(os.environ.get("OMP_NUM_THREADS") or 0)
    return threads or os.cpu_count() or 1

"""The number of cores that reading may use."""

from __future__ import annotations

import os
from multiprocessing import parent_process


def usable_cores() -> int:
    """Return how many windows are read in parallel.

    A worker process uses one core; a Spark worker uses as many as Spark sets in OMP_NUM_THREADS.
    """
    threads = 1 if parent_process() else int(os.environ.get("OMP_NUM_THREADS") or 0)
    return threads or os.cpu_count() or 1

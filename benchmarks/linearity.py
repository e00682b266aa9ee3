"""Time of extraction against the length of a cell: eight times the text, how many times as long?

usage: python benchmarks/linearity.py

Linear time is a ratio of about 8, quadratic time one of 64.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from tests.extraction.rows import facts_of
from tests.extraction.test_linear import SENTENCE

KINDS = ("1", "的", "柳园路、", "《某某办法》", "（一）", "20余家", SENTENCE)
SHORT, TIMES = 1_200, 8


def seconds(text: str) -> float:
    """Return the least processor time of three extractions of a text that was not read before."""
    least = float("inf")
    for _ in range(3):
        with tempfile.TemporaryDirectory() as folder:
            os.environ["TASKKG_CACHE"] = folder
            start = time.process_time()
            facts_of(("", text))
            least = min(least, time.process_time() - start)
    return least


def main() -> None:
    """Print the ratio for each kind of text."""
    seconds("柳园")
    for unit in KINDS:
        repeated = unit * (SHORT // len(unit))
        short, long = seconds(repeated), seconds(repeated * TIMES)
        print(f"{unit[:8]:12s} {short * 1000:8.1f} ms   times {long / short:5.1f}")


if __name__ == "__main__":
    main()

"""Time of extraction against the length of a cell: eight times the text, how many times as long?

usage: python benchmarks/linearity.py

Linear time is a ratio of about 8, quadratic time one of 64.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from kg.extraction.facts import extract
from tests.extraction.test_linear import KINDS, report

SHORT, TIMES = 12_000, 8


def seconds(text: str) -> float:
    """Return the least processor time of three extractions."""
    least = float("inf")
    for _ in range(3):
        start = time.process_time()
        list(extract(report(text)))
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

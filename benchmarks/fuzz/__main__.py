"""Break files at random and read them; report those neither read nor refused in one sentence.

usage: python -m benchmarks.fuzz [--seconds 120] [--seed 1] [--family pdf] [--number 788]

Each broken file is determined by its family, the seed and its number: with --family and --number
one of them is made again in the folder `fuzz-finding`, and tried in this process. The exit code is
1 if there are findings.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from benchmarks.fuzz.cases import HUNG, Case, make_cases, try_case, write_case
from benchmarks.fuzz.mutate import BREAKERS
from benchmarks.fuzz.seeds import write_seeds
from kg.graph.processes import map_in_order, start_workers


def main() -> int:
    """Try broken files and print a table of outcomes; return 1 if there are findings."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--family", choices=BREAKERS)
    parser.add_argument("--number", type=int)
    given = parser.parse_args()
    families = [given.family] if given.family else list(BREAKERS)
    counts: Counter[tuple[str, str]] = Counter()
    found = 0
    with tempfile.TemporaryDirectory() as folder:
        write_seeds(Path(folder))
        if given.number is not None:
            case = Case(families[0], given.seed, given.number, Path(folder))
            keep = Path("fuzz-finding")
            keep.mkdir(exist_ok=True)
            print(write_case(case, keep), *try_case(case), sep="\n")
            return 0
        tried: list[Case] = []

        def remember() -> Iterator[Case]:
            for case in make_cases(Path(folder), families, given.seed, given.seconds):
                tried.append(case)
                yield case

        with start_workers(1000, isolated=True, patience=HUNG) as pool:
            results = map_in_order(
                pool, try_case, remember(), 0, None, lambda _, message: ("hung", message)
            )
            for at, (outcome, message) in enumerate(results):
                case = tried[at]
                counts[case.family, outcome] += 1
                if message:
                    found += 1
                    print(f"--family {case.family} --seed {case.seed} --number {case.number}")
                    print(f"   {outcome}: {message}", flush=True)
    print("family | tried | read | refused | findings")
    for family in families:
        tally = {name: count for (of, name), count in counts.items() if of == family}
        total, read_, refused = sum(tally.values()), tally.get("read", 0), tally.get("refused", 0)
        print(f"{family} | {total} | {read_} | {refused} | {total - read_ - refused}")
    print(f"all | {counts.total()} | findings: {found}")
    return min(found, 1)


if __name__ == "__main__":
    sys.exit(main())

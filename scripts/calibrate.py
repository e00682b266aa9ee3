"""Count how often each rule is right on a reference, as the confidence of facts is told by it.

usage: python scripts/calibrate.py EXTRACTED.jsonl REFERENCE.jsonl [data/evaluation/calibration.csv]

Without the third argument the table is printed, with a check: of the facts at each level of
confidence, how many are right.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from kg.evaluation.records import Record, load_records
from kg.evaluation.score import plain
from kg.extraction.confidence import confidence, family
from kg.extraction.record import KEYS


def judged(found: Record, reference: Record) -> Iterator[tuple[str, str, bool]]:
    """Yield the kind and the rule of each fact of a row, and whether the reference has it."""
    named = {plain(item["name"]) for key in KEYS.values() for item in reference[key]}
    for kind, key in KEYS.items():
        for name in found[key]:
            for evidence in name["evidence"][:1]:
                yield kind, evidence["rule"], plain(name["name"]) in named
    wanted = Counter(
        (q["cell"], float(q["value"]), plain(q["unit"])) for q in reference["quantities"]
    )
    for quantity in found["quantities"]:
        same = (quantity["cell"], float(quantity["value"]), plain(quantity["unit"]))
        wanted[same] -= 1
        yield "quantity", quantity["evidence"]["rule"], wanted[same] >= 0
    dates = {(date["cell"], date["iso"]) for date in reference["dates"]}
    for date in found["dates"]:
        yield "date", date["evidence"]["rule"], (date["cell"], date["iso"]) in dates
    targets = {
        (float(t["target"]), plain(t["unit"]), t["actual"], t["met"]) for t in reference["targets"]
    }
    for t in found["targets"]:
        found_target = (float(t["target"]), plain(t["unit"]), t["actual"], t["met"])
        yield "target", t["evidence"]["rule"], found_target in targets
    if found["status"]:
        right = found["status"] == reference["status"]
        yield "status", found["status_evidence"]["rule"], right


def main() -> None:
    """Write or print the table."""
    extracted, references = (load_records(path) for path in sys.argv[1:3])
    facts = [fact for number, row in references.items() for fact in judged(extracted[number], row)]
    counts: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for kind, rule, right in facts:
        counts[kind, family(rule)][0] += right
        counts[kind, family(rule)][1] += 1
    if len(sys.argv) > 3:
        with Path(sys.argv[3]).open("w", encoding="utf-8", newline="") as target:
            writer = csv.writer(target, lineterminator="\n")
            writer.writerow(("fact", "rule", "right", "of"))
            writer.writerows((*key, *value) for key, value in sorted(counts.items()))
        return
    for (kind, rule), (hits, tried) in sorted(counts.items()):
        print(f"{kind:14s} {rule:24s} {hits:4d} of {tried:4d}   {confidence(kind, rule)}")
    levels: dict[float, list[bool]] = defaultdict(list)
    for kind, rule, right in facts:
        levels[int((confidence(kind, rule) or 0) * 20) / 20].append(right)
    print("\nconfidence      facts   right")
    for level, rights in sorted(levels.items(), reverse=True):
        print(f"{level:.2f}–{level + 0.05:.2f} {len(rights):10d} {sum(rights) / len(rights):8.3f}")


if __name__ == "__main__":
    main()

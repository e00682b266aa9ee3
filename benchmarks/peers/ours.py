"""Make N-Quads from facts with taskkg, in a separate process.

usage: python -m benchmarks.peers.ours FACTS OUTPUT PROCESSES

The folder OUTPUT gets one file for each report. Imports are where they are needed, as they are part
of the measured time.
"""

from __future__ import annotations

import gc
import json
import pickle
import sys
import time
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.history.place import Place
    from kg.model import Report, TaskFacts

    Facts = tuple[Report, tuple[TaskFacts, ...], Mapping[int, Place]]


def map_facts(facts: Path, output: Path, processes: int) -> None:
    """Make N-Quads from pickled facts; print the time without start-up and reading.

    Args:
        facts: A folder with a file for each report.
        output: The output folder, which is created.
        processes: The number of processes; 1 means this process.
    """
    output.mkdir()
    steps = [(path, output / f"{path.stem}.nq") for path in sorted(facts.iterdir())]
    if processes == 1:
        _prepare_process()
        took = sum(map(_map_report, steps))
    else:
        # As a build does.
        from concurrent.futures import ProcessPoolExecutor
        from multiprocessing import get_context

        context = get_context("spawn")
        with ProcessPoolExecutor(processes, context, _prepare_process) as pool:
            took = sum(pool.map(_map_report, steps))
    print(json.dumps({"seconds": took}))


def statements_of(facts: Facts) -> tuple[Collection[bytes], bytes]:
    """Return the distinct statements of a report, and its graph."""
    from kg.graph.mapping.report import report_statements
    from kg.graph.mapping.scope import Scope
    from kg.graph.rdf.terms import BASE

    report, found, rows = facts
    scope = Scope.of(report, found, BASE, rows)
    return dict.fromkeys(report_statements(report, found, scope)), scope.graph("report")


def _map_report(step: tuple[Path, Path]) -> float:
    from kg.graph.rdf.ntriples import write_statements

    source, target = step
    facts: Facts = pickle.loads(source.read_bytes())
    start = time.process_time()
    statements, graph = statements_of(facts)
    target.write_bytes(write_statements(statements, graph))
    took = time.process_time() - start
    # As a build does after each source.
    del facts, statements
    gc.collect()
    return took


def _prepare_process() -> None:
    """Prepare a process as a build does: import first, then freeze objects and stop collecting."""
    import kg.graph.mapping  # noqa: F401

    gc.freeze()
    gc.disable()


if __name__ == "__main__":
    source, target, processes = sys.argv[1:]
    map_facts(Path(source), Path(target), int(processes))

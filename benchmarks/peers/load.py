"""Part `load`: the same statements into a new store, by us and by the `oxigraph` command.

Each statement is in the named graph of its report, and once more in the default graph, as in a
build (see `kg.graph.stores.embedded.Draft`).
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from pyoxigraph import Store

from benchmarks.peers.facts import Corpus, line_count, prepare_corpus
from benchmarks.peers.results import US, Part, Result
from benchmarks.peers.runs import Run, module_command, run, run_in_turn

TITLE = "N-Quads and N-Triples on disk into a new store on disk; whole processes."
# At most ten per cent slower.
_GOAL = 0.9


def measure(folder: Path, sizes: Sequence[int], rounds: int) -> Part:
    """Measure all sizes.

    Args:
        folder: A folder for temporary files.
        sizes: Approximate numbers of distinct triples; more than twice as many statements are
            loaded.
        rounds: The number of runs of each contender.
    """
    command = Path(sys.executable).with_name("oxigraph")
    if not command.exists():
        return Part("load", TITLE, (), ("oxigraph is left out: it is not installed",))
    found: list[Result] = []
    said: list[str] = []
    for size in sizes:
        place = folder / f"load-{size}"
        corpus = prepare_corpus(place, size)
        count = sum(map(line_count, corpus.text))
        found += _measure_size(corpus, f"{count:,} statements", command, rounds, said)
        shutil.rmtree(place)
    return Part("load", TITLE, tuple(found), tuple(said))


def _measure_size(
    corpus: Corpus, case: str, command: Path, rounds: int, said: list[str]
) -> Iterator[Result]:
    text, store = corpus.folder / "text", corpus.folder / "store"
    loading: list[str | Path] = [
        command,
        "load",
        "--lenient",
        "--location",
        store,
        "--file",
        *corpus.text,
    ]

    def fresh(command: Sequence[str | Path]) -> tuple[Run, int]:
        shutil.rmtree(store, ignore_errors=True)
        return run(command), len(Store.read_only(str(store)))

    contenders: dict[str, Callable[[], tuple[Run, int]]] = {
        US: partial(fresh, module_command("loader", text, store)),
        "oxigraph load": partial(fresh, loading),
    }
    runs = list(run_in_turn(contenders, rounds, said))
    counts = {count for made in runs for _, count in made.values()}
    note = "same number of statements" if len(counts) == 1 else f"DIFFERS: {sorted(counts)}"
    for measure in ("seconds", "processor seconds"):
        for name in contenders:
            took = [made[name][0] for made in runs if name in made]
            values = tuple(it.seconds if measure == "seconds" else it.processor for it in took)
            goal = _GOAL if name != US and measure == "seconds" else 0.0
            yield Result(case, measure, name, values, goal=goal, note=note)

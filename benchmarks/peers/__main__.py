"""Run taskkg and its peers in turn on the same corpus, and print medians and ratios.

usage: python -m benchmarks.peers [PART ...] [--rounds N] [--sizes N,N] [--graph N] [--limit S]
                                  [--nodes N,N,N] [--large STORE] [--reference FILE]
                                  [--results DIR]

The parts, by default all of them:

- materialisation: facts to triples on disk, compared with morph-kgc, maplib and rdflib;
- load: statements into a store, compared with the `oxigraph` command;
- questions: the catalogue, compared with rdflib and with SPARQL without derived statements; with
  --large also on an existing store;
- extraction: names in the text of tasks, compared with the taggers LAC and jieba;
- page: the network page, compared with that of pyvis.

Needs `pip install taskkg[test,benchmarks]`; morph-kgc gets an environment of its own in the results
folder. Missing peers are skipped and reported. The tables are printed, and written with bar charts
and a description of the machine to `index.html` in the results folder.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.peers import extraction, load, materialisation, network_page, page, questions
from benchmarks.peers.machine import describe_machine
from benchmarks.peers.results import Part, to_markdown

RESULTS = Path(__file__).parents[1] / "results"
# Beside a checkout, as the tests look for it.
REFERENCE = Path(__file__).parents[3] / "shared" / "evaluation" / "reference-dev.jsonl"


def main() -> None:
    """Measure the given parts."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.peers", description=__doc__.partition("\n")[0]
    )
    parser.add_argument("parts", nargs="*", metavar="PART", help="parts to run; by default all")
    parser.add_argument("--rounds", type=int, default=3, help="how often each contender runs")
    parser.add_argument(
        "--sizes", type=_numbers, default=[240_000, 2_400_000], help="triples, about"
    )
    parser.add_argument("--graph", type=int, default=100_000, help="triples in part questions")
    parser.add_argument("--limit", type=float, default=10.0, help="seconds for rdflib per question")
    parser.add_argument("--nodes", type=_numbers, default=[300, 2000, 10_000], help="of networks")
    parser.add_argument("--large", type=Path, help="another store for part questions")
    parser.add_argument(
        "--reference",
        type=Path,
        default=REFERENCE if REFERENCE.exists() else None,
        help="a reference: a file, or a folder of documents (docs/evaluation.md)",
    )
    parser.add_argument("--results", type=Path, default=RESULTS, help="folder of the page")
    options = parser.parse_args()
    options.results.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        parts: dict[str, Callable[[], Part]] = {
            "materialisation": lambda: materialisation.measure(
                folder, options.results, options.sizes, options.rounds
            ),
            "load": lambda: load.measure(
                folder, [size // 2 for size in options.sizes], options.rounds
            ),
            "questions": lambda: questions.measure(
                folder, options.graph, options.rounds, options.limit, options.large
            ),
            "extraction": lambda: extraction.measure(folder, options.rounds, options.reference),
            "page": lambda: network_page.measure(folder, options.nodes, options.rounds),
        }
        if unknown := set(options.parts) - parts.keys():
            parser.error(
                f"no such part: {', '.join(sorted(unknown))}; choose from {', '.join(parts)}"
            )
        made = []
        for name in options.parts or parts:
            made.append(parts[name]())
            print(to_markdown(made[-1]), flush=True)
    target = options.results / "index.html"
    target.write_text(page.render(made, describe_machine(), datetime.now(UTC)), encoding="utf-8")
    print(f"{target}", file=sys.stderr)


def _numbers(text: str) -> list[int]:
    return [int(number) for number in text.split(",")]


if __name__ == "__main__":
    main()

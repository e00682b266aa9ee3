"""Run us and our peers side by side on the same corpus, in turn, and tell medians and ratios.

usage: python -m benchmarks.peers [PART ...] [--rounds N] [--sizes N,N] [--graph N] [--limit S]
                                  [--nodes N,N,N] [--large STORE] [--reference FILE]
                                  [--results DIR]

Parts, all of them where none is named:

- materialisation: facts to triples on disk, beside morph-kgc, maplib and rdflib;
- load: statements into a store, beside the `oxigraph` command;
- questions: the catalogue, beside rdflib and SPARQL without what a build derives; with --large also
  on a store that exists;
- extraction: names in the text of tasks, beside the taggers LAC and jieba;
- page: the network page, beside that of pyvis.

Needs `pip install taskkg[test,benchmarks]`; morph-kgc gets an environment of its own in the folder
of results. A peer that is not there is left out, which is told. The tables go to standard output,
and with bars and a description of the machine to `index.html` in the folder of results.
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
    """Measure the parts that are named."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.peers", description=__doc__.partition("\n")[0]
    )
    parser.add_argument("parts", nargs="*", metavar="PART", help="which parts; all without it")
    parser.add_argument("--rounds", type=int, default=3, help="how often each contender runs")
    parser.add_argument(
        "--sizes", type=_numbers, default=[240_000, 2_400_000], help="triples, about"
    )
    parser.add_argument("--graph", type=int, default=100_000, help="triples that are asked, about")
    parser.add_argument("--limit", type=float, default=10.0, help="seconds rdflib gets a question")
    parser.add_argument("--nodes", type=_numbers, default=[300, 2000, 10_000], help="of networks")
    parser.add_argument("--large", type=Path, help="a store that is asked all questions too")
    parser.add_argument(
        "--reference",
        type=Path,
        default=REFERENCE if REFERENCE.exists() else None,
        help="what a reader noted down: a file, or a folder of documents (docs/evaluation.md)",
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
                f"no such part: {', '.join(sorted(unknown))}; there are {', '.join(parts)}"
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

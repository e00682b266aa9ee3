"""The corpus of several parts: invented reports as pickled facts, N-Quads and N-Triples."""

from __future__ import annotations

import pickle
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path

from benchmarks.corpus import Sizes, list_districts, make_corpus
from benchmarks.peers.ours import statements_of
from kg.extraction.facts import extract
from kg.graph.digest import Job, Outline, Progress, read_outline
from kg.graph.processes import map_in_order, start_workers
from kg.graph.rdf.ntriples import write_statements
from kg.graph.rdf.terms import BASE
from kg.history.numbering import number_reports
from kg.history.place import Place

# Distinct statements of six reports of a district with 106 tasks.
_OF_DISTRICT = 120_000


class _Pickler(pickle.Pickler):
    """Pickle dataclasses as constructor calls, which load twice as fast as their default form."""

    def reducer_override(self, value: object) -> tuple[type, tuple[object, ...]]:
        if is_dataclass(value) and not isinstance(value, type):
            return type(value), tuple(getattr(value, it.name) for it in fields(value))
        return NotImplemented  # type: ignore[no-any-return]


@dataclass(frozen=True, slots=True)
class Corpus:
    """Reports and their facts on disk.

    Attributes:
        folder: A folder with `reports/`, the CSV files, `facts/`, the pickled facts of each report,
            and `text/`, its statements as N-Quads and as N-Triples.
        quads: Number of statements of all reports.
    """

    folder: Path
    quads: int

    @property
    def reports(self) -> list[Path]:
        """The reports."""
        return sorted((self.folder / "reports").glob("*.csv"))

    @property
    def facts(self) -> list[Path]:
        """The facts of each report."""
        return sorted((self.folder / "facts").iterdir())

    @property
    def text(self) -> list[Path]:
        """The statements of each report, in two files."""
        return sorted((self.folder / "text").iterdir())


def prepare_corpus(folder: Path, statements: int) -> Corpus:
    """Invent a corpus and extract its facts.

    Args:
        folder: The output folder.
        statements: The approximate number of distinct statements.
    """
    for name in ("reports", "facts", "text"):
        (folder / name).mkdir(parents=True)
    count = max(1, round(statements / _OF_DISTRICT))
    tasks = max(4, round(Sizes().tasks * statements / (_OF_DISTRICT * count)))
    truth = make_corpus(folder / "reports", list_districts(count), Sizes(tasks=tasks), 7, ["csv"])
    with start_workers(len(truth)) as pool:
        jobs = [Job(folder / "reports" / name, BASE) for name in sorted(truth)]
        outlines = list(map_in_order(pool, _outline, jobs, len(jobs), None))
        places = number_reports([made.report for made in outlines], {}, {})
        steps = [(made, places[made.report.identifier], folder) for made in outlines]
        return Corpus(folder, sum(map_in_order(pool, _write, steps, len(steps), None)))


def distinct_triples(corpus: Corpus) -> Path:
    """Return a sorted file of the distinct triples of a corpus."""
    path = corpus.folder / "distinct.nt"
    if not path.exists():
        files = [file for file in corpus.text if file.suffix == ".nt"]
        command: list[str | Path] = ["sort", "--unique", "--output", path, *files]
        subprocess.run(command, check=True, env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"})
    return path


def line_count(path: Path) -> int:
    """Return the number of lines in a file."""
    with path.open("rb") as file:
        return sum(1 for _ in file)


def _outline(job: Job, _: Progress | None) -> Outline:
    return read_outline(job)


def _write(step: tuple[Outline, Mapping[int, Place], Path], _: Progress | None) -> int:
    made, rows, folder = step
    report = made.full_report()
    facts = (report, tuple(extract(report)), rows)
    name = report.identifier
    with (folder / "facts" / f"{name}.pickle").open("wb") as file:
        _Pickler(file, pickle.HIGHEST_PROTOCOL).dump(facts)
    statements, graph = statements_of(facts)
    quads = write_statements(statements, graph)
    (folder / "text" / f"{name}.nq").write_bytes(quads)
    (folder / "text" / f"{name}.nt").write_bytes(write_statements(statements))
    return quads.count(b"\n")

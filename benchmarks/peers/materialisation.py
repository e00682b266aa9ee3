"""Part `materialisation`: facts to triples on disk, by us, morph-kgc, maplib and rdflib.

We read pickled reports and facts and write N-Quads; the others read the same facts from CSV tables
and write N-Triples. All make IRIs from their parts. Each contender is a separate process, timed
from its start to its end.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import unquote

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from benchmarks.peers.environment import MORPH, MissingError, environment
from benchmarks.peers.facts import Corpus, distinct_triples, line_count, prepare_corpus
from benchmarks.peers.results import US, Part, Result
from benchmarks.peers.runs import Run, module_command, run, run_in_turn
from benchmarks.peers.tables import write_tables

TITLE = "Facts to triples on disk; whole processes, start-up and reading included."
# How many times faster than each peer we want to be.
GOALS = {"morph-kgc": 3.0, "maplib": 1.0, "rdflib": 10.0}
_MEASURES: dict[str, Callable[[Run], float]] = {
    "seconds": lambda run: run.seconds,
    "processor seconds": lambda run: run.processor,
}
# Percent-encoded characters, except slash and percent sign, whose encoding changes the meaning.
_ENCODED = re.compile("(?:%(?!2F|25)[0-9A-F]{2})+")
_DECIMAL = NamedNode("http://www.w3.org/2001/XMLSchema#decimal")
_MORPH = """[CONFIGURATION]
output_file={output}
output_format=N-TRIPLES
{more}
[TABLES]
mappings={mapping}
"""


def measure(folder: Path, results: Path, sizes: Sequence[int], rounds: int) -> Part:
    """Measure all sizes.

    Args:
        folder: A folder for temporary files.
        results: The results folder, which contains the environments of peers.
        sizes: Approximate numbers of triples.
        rounds: The number of runs of each contender; a slow one runs once.
    """
    found: list[Result] = []
    said: list[str] = []
    morph = None
    try:
        morph = environment(results, MORPH)
    except MissingError as error:
        said.append(str(error))
    if find_spec("maplib") is None:
        said.append("maplib is left out: it is not installed (pip install taskkg[benchmarks])")
    for size in sizes:
        place = folder / f"materialisation-{size}"
        corpus = prepare_corpus(place, size)
        write_tables(distinct_triples(corpus), place / "tables")
        for one_core in (True, False):
            contenders = _contenders(place, morph, one_core)
            found += _measure_size(corpus, contenders, one_core, rounds, said)
        shutil.rmtree(place)
    return Part("materialisation", TITLE, tuple(found), tuple(dict.fromkeys(said)))


def _contenders(
    place: Path, morph: Path | None, one_core: bool
) -> dict[str, Callable[[], tuple[Run, Path]]]:
    """Return a function for each contender that runs it and returns its run and its output."""
    tables = place / "tables"

    def make(name: str, command: Callable[[Path], Sequence[str | Path]]) -> tuple[Run, Path]:
        output = place / f"{name}.nt"
        if output.is_dir():
            shutil.rmtree(output)
        output.unlink(missing_ok=True)
        return run(command(output), one_core), output

    def with_morph(output: Path) -> Sequence[str | Path]:
        assert morph
        more = "number_of_processes=1" if one_core else ""
        settings = _MORPH.format(output=output, mapping=tables / "mapping.ttl", more=more)
        (place / "morph.ini").write_text(settings, encoding="utf-8")
        return [morph, "-m", "morph_kgc", place / "morph.ini"]

    def with_us(output: Path) -> Sequence[str | Path]:
        processes = 1 if one_core else os.cpu_count() or 1
        return module_command("ours", place / "facts", output, str(processes))

    def with_python(name: str, output: Path) -> Sequence[str | Path]:
        return module_command("materialise", name, tables, output)

    commands: dict[str, Callable[[Path], Sequence[str | Path]]] = {US: with_us}
    if morph:
        commands["morph-kgc"] = with_morph
    if find_spec("maplib"):
        commands["maplib"] = partial(with_python, "maplib")
    # rdflib uses one core only.
    commands["rdflib"] = partial(with_python, "rdflib")
    return {name: partial(make, name, command) for name, command in commands.items()}


def _measure_size(
    corpus: Corpus,
    contenders: dict[str, Callable[[], tuple[Run, Path]]],
    one_core: bool,
    rounds: int,
    said: list[str],
) -> Iterator[Result]:
    """Yield the results of the contenders for a corpus, and check their triples."""
    count = line_count(distinct_triples(corpus))
    case = f"{count:,} triples, {'one core' if one_core else 'all cores'}"
    notes: dict[str, str] = {}
    taken: list[dict[str, Run]] = []
    for runs in run_in_turn(contenders, rounds, said):
        # Only the first round is checked; later ones make the same.
        notes = notes or compare_triples(
            distinct_triples(corpus), {name: made for name, (_, made) in runs.items()}
        )
        taken.append({name: it for name, (it, _) in runs.items()})
    for measure, of_run in _MEASURES.items():
        for name in contenders:
            values = tuple(of_run(made[name]) for made in taken if name in made)
            goal = GOALS.get(name, 0.0) if measure == "seconds" else 0.0
            yield Result(case, measure, name, values, goal=goal, note=notes.get(name, ""))
    rates = (count / json.loads(made[US].said)["seconds"] for made in taken if US in made)
    note = "without start-up and reading the facts"
    measure = "triples a second of a core"
    yield Result(case, measure, US, tuple(rates), more_is_better=True, note=note)
    said.append(f"We write {corpus.quads:,} N-Quads for {count:,} triples, one for each report.")


def compare_triples(expected: Path, made: dict[str, Path]) -> dict[str, str]:
    """Return for each contender how its triples differ from the expected ones, in a few words."""
    want = _fingerprints([expected])
    return {name: _difference(want, _fingerprints(_files(path))) for name, path in made.items()}


def _files(made: Path) -> list[Path]:
    return sorted(made.iterdir()) if made.is_dir() else [made]


@dataclass(frozen=True, slots=True)
class _Fingerprints:
    """Hashes of triples.

    Attributes:
        meant: Hashes that ignore both the percent-encoding of IRIs and the form of decimals.
        iris: Hashes that ignore the form of decimals.
        decimals: Hashes that ignore the percent-encoding of IRIs.
    """

    meant: set[int] = field(default_factory=set)
    iris: set[int] = field(default_factory=set)
    decimals: set[int] = field(default_factory=set)


def _difference(want: _Fingerprints, got: _Fingerprints) -> str:
    missing, more = len(want.meant - got.meant), len(got.meant - want.meant)
    if missing or more:
        return f"DIFFERS: {missing:,} triples missing, {more:,} that should not be"
    remarks = ["same triples"]
    if otherwise := len(want.iris - got.iris):
        remarks.append(f"{otherwise:,} with IRIs percent-encoded otherwise")
    if otherwise := len(want.decimals - got.decimals):
        remarks.append(f"{otherwise:,} decimals written otherwise")
    return "; ".join(remarks)


def _fingerprints(paths: Iterable[Path]) -> _Fingerprints:
    made = _Fingerprints()
    form = {".nq": RdfFormat.N_QUADS, ".nt": RdfFormat.N_TRIPLES}
    for path in paths:
        for quad in parse(path=path, format=form[path.suffix], lenient=True):
            subject, predicate, value = quad.subject, quad.predicate, quad.object
            decoded, number = _decode_iri(subject), _normal_decimal(value)
            made.meant.add(hash((decoded, predicate, _decode_iri(number))))
            made.iris.add(hash((subject, predicate, number)))
            made.decimals.add(hash((decoded, predicate, _decode_iri(value))))
    return made


def _decode_iri(term: object) -> object:
    """Return the percent-decoded text of an IRI; other terms are returned as they are."""
    if isinstance(term, NamedNode):
        return _ENCODED.sub(lambda it: unquote(it[0]), term.value)
    return term


def _normal_decimal(term: object) -> object:
    """Return a decimal in a normal form; other terms are returned as they are."""
    if isinstance(term, Literal) and term.datatype == _DECIMAL:
        return Literal(f"{Decimal(term.value).normalize():f}", datatype=_DECIMAL)
    return term

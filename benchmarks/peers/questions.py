"""Part `questions`: the catalogue, answered by us, by rdflib, and without derived statements.

rdflib answers the same SPARQL on the same statements in memory. We answer from memory too, and
twice from a store on disk, the second time from its cache of answers. Shared projects and
dependencies are also answered by joining tasks with tasks. Loading a graph into memory is not
counted.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from pyoxigraph import DefaultGraph, RdfFormat, Store

from benchmarks.corpus import Sizes, list_districts, make_corpus
from benchmarks.peers import plain
from benchmarks.peers.results import US, Part, Result, compare_with_ours, ratio
from benchmarks.peers.runs import ROOT, module_command
from kg.graph.build import build
from kg.graph.stores.embedded import open_graph
from kg.questions.catalogue import Question, bind_parameters, query, questions
from kg.questions.parameters import find_terms
from kg.questions.sparql import select
from kg.tables import Answer

TITLE = "The questions of the catalogue, all columns and rows."
_GOAL = 20.0
# More than one, as some questions are about several districts.
_DISTRICTS = 2
# The ways in which we answer; the first answer from disk has no goal.
_MEMORY, _COLD, _WARM = "seconds, in memory", "seconds, from disk", "seconds, asked again"
# Statements for a task in a report, including derived ones.
_OF_TASK = 198
_PARTS = re.compile(r"、|, | \| ")
_BETWEEN = re.compile(" —(.*)— ")
_MOST_TIED = """SELECT ?a ?b WHERE {
  ?tie tkg:connects ?a, ?b .
  FILTER(STR(?a) < STR(?b))
} GROUP BY ?a ?b ORDER BY DESC(COUNT(?tie)) STR(?a) STR(?b) LIMIT 1"""


@dataclass(slots=True)
class _AskedQuestion:
    """A question and its times: ours in each way, rdflib's, and that of the plain query."""

    question: Question
    given: Mapping[str, str]
    ours: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    rdflib: list[float] = field(default_factory=list)
    plain: list[float] = field(default_factory=list)
    stopped: bool = False
    notes: dict[str, str] = field(default_factory=dict)


def measure(folder: Path, statements: int, rounds: int, limit: float, large: Path | None) -> Part:
    """Measure all questions.

    Args:
        folder: A folder for temporary files.
        statements: The approximate number of statements in the graph.
        rounds: How often each contender answers; rdflib does not continue after it was stopped.
        limit: Seconds after which rdflib is stopped.
        large: The folder of another store, for which only our times are measured.
    """
    place = folder / "questions"
    place.mkdir()
    months = Sizes().months
    tasks = max(4, round(statements / _OF_TASK / months / _DISTRICTS))
    made = make_corpus(
        place, list_districts(_DISTRICTS), Sizes(months=months, tasks=tasks), 7, ["csv"]
    )
    store = place / "store"
    count = build([place / name for name in made], store).quads
    all_asked = list(_questions(store))
    memory = Store()
    memory.bulk_extend(open_graph(store).quads_for_pattern(None, None, None, DefaultGraph()))
    with _start_rdflib(memory, all_asked, place) as ask:
        for _ in range(rounds):
            with _linked_copy(store) as fresh:
                for asked in all_asked:
                    _ask_timed(asked, _MEMORY, memory)
                    answer = _ask_us(fresh, asked)
                    _ask_rdflib(asked, answer, ask, limit)
                    _ask_plainly(memory, asked, answer)
    found = [it for asked in all_asked for it in _results(asked, f"{count:,} statements")]
    said = [_summary(found, measure) for measure in (_MEMORY, _COLD, _WARM)]
    if large:
        found += _large_results(large, rounds)
    return Part("questions", TITLE, tuple(found), tuple(said))


def _questions(store: Path) -> Iterator[_AskedQuestion]:
    """Yield all questions; those that need departments get the two with the most ties."""
    ((first, second),) = select(open_graph(store), _MOST_TIED).rows
    for asked in questions():
        names = (it.name for it in asked.parameters.values() if it.required)
        yield _AskedQuestion(asked, dict(zip(names, (str(first), str(second)), strict=False)))


def _ask_timed(asked: _AskedQuestion, how: str, graph: Store | Path) -> Answer:
    start = perf_counter()
    answer = query(graph, asked.question.name, asked.given)
    asked.ours[how].append(perf_counter() - start)
    return answer


def _ask_us(store: Path, asked: _AskedQuestion) -> Answer:
    """Ask a store twice."""
    for how in (_COLD, _WARM):
        answer = _ask_timed(asked, how, store)
    asked.notes["ours"] = f"{len(answer.rows)} rows"
    return answer


def _ask_rdflib(
    asked: _AskedQuestion, answer: Answer, ask: Callable[[str, float], dict[str, Any]], limit: float
) -> None:
    """Ask rdflib and compare its answer with ours."""
    if asked.stopped:
        return
    reply = ask(asked.question.name, limit)
    asked.rdflib.append(reply["seconds"])
    if "rows" in reply:
        same = _canonical(answer.rows) == _canonical(reply["rows"])
        asked.notes["rdflib"] = "same answer" if same else f"DIFFERS: {len(reply['rows'])} rows"
    else:
        asked.stopped = True
        asked.notes["rdflib"] = reply.get("error") or f"stopped after {limit:g} s"


def _ask_plainly(graph: Store, asked: _AskedQuestion, ours: Answer) -> None:
    """Run the plain query for a question, if any, and compare its answer with ours."""
    name = asked.question.name
    if name == "shared-projects":
        sparql = plain.SHARED_PROJECTS
    elif name == "dependencies":
        found = find_terms(
            graph, asked.question.parameters["department"], asked.given["department"]
        )
        sparql = plain.dependencies_query(str(term.value) for term in found)
    else:
        return
    start = perf_counter()
    answer = select(graph, sparql)
    asked.plain.append(perf_counter() - start)
    if name == "shared-projects":
        same = _canonical(ours.rows) == _canonical(answer.rows)
        asked.notes["plain"] = "same answer" if same else "DIFFERS"
    else:
        same = _direct_ties(ours) == {tuple(map(str, row)) for row in answer.rows}
        note = "same departments, ties and things; no more columns"
        asked.notes["plain"] = note if same else "DIFFERS"


def _direct_ties(answer: Answer) -> set[tuple[str, ...]]:
    """Return the part of an answer about dependencies that the plain query returns too."""
    found: set[tuple[str, ...]] = set()
    for row in answer.rows:
        fields = dict(zip(answer.fields, row, strict=True))
        who, steps, tie = str(fields["department"]), str(fields["steps"]), str(fields["tie"])
        if steps == "2":
            found.add((who, steps, "", ""))
        elif tie != "waiting":
            (through,) = _BETWEEN.findall(str(fields["path"]))
            found.add((who, steps, tie, through))
    return found


def _canonical(rows: Sequence[Sequence[object]]) -> Counter[tuple[tuple[str, ...], ...]]:
    """Return rows as comparable text; the order of the items in a cell does not count."""
    return Counter(tuple(tuple(sorted(_PARTS.split(_text(it)))) for it in row) for row in rows)


def _text(value: object) -> str:
    if value is None or isinstance(value, bool):
        return str(value or "").lower()
    try:
        return f"{float(str(value)):.6g}"
    except ValueError:
        return str(value)


def _results(asked: _AskedQuestion, size: str) -> Iterator[Result]:
    name = asked.question.name
    given = "".join(f" {iri.rpartition('/')[2]}" for iri in asked.given.values())
    case = f"{name}{given}, {size}"
    for measure, times in asked.ours.items():
        yield Result(case, measure, US, tuple(times), note=asked.notes["ours"])
        yield Result(
            case,
            measure,
            "rdflib",
            tuple(asked.rdflib),
            goal=0.0 if measure == _COLD else _GOAL,
            at_least=asked.stopped,
            note=asked.notes["rdflib"],
        )
        if asked.plain and measure == _MEMORY:
            note = asked.notes["plain"]
            yield Result(case, measure, "plain SPARQL", tuple(asked.plain), note=note)


def _summary(results: Sequence[Result], measure: str) -> str:
    """Return one sentence about rdflib's ratios in one measure over all questions."""
    pairs = [
        it
        for it in compare_with_ours(results)
        if it[1].who == "rdflib" and it[1].measure == measure
    ]
    times = sorted(times for pair in pairs if (times := ratio(*pair)))
    reached = sum(it >= _GOAL for it in times)
    return (
        f"{measure}: rdflib takes {times[0]:.1f} to {times[-1]:.0f} times as long, "
        f"{median(times):.0f} in the median; {_GOAL:g} times or more for {reached} of "
        f"{len(times)} questions"
    )


def _large_results(store: Path, rounds: int) -> Iterator[Result]:
    """Yield our times for each question about a store."""
    all_asked = list(_questions(store))
    for _ in range(rounds):
        with _linked_copy(store) as fresh:
            for asked in all_asked:
                _ask_us(fresh, asked)
    for asked in all_asked:
        case, note = f"{asked.question.name}, large store", asked.notes["ours"]
        for measure, times in asked.ours.items():
            yield Result(case, measure, US, tuple(times), note=note)


@contextmanager
def _linked_copy(store: Path) -> Iterator[Path]:
    """Yield a copy of a store without its cache of answers; the files are hard links."""
    with tempfile.TemporaryDirectory(dir=store.resolve().parent) as folder:
        copy = Path(folder) / "store"
        ignored = shutil.ignore_patterns("answers")
        shutil.copytree(store, copy, copy_function=os.link, ignore=ignored)
        yield copy


@contextmanager
def _start_rdflib(
    graph: Store, all_asked: Sequence[_AskedQuestion], place: Path
) -> Iterator[Callable[[str, float], dict[str, Any]]]:
    """Start rdflib with the statements of a graph; yield a function that asks it a question."""
    file = place / "graph.nt"
    graph.dump(file, format=RdfFormat.N_TRIPLES, from_graph=DefaultGraph())
    queries = {
        it.question.name: {
            "query": bind_parameters(graph, it.question, it.given),
            "fields": list(it.question.fields),
        }
        for it in all_asked
    }
    with subprocess.Popen(
        module_command("rdflib_server", file),
        cwd=ROOT,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as server:
        try:
            assert server.stdin
            assert server.stdout
            server.stdout.readline()

            def ask(name: str, limit: float) -> dict[str, Any]:
                assert server.stdin
                assert server.stdout
                server.stdin.write(json.dumps(queries[name] | {"limit": limit}) + "\n")
                server.stdin.flush()
                answer: dict[str, Any] = json.loads(server.stdout.readline())
                return answer

            yield ask
        finally:
            server.kill()

"""The entries of the name search, read from the graph."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from kg.graph.rdf.terms import term
from kg.kinds import THINGS
from kg.questions.sparql import select
from kg.server.data.name_search import Entry
from kg.server.data.plans import plans
from kg.server.data.snapshot import Snapshot

# Kinds of things that can be searched for, in the order in which pages show them.
KINDS = (
    *("department", "task"),
    *(kind.key for kind in THINGS),
    *("indicator", "category", "report", "jurisdiction"),
)
_NAMING = ("tkg:mentions", "tkg:responsible", "tkg:category", "tkg:indicator", "tkg:jurisdiction")


def named_entries(build: Snapshot) -> Iterator[Entry]:
    """Yield the entries of the name search for a build."""
    graph, space = build.graph, f"{build.base}/"
    where = _place_labels(build)
    weights = _mention_counts(graph)
    others: dict[str, list[str]] = defaultdict(list)
    for quad in _quads_of(graph, "skos:altLabel"):
        others[_iri(quad)].append(_text(quad))
    for iri, name in _names_of_things(graph):
        kind, _, rest = iri.removeprefix(space).partition("/")
        if kind in KINDS and iri.startswith(space):
            place = where.get(rest.partition("/")[0], "") if "/" in rest else ""
            yield Entry(iri, kind, name, tuple(others.get(iri, ())), weights[iri], place)
    yield from _task_entries(graph, space, where)


def _place_labels(build: Snapshot) -> Mapping[str, str]:
    """Return names of districts and plans by the part of IRIs that stands for them.

    If there is only one district or one plan, its name is left out.
    """
    known = plans(build)
    names = {plan.place: plan.district for plan in known}
    titles = {plan.identifier: f"{plan.district} {plan.year}".strip() for plan in known}
    return {**(names if len(names) > 1 else {}), **(titles if len(titles) > 1 else {})}


def _names_of_things(graph: Store) -> Iterator[tuple[str, str]]:
    for quad in _quads_of(graph, "skos:prefLabel"):
        yield _iri(quad), _text(quad)
    for kind in ("tkg:Indicator", "tkg:Report", "tkg:Jurisdiction"):
        for quad in graph.quads_for_pattern(None, term("rdf:type"), term(kind), DefaultGraph()):
            for label in _quads_of(graph, "rdfs:label", quad.subject):
                yield _iri(label), _text(label)


def _task_entries(graph: Store, space: str, where: Mapping[str, str]) -> Iterator[Entry]:
    for iri, number, promise, progress in select(graph, _TASKS).rows:
        plan = str(iri).removeprefix(f"{space}task/").partition("/")[0]
        yield Entry(
            str(iri),
            "task",
            f"任务 {number}",
            (f"Task {number}",),
            where=where.get(plan, ""),
            text=f"{promise}\n{progress or ''}".strip(),
        )


def _mention_counts(graph: Store) -> Counter[str]:
    """Return how many tasks and other things refer to each thing."""
    return Counter(
        quad.object.value
        for predicate in _NAMING
        for quad in _quads_of(graph, predicate)
        if isinstance(quad.object, NamedNode)
    )


def _quads_of(graph: Store, predicate: str, subject: object = None) -> Iterable[Quad]:
    assert subject is None or isinstance(subject, NamedNode)
    return graph.quads_for_pattern(subject, term(predicate), None, DefaultGraph())


def _iri(quad: Quad) -> str:
    return quad.subject.value if isinstance(quad.subject, NamedNode) else ""


def _text(quad: Quad) -> str:
    return quad.object.value if isinstance(quad.object, Literal) else ""


_TASKS = """SELECT ?task ?number ?promise ?progress WHERE {
  ?task a tkg:Task ; tkg:number ?number ; tkg:promise ?promise
  OPTIONAL { ?task tkg:progress ?progress } }"""

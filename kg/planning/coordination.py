"""Find who must coordinate with whom: the matrix of departments and pairs without joint tasks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

import networkx as nx
from pyoxigraph import Literal

from kg.graph.stores.protocol import Graph
from kg.labels import Label
from kg.network.analysis import department_names
from kg.network.matrix import WEAK_WEIGHT, Matrix, department_matrix
from kg.network.pairs import Dependency, dependencies
from kg.network.ties import Tie, ties, ties_by_pair
from kg.questions.sparql import select, values_clause

Task = tuple[str, int]
# The filters for ties, with their labels.
FACETS: Mapping[str, Label] = {
    "tie": Label("联系方式", "Kind of tie"),
    "kind": Label("事物种类", "Kind of thing"),
    "category": Label("工作类目", "Category"),
    "subdistrict": Label("街道", "Subdistrict"),
}


@dataclass(frozen=True, slots=True)
class TieNetwork:
    """The ties of a graph, or of one of its plans, with the values for filters.

    Attributes:
        ties: The ties, ordered by weight.
        names: The names of departments by IRI, with their district if needed.
        categories: The first-level category of each task, by report and number.
        subdistricts: The names of the subdistricts that each task is about.
        departments: The IRIs of all departments, with or without ties.
    """

    ties: tuple[Tie, ...]
    names: Mapping[str, str]
    categories: Mapping[Task, str]
    subdistricts: Mapping[Task, frozenset[str]]
    departments: frozenset[str]


@dataclass(frozen=True, slots=True)
class TieFilter:
    """A filter for ties.

    Attributes:
        values: The required value by facet (see `FACETS`).
        least: The minimum weight of a tie.
        group: The number of a group, to keep only its departments; None for all.
    """

    values: Mapping[str, str] = field(default_factory=dict)
    least: float = WEAK_WEIGHT
    group: int | None = None


@dataclass(frozen=True, slots=True)
class Coordination:
    """The ties between departments, and the pairs that should coordinate.

    Attributes:
        matrix: The departments with ties, as a matrix.
        must_talk: Pairs with strong ties but no joint task, the strongest first.
        alone: The IRIs of the departments without ties, by name.
        folded: The number of ties that are omitted because of their weight.
        facets: The values of each facet with the number of ties for each.
    """

    matrix: Matrix
    must_talk: tuple[Dependency, ...]
    alone: tuple[str, ...]
    folded: int
    facets: Mapping[str, tuple[tuple[str, int], ...]]


def read_network(
    store: Graph,
    derived: str | None = None,
    departments: Collection[str] | None = None,
    of: Collection[str] | None = None,
) -> TieNetwork:
    """Read the ties of a graph, of one of its plans, or of some departments.

    Args:
        store: The graph.
        derived: The IRI of the named graph with the ties of a plan; all ties by default.
        departments: The IRIs of the departments responsible for its tasks; all by default.
        of: The IRIs of departments, to read only their ties.
    """
    found = ties(store, of, derived)
    names = department_names(store)
    reports = ""
    if derived is not None or of is not None:
        reports = _reports_clause({quote.report for tie in found for quote in tie.quotes})
    places: dict[Task, set[str]] = {}
    for report, number, name in select(store, _SUBDISTRICTS % reports).rows:
        places.setdefault((str(report), int(str(number))), set()).add(str(name))
    return TieNetwork(
        found,
        names,
        {
            (str(report), int(str(number))): str(name)
            for report, number, name in select(store, _CATEGORIES % reports).rows
        },
        {task: frozenset(subdistricts) for task, subdistricts in places.items()},
        frozenset(names if departments is None else departments),
    )


def report_departments(store: Graph, reports: Iterable[str]) -> frozenset[str]:
    """Return the IRIs of the departments responsible for tasks of some reports."""
    rows = select(store, _RESPONSIBLE % values_clause("report", reports)).rows
    return frozenset(str(iri) for (iri,) in rows)


def find_coordination(network: TieNetwork, wanted: TieFilter = TieFilter()) -> Coordination:
    """Return who must coordinate, by the ties that pass a filter."""
    strong = [tie for tie in network.ties if tie.weight >= wanted.least]
    tests = [_facet_test(network, *value) for value in wanted.values.items()]
    kept = [tie for tie in strong if all(test(tie) for test in tests)]
    whole = department_matrix(kept)
    groups = dict(zip(whole.departments, whole.groups, strict=True))
    matrix = whole
    if wanted.group is not None:
        members = {iri for iri, number in groups.items() if number == wanted.group}
        matrix = _filter_members(whole, members)
    shown = set(matrix.departments)
    pairs = dependencies(*_network_by_name(network, kept, groups), dict(network.categories))
    names = {network.names[iri] for iri in shown}
    return Coordination(
        matrix,
        tuple(one for one in pairs if names.issuperset(one.departments)),
        tuple(sorted(network.departments - set(groups), key=lambda iri: network.names[iri])),
        sum(all(test(tie) for test in tests) for tie in network.ties) - len(kept),
        {name: tuple(_count_facet_values(network, strong, wanted, name)) for name in FACETS},
    )


def _reports_clause(identifiers: Iterable[str]) -> str:
    """Return a VALUES clause that restricts `?report` to some identifiers."""
    return f"VALUES ?report {{ {' '.join(str(Literal(name)) for name in sorted(identifiers))} }}"


def _filter_members(matrix: Matrix, members: Collection[str]) -> Matrix:
    """Return a matrix with only the rows and columns of some departments."""
    order = [iri for iri in matrix.departments if iri in members]
    place = {matrix.departments.index(iri): at for at, iri in enumerate(order)}
    cells = tuple(
        replace(
            cell,
            row=place[cell.row],
            column=place[cell.column],
            awaited=None if cell.awaited is None else place[cell.awaited],
        )
        for cell in matrix.cells
        if cell.row in place and cell.column in place
    )
    groups = tuple(
        number
        for iri, number in zip(matrix.departments, matrix.groups, strict=True)
        if iri in members
    )
    return Matrix(tuple(order), groups, cells, 0)


def _network_by_name(
    network: TieNetwork, kept: Iterable[Tie], groups: Mapping[str, int]
) -> tuple[nx.Graph, dict[str, int | None]]:
    """Return the network of departments by name, and the group of each."""
    names = network.names
    by_name: nx.Graph = nx.Graph()
    for (one, other), tied in ties_by_pair(kept).items():
        weight = round(sum(tie.weight for tie in tied), 3)
        by_name.add_edge(names[one], names[other], ties=tied, weight=weight)
        for iri in (one, other):
            by_name.nodes[names[iri]]["iri"] = iri
    return by_name, {names[iri]: number for iri, number in groups.items()} | {
        name: None for name in by_name if by_name.nodes[name]["iri"] not in groups
    }


def _facet_values(network: TieNetwork, tie: Tie, facet: str) -> frozenset[str]:
    """Return the values of a tie for a facet."""
    if facet == "tie":
        return frozenset((tie.kind,))
    if facet == "kind":
        return frozenset((tie.thing_kind,))
    tasks = {(quote.report, quote.task) for quote in tie.quotes}
    if facet == "category":
        return frozenset(network.categories[task] for task in tasks if task in network.categories)
    return frozenset(name for task in tasks for name in network.subdistricts.get(task, ()))


def _facet_test(network: TieNetwork, facet: str, value: str) -> Callable[[Tie], bool]:
    return lambda tie: value in _facet_values(network, tie, facet)


def _count_facet_values(
    network: TieNetwork, strong: Iterable[Tie], wanted: TieFilter, facet: str
) -> list[tuple[str, int]]:
    """Return the values of a facet with the number of ties that pass the other filters."""
    tests = [_facet_test(network, *value) for value in wanted.values.items() if value[0] != facet]
    counted = Counter(
        value
        for tie in strong
        if all(test(tie) for test in tests)
        for value in _facet_values(network, tie, facet)
    )
    return sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))


_CATEGORIES = """SELECT DISTINCT ?report ?number ?name WHERE { %s
  ?document dcterms:identifier ?report .
  ?task tkg:latestState/tkg:report ?document ; tkg:number ?number ;
    tkg:category/skos:broader* ?heading .
  ?heading skos:prefLabel ?name FILTER NOT EXISTS { ?heading skos:broader ?any }
} ORDER BY ?report ?number ?name"""
_SUBDISTRICTS = """SELECT DISTINCT ?report ?number ?name WHERE { %s
  ?document dcterms:identifier ?report .
  ?task tkg:latestState/tkg:report ?document ; tkg:number ?number ;
    tkg:mentions/(geo:sfWithin|dcterms:spatial)* ?place .
  ?place a tkg:Subdistrict ; skos:prefLabel ?name .
} ORDER BY ?report ?number ?name"""
_RESPONSIBLE = """SELECT DISTINCT ?department WHERE { %s
  ?task tkg:reportedIn ?report ; tkg:responsible ?department }"""

"""Who must coordinate with whom: the matrix of the departments and the pairs that should talk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

import networkx as nx
from pyoxigraph import Literal

from kg.graph.protocol import Graph
from kg.labels import Label
from kg.network.analysis import department_names
from kg.network.matrix import WEAK_WEIGHT, Matrix, department_matrix
from kg.network.pairs import Dependency, dependencies
from kg.network.ties import Tie, ties, ties_by_pair
from kg.questions.sparql import select, values_clause

Task = tuple[str, int]
# By what ties can be narrowed, with the names of these filters.
FACETS: Mapping[str, Label] = {
    "tie": Label("联系方式", "Kind of tie"),
    "kind": Label("事物种类", "Kind of thing"),
    "category": Label("工作类目", "Category"),
    "subdistrict": Label("街道", "Subdistrict"),
}


@dataclass(frozen=True, slots=True)
class TieNetwork:
    """The ties of a graph, or of one of its plans, with what they can be narrowed by.

    Attributes:
        ties: The ties, the weightiest first.
        names: Names of departments by IRI, with their district where that is needed.
        categories: First-level category of each task, by report and number.
        subdistricts: Names of the subdistricts that each task is about.
        departments: IRIs of all departments, tied or not.
    """

    ties: tuple[Tie, ...]
    names: Mapping[str, str]
    categories: Mapping[Task, str]
    subdistricts: Mapping[Task, frozenset[str]]
    departments: frozenset[str]


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Which ties are wanted.

    Attributes:
        values: For facets of `FACETS`, the value that ties must have.
        least: The weight that a tie must have.
        group: Number of the group whose departments are wanted, or None for all.
    """

    values: Mapping[str, str] = field(default_factory=dict)
    least: float = WEAK_WEIGHT
    group: int | None = None


@dataclass(frozen=True, slots=True)
class Coordination:
    """Who is tied to whom, and who should talk and has no task in common.

    Attributes:
        matrix: The departments that are tied, as a matrix.
        must_talk: Pairs with strong ties and no task together, the strongest first.
        alone: IRIs of the departments that nothing ties to others, by name.
        folded: How many ties are left out since they weigh less than the least weight.
        facets: For each facet its values with the number of ties that each would leave.
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
        derived: IRI of the named graph of a plan's ties; all ties where it is left out.
        departments: IRIs of the departments that answer for its tasks; all where left out.
        of: IRIs of departments: only ties of these.
    """
    found = ties(store, of, derived)
    names = department_names(store)
    wanted = (
        None
        if derived is None and of is None
        else {quote.report for tie in found for quote in tie.quotes}
    )
    reports = (
        ""
        if wanted is None
        else f"VALUES ?report {{ {' '.join(str(Literal(name)) for name in sorted(wanted))} }}"
    )
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
        {task: frozenset(those) for task, those in places.items()},
        frozenset(names if departments is None else departments),
    )


def departments_of(store: Graph, reports: Iterable[str]) -> frozenset[str]:
    """Return the IRIs of the departments that answer for tasks of some reports, given by IRI."""
    rows = select(store, _RESPONSIBLE % values_clause("report", reports)).rows
    return frozenset(str(iri) for (iri,) in rows)


def coordinate(network: TieNetwork, wanted: Narrowing = Narrowing()) -> Coordination:
    """Return who must coordinate by the ties that are wanted."""
    strong = [tie for tie in network.ties if tie.weight >= wanted.least]
    tests = [_test(network, *value) for value in wanted.values.items()]
    kept = [tie for tie in strong if all(test(tie) for test in tests)]
    whole = department_matrix(kept)
    groups = dict(zip(whole.departments, whole.groups, strict=True))
    matrix = whole
    if wanted.group is not None:
        members = {iri for iri, number in groups.items() if number == wanted.group}
        matrix = _only_members(whole, members)
    shown = set(matrix.departments)
    pairs = dependencies(*_named_network(network, kept, groups), dict(network.categories))
    names = {network.names[iri] for iri in shown}
    return Coordination(
        matrix,
        tuple(one for one in pairs if names.issuperset(one.departments)),
        tuple(sorted(network.departments - set(groups), key=lambda iri: network.names[iri])),
        sum(all(test(tie) for test in tests) for tie in network.ties) - len(kept),
        {name: tuple(_counts(network, strong, wanted, name)) for name in FACETS},
    )


def _reports(identifiers: Iterable[str]) -> str:
    """Return what narrows `?report` of a query to some identifiers."""
    return f"VALUES ?report {{ {' '.join(str(Literal(name)) for name in sorted(identifiers))} }}"


def _only_members(matrix: Matrix, members: Collection[str]) -> Matrix:
    """Return the part of a matrix that concerns some departments only."""
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


def _named_network(
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


def _values(network: TieNetwork, tie: Tie, facet: str) -> frozenset[str]:
    """Return the values that a tie has of a facet."""
    if facet == "tie":
        return frozenset((tie.kind,))
    if facet == "kind":
        return frozenset((tie.thing_kind,))
    tasks = {(quote.report, quote.task) for quote in tie.quotes}
    if facet == "category":
        return frozenset(network.categories[task] for task in tasks if task in network.categories)
    return frozenset(name for task in tasks for name in network.subdistricts.get(task, ()))


def _test(network: TieNetwork, facet: str, value: str) -> Callable[[Tie], bool]:
    return lambda tie: value in _values(network, tie, facet)


def _counts(
    network: TieNetwork, strong: Iterable[Tie], wanted: Narrowing, facet: str
) -> list[tuple[str, int]]:
    """Return the values of a facet, each with the number of ties that pass the other filters."""
    tests = [_test(network, *value) for value in wanted.values.items() if value[0] != facet]
    counted = Counter(
        value
        for tie in strong
        if all(test(tie) for test in tests)
        for value in _values(network, tie, facet)
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

"""Edges of several pages: ties, and the departments responsible for tasks."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import networkx as nx

from kg.graph.stores.protocol import Graph
from kg.network.projection import department_nodes
from kg.network.ties import Pair, Tie
from kg.questions.sparql import select, values_clause
from kg.views.networks.node_details import EVIDENCE, Evidence, Quotes


def add_ties(network: nx.Graph, found: Iterable[Tie], words: Quotes) -> None:
    """Add to a network what ties go through, with an edge from each of the departments."""
    for tie in found:
        if len(tie.departments) < 2:
            continue
        network.add_node(tie.thing, label=tie.name, kind=tie.thing_kind, weight=tie.weight)
        for department in tie.departments:
            network.add_edge(
                department,
                tie.thing,
                tie=tie.kind,
                weight=tie.weight,
                things=[thing_data(tie)],
                evidence=tie_evidence(tie, (department, department), words),
                awaited=_awaited_end(tie, department),
            )


def _awaited_end(tie: Tie, department: str) -> str | None:
    """Return the awaited end of the edge from a department to what a tie goes through, or None."""
    if tie.kind != "waiting":
        return None
    return department if department in tie.awaited else tie.thing


def add_responsible(
    store: Graph, network: nx.Graph, departments: Collection[str] | None = None
) -> None:
    """Add the departments responsible for the tasks of a network.

    Args:
        store: The graph.
        network: The network.
        departments: The IRIs of departments whose tasks are added instead.
    """
    tasks = [node for node, about in network.nodes(data=True) if about["kind"] == "task"]
    wanted = (
        values_clause("task", tasks)
        if departments is None
        else values_clause("department", departments)
    )
    for task, name, department, label, *proof in select(store, _RESPONSIBLE % wanted).rows:
        network.add_node(task, label=name, kind="task")
        network.add_node(department, label=label, kind="department")
        evidence = [dict(zip(EVIDENCE, proof, strict=True))]
        network.add_edge(department, task, tie="responsible", weight=1.0, evidence=evidence)


def add_departments(store: Graph, network: nx.Graph, departments: Collection[str]) -> None:
    """Add departments to a network."""
    for iri, node in department_nodes(store).nodes(data=True):
        if iri in departments:
            network.add_node(iri, **node)


def thing_data(tie: Tie) -> dict[str, object]:
    """Return the data of the thing that a tie goes through."""
    kind, tasks = tie.thing_kind, list(tie.tasks)
    return {"name": tie.name, "kind": kind, "weight": tie.weight, "tasks": tasks}


def tie_evidence(tie: Tie, pair: Pair, words: Quotes) -> list[Evidence]:
    """Return the evidence of a tie for two departments, or for one that is passed twice.

    The evidence of a joint task is its promise and the names in its department cell.
    """
    promise = list(words.promises.get(tie.thing, ()))
    # The same words say who waits and who is awaited.
    quotes = tie.quotes if tie.kind == "waiting" else tie.quotes_for(pair)
    return promise + [
        {key: getattr(quote, key) for key in EVIDENCE} | {"about": tie.name} for quote in quotes
    ]


_RESPONSIBLE = """SELECT DISTINCT ?task ?name ?department ?label ?report ?number ?cell ?quote
  ?sentence ?line
WHERE { %s
  ?task tkg:responsible ?department ; rdfs:label ?name ; tkg:number ?number .
  FILTER(LANG(?name) = "zh")
  ?department skos:prefLabel ?label .
  ?evidence tkg:supports ?department ; tkg:task ?task ; tkg:sentence ?sentence ;
    tkg:report/dcterms:identifier ?report ; oa:hasSource/tkg:column ?cell ;
    oa:hasSelector/oa:exact ?quote .
  FILTER(?cell = "departments")
  OPTIONAL { ?evidence tkg:sourceLine ?line }
} ORDER BY ?number ?task ?label ?report"""

"""Networks around a department or a thing."""

from __future__ import annotations

from collections.abc import Collection
from itertools import chain

import networkx as nx

from kg.graph.stores.protocol import Graph
from kg.kinds import LEGEND, class_list
from kg.network.ties import ties
from kg.questions.sparql import select, values_clause
from kg.views.networks.edges import add_departments, add_responsible, add_ties
from kg.views.networks.node_details import Quotes, read_quotes


def department_network(store: Graph, centre: Collection[str]) -> tuple[nx.Graph, Quotes]:
    """Return the network of a department, its tasks and the departments that it has ties with.

    Args:
        store: The graph.
        centre: The IRI of the department; several if districts have departments of the same name.
    """
    network: nx.Graph = nx.Graph()
    around = ties(store, centre)
    add_departments(store, network, {*centre, *(one for tie in around for one in tie.departments)})
    add_responsible(store, network, centre)
    found = read_quotes(store, sorted({*network, *(tie.thing for tie in around)}))
    add_ties(network, around, found)
    return network, found


def thing_network(store: Graph, centre: Collection[str]) -> tuple[nx.Graph, Quotes]:
    """Return the network of a thing, its parts and wholes, its tasks and their departments.

    Args:
        store: The graph.
        centre: The IRI of the thing; several if districts have things of the same name.
    """
    network: nx.Graph = nx.Graph()
    naming = select(store, _NAMING % values_clause("thing", centre)).rows
    for iri, name, kind, task, task_name in naming:
        network.add_node(iri, label=name, kind=str(kind).lower())
        network.add_node(task, label=task_name, kind="task")
    parts = (select(store, _PARTS % values_clause(end, centre)).rows for end in ("part", "whole"))
    for part, part_name, part_kind, whole, whole_name, whole_kind in chain(*parts):
        network.add_node(part, label=part_name, kind=str(part_kind).lower())
        network.add_node(whole, label=whole_name, kind=str(whole_kind).lower())
        network.add_edge(part, whole, tie="within", weight=1.0, evidence=[])
    add_responsible(store, network)
    found = read_quotes(store, sorted(network))
    for iri, _, _, task, _ in naming:
        proofs = list(found.mentions.get((str(iri), str(task)), ()))
        network.add_edge(iri, task, tie="mentions", weight=1.0, evidence=proofs)
    return network, found


_NAMING = f"""SELECT ?thing ?name ?kind ?task ?taskName WHERE {{ %s
  ?task tkg:mentions ?thing ; rdfs:label ?taskName . FILTER(LANG(?taskName) = "zh")
  ?thing skos:prefLabel ?name ; a ?class .
  FILTER(?class IN ({class_list(LEGEND)}))
  BIND(STRAFTER(STR(?class), "#") AS ?kind)
}} ORDER BY ?thing ?task"""
_PARTS = f"""SELECT ?part ?partName ?partKind ?whole ?wholeName ?wholeKind WHERE {{ %s
  ?part geo:sfWithin|dcterms:isPartOf|dcterms:spatial ?whole .
  ?part skos:prefLabel ?partName ; a ?partClass .
  ?whole skos:prefLabel ?wholeName ; a ?wholeClass .
  FILTER(?partClass IN ({class_list(LEGEND)}) && ?wholeClass IN ({class_list(LEGEND)}))
  BIND(STRAFTER(STR(?partClass), "#") AS ?partKind)
  BIND(STRAFTER(STR(?wholeClass), "#") AS ?wholeKind)
}} ORDER BY ?part ?whole"""

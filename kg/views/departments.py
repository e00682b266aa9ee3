"""The network page of departments and what ties them together."""

from __future__ import annotations

from dataclasses import asdict

import networkx as nx
from pyoxigraph import Store

from kg.network import projection
from kg.network.ties import Tie, ties
from kg.questions.sparql import select
from kg.views.page import render_page

_TITLES = "SELECT ?title WHERE { ?report a tkg:Report ; rdfs:label ?title } ORDER BY ?title"


def departments_page(store: Store) -> str:
    """Return the page as one HTML document that asks for nothing else."""
    titles = [str(row[0]) for row in select(store, _TITLES).rows]
    return render_page(
        department_network(store),
        title_zh="部门联系网络",
        title_en="Departments and what ties them",
        source="；".join(titles),
    )


def department_network(store: Store) -> nx.Graph:
    """Return departments and what ties them, with the evidence of each tie."""
    network = projection.things(store, ties(store))
    for node, degree in network.degree():
        network.nodes[node]["weight"] = float(degree)
    for department, thing, edge in network.edges(data=True):
        (tie,) = edge["ties"]
        edge |= {"tie": tie.kind, "evidence": _evidence(tie, {department, thing})}
    return network


def _evidence(tie: Tie, ends: set[str]) -> list[dict[str, object]]:
    shown = (quote for quote in tie.quotes if quote.departments & ends)
    return [
        {key: value for key, value in asdict(quote).items() if key != "departments"}
        for quote in shown
    ]

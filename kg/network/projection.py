"""From the graph to networks: departments and what ties them together."""

from __future__ import annotations

import networkx as nx
from pyoxigraph import Store

from kg.questions.catalogue import question
from kg.questions.sparql import select


def department_network(store: Store) -> nx.Graph:
    """Return the network of all departments and the tasks and things that tie them together.

    Nodes are IRIs with `label`, `kind` (`department`, `task`, or the kind of the thing) and
    `weight` (how many departments it touches, or how many ties a department has). An edge joins a
    department to a task that it answers for with others, or to a thing that tasks of other
    departments name too; it has the `tie` (`joint` or `shared`) and the `evidence`: for each place
    its report, task, cell, quote, sentence and source line.
    """
    network = nx.Graph()
    departments = (
        "SELECT ?iri ?name WHERE { ?iri a tkg:Department ; rdfs:label ?name } ORDER BY ?name"
    )
    for iri, name in select(store, departments).rows:
        network.add_node(iri, label=name, kind="department")
    ties = question("ties")
    columns = ("subject", "thing", *ties.fields)
    for row in select(store, ties.sparql, columns).rows:
        found = dict(zip(columns, row, strict=True))
        department, thing = found["subject"], found["thing"]
        if thing not in network:
            network.add_node(thing, label=found["name"], kind=str(found["kind"]).lower())
        if not network.has_edge(department, thing):
            network.add_edge(department, thing, tie=found["tie"], evidence=[])
        network.edges[department, thing]["evidence"].append(
            {key: found[key] for key in ("report", "task", "cell", "quote", "sentence", "line")}
        )
    for node, degree in network.degree():
        network.nodes[node]["weight"] = float(degree)
    return network

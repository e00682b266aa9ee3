"""The views by name, with their titles and networks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import NamedTuple

import networkx as nx
from pyoxigraph import Literal, NamedNode

from kg.errors import InputError
from kg.graph.rdf.terms import term
from kg.graph.stores.protocol import Graph
from kg.questions.parameters import Parameter, find_terms, nearest_names
from kg.questions.sparql import select, values_clause
from kg.views.networks import global_networks, local_networks
from kg.views.networks.node_details import Quotes, add_details, read_quotes
from kg.views.networks.view import View


class _GlobalView(NamedTuple):
    zh: str
    en: str
    network: Callable[[Graph, Quotes], nx.Graph]


class _LocalView(NamedTuple):
    zh: str
    en: str
    centre: Parameter
    network: Callable[[Graph, Collection[str]], tuple[nx.Graph, Quotes]]


VIEWS: Mapping[str, _GlobalView | _LocalView] = {
    "departments": _GlobalView(
        "部门联系网络", "Departments and what ties them", global_networks.departments_network
    ),
    "things": _GlobalView(
        "部门与共同涉及的事物", "Departments and what they share", global_networks.things_network
    ),
    "tasks": _GlobalView(
        "任务之间的联系", "Tasks and what they share", global_networks.tasks_network
    ),
    "streets": _GlobalView(
        "街道、道路与部门", "Subdistricts, roads and departments", global_networks.streets_network
    ),
    "categories": _GlobalView(
        "工作类目", "Headings, tasks and departments", global_networks.categories_network
    ),
    "department": _LocalView(
        "部门",
        "Department",
        Parameter("department", ("Department",), ""),
        local_networks.department_network,
    ),
    "thing": _LocalView(
        "事物", "Thing", Parameter("thing", ("NamedThing",), ""), local_networks.thing_network
    ),
}


def view(store: Graph, name: str, about: str | None = None) -> View:
    """Return a view, from which `render_page` makes a page.

    Args:
        store: The graph.
        name: One of `VIEWS`.
        about: The name or IRI of the department or thing for the views `department` and `thing`.

    Raises:
        InputError: There is no such view, or no such department or thing in the graph; the message
            lists the nearest names. Or `about` is missing, or the view does not take it.
    """
    if name not in VIEWS:
        near = nearest_names(name, VIEWS) or VIEWS
        raise InputError(f"no view “{name}”; did you mean {' or '.join(near)}?")
    page = VIEWS[name]
    zh, en = page.zh, page.en
    if isinstance(page, _LocalView):
        if not about:
            raise InputError(f"view “{name}”: the name of a {name} is missing")
        centre = [str(term.value) for term in find_terms(store, page.centre, about)]
        network, found = page.network(store, centre)
        called = "、".join(_labels(store, centre))
        zh, en = f"{zh}：{called}", f"{en}: {called}"
    elif about:
        raise InputError(f"view “{name}”: shows the whole graph; leave out “{about}”")
    else:
        found = read_quotes(store)
        network = page.network(store, found)
    add_details(store, network, found)
    _add_districts(store, network)
    source = "；".join(str(title) for (title,) in select(store, _TITLES).rows)
    return View(name, zh, en, source, network)


def _add_districts(store: Graph, network: nx.Graph) -> None:
    """Add the `district` to each node of a graph of several districts, and to equal labels.

    The IRI of a thing contains the code of its district.
    """
    known = {str(iri).rpartition("/")[2]: str(name) for iri, name in select(store, _DISTRICTS).rows}
    if len(known) < 2:
        return
    tasks = [iri for iri, kind in network.nodes(data="kind") if kind == "task"]
    of_task = {
        str(task): str(name)
        for task, name in select(store, _OF % values_clause("task", tasks)).rows
    }
    for iri, node in network.nodes(data=True):
        parts = str(iri).split("/")
        found = of_task.get(iri) or next((known[part] for part in parts if part in known), "")
        if found:
            node["district"] = found
    same = Counter((node["kind"], node["label"]) for _, node in network.nodes(data=True))
    for _, node in network.nodes(data=True):
        if same[node["kind"], node["label"]] > 1 and node.get("district"):
            node["label"] = f"{node['label']}（{node['district']}）"


def has_centre(name: str) -> bool:
    """Return whether a view is around a department or thing."""
    return isinstance(VIEWS[name], _LocalView)


def _labels(store: Graph, things: Iterable[str]) -> list[str]:
    """Return the distinct labels of things."""
    labels = (
        quad.object.value
        for iri in things
        for quad in store.quads_for_pattern(NamedNode(iri), term("skos:prefLabel"), None, None)
        if isinstance(quad.object, Literal)
    )
    return list(dict.fromkeys(labels))


_TITLES = "SELECT ?title WHERE { ?report a tkg:Report ; dcterms:title ?title } ORDER BY ?title"
_OF = """SELECT ?task ?name WHERE { %s
  ?task tkg:reportedIn/tkg:jurisdiction/rdfs:label ?name } ORDER BY ?task ?name"""
_DISTRICTS = """SELECT DISTINCT ?place ?name WHERE {
  ?report tkg:jurisdiction ?place . ?place rdfs:label ?name } ORDER BY ?place ?name"""

"""The views by name: their titles, and the networks that they show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import NamedTuple

import networkx as nx
from pyoxigraph import Literal, NamedNode

from kg.errors import InputError
from kg.graph.protocol import Graph
from kg.graph.terms import term
from kg.questions.parameters import Parameter, find_terms, nearest_names
from kg.questions.sparql import select, values_clause
from kg.views import around, whole
from kg.views.about import Words, describe, words
from kg.views.view import View


class _Whole(NamedTuple):
    zh: str
    en: str
    network: Callable[[Graph, Words], nx.Graph]


class _Around(NamedTuple):
    zh: str
    en: str
    centre: Parameter
    network: Callable[[Graph, Collection[str]], tuple[nx.Graph, Words]]


VIEWS: Mapping[str, _Whole | _Around] = {
    "departments": _Whole("部门联系网络", "Departments and what ties them", whole.departments),
    "things": _Whole("部门与共同涉及的事物", "Departments and what they share", whole.things),
    "tasks": _Whole("任务之间的联系", "Tasks and what they share", whole.tasks),
    "streets": _Whole("街道、道路与部门", "Subdistricts, roads and departments", whole.streets),
    "categories": _Whole("工作类目", "Headings, tasks and departments", whole.categories),
    "department": _Around(
        "部门", "Department", Parameter("department", ("Department",), ""), around.department
    ),
    "thing": _Around("事物", "Thing", Parameter("thing", ("NamedThing",), ""), around.thing),
}


def view(store: Graph, name: str, about: str | None = None) -> View:
    """Return a network that is ready to become a page.

    Args:
        store: The graph.
        name: One of `VIEWS`.
        about: Name or IRI of the department or thing that the views of these names are around.

    Raises:
        InputError: There is no such view, or no such department or thing in the graph; the message
            names the nearest. Or one is missing, or given to a view that is around nothing.
    """
    if name not in VIEWS:
        near = nearest_names(name, VIEWS) or VIEWS
        raise InputError(f"no view “{name}”; did you mean {' or '.join(near)}?")
    page = VIEWS[name]
    zh, en = page.zh, page.en
    if isinstance(page, _Around):
        if not about:
            raise InputError(f"view “{name}”: name the {name} that it is around")
        centre = [str(term.value) for term in find_terms(store, page.centre, about)]
        network, found = page.network(store, centre)
        called = "、".join(_names(store, centre))
        zh, en = f"{zh}：{called}", f"{en}: {called}"
    elif about:
        raise InputError(f"view “{name}”: is around no single thing; leave out “{about}”")
    else:
        found = words(store)
        network = page.network(store, found)
    describe(store, network, found)
    _tell_districts(store, network)
    source = "；".join(str(title) for (title,) in select(store, _TITLES).rows)
    return View(name, zh, en, source, network)


def _tell_districts(store: Graph, network: nx.Graph) -> None:
    """Add to each node its `district` where a graph holds several; equal names tell it.

    The district of a thing stands behind the kind in its IRI.
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


def is_around(name: str) -> bool:
    """Return whether a view is around one department or thing."""
    return isinstance(VIEWS[name], _Around)


def _names(store: Graph, things: Iterable[str]) -> list[str]:
    """Return what things are called; those of several districts may be called the same."""
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

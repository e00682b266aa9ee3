"""The data of a page: its network as plain values, with each sentence once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import networkx as nx

from kg.labels import TIES as TIE_LABELS
from kg.network.matrix import WEAK_WEIGHT
from kg.views.kinds import KINDS, STATUSES, TIES
from kg.views.layout import arrange, radius
from kg.views.networks.view import View
from kg.views.pyvis_loader import Edge, Network, Node

# How many ties per department a page shows when it opens.
_TIES_EACH = 3
_KINDS = {kind.name for kind in KINDS}
_TIES = {tie.name for tie in TIES}
_STATUSES = {status.name for status in STATUSES}


class Evidence:
    """A table of quotes without duplicates, whose rows refer to sentences and reports by number."""

    def __init__(self) -> None:
        self.sentences: dict[str, int] = {}
        self.reports: dict[str, int] = {}
        self.rows: dict[tuple[Any, ...], int] = {}

    def add_rows(self, found: Iterable[Mapping[str, Any]]) -> list[int]:
        """Add evidence to the table and return the numbers of its rows."""
        rows = []
        for one in found:
            sentence = self.sentences.setdefault(one["sentence"], len(self.sentences))
            report = self.reports.setdefault(one["report"], len(self.reports))
            about = one.get("about", "")
            row = (sentence, report, one["task"], one["cell"], one["quote"], one["line"], about)
            rows.append(self.rows.setdefault(row, len(self.rows)))
        return rows


def page_data(view: View, fold_above: int) -> dict[str, Any]:
    """Return the data of the page of a view, as plain values for JSON.

    Args:
        view: The network and its titles.
        fold_above: Above this number of nodes the page opens with folded communities.

    Raises:
        ValueError: A node or an edge has an unknown kind.
    """
    evidence = Evidence()
    network, groups = _build_network(view.graph, evidence)
    nodes, edges, *_ = network.get_network_data()
    return {
        "name": view.name,
        "title": {"zh": view.title_zh, "en": view.title_en},
        "source": view.source,
        "directed": view.graph.is_directed(),
        "least": round(least_weight(view.graph), 3),
        "nodes": nodes,
        "edges": edges,
        "groups": groups,
        "folded": bool(groups) and len(nodes) > fold_above,
        "sentences": list(evidence.sentences),
        "reports": list(evidence.reports),
        "evidence": list(evidence.rows),
        "kinds": [kind._asdict() for kind in KINDS],
        "ties": [tie._asdict() for tie in TIES],
        "statuses": [status._asdict() for status in STATUSES],
    }


def _build_network(graph: nx.Graph, evidence: Evidence) -> tuple[Network, list[dict[str, float]]]:
    """Return the pyvis network, and the position and size of each community.

    Nodes are numbered in the order of their IRIs. They are appended to the lists of the network,
    because `add_node` and `add_edge` compare each with all others, which takes minutes for 30,000.
    """
    spots, discs = arrange(graph)
    group = {node: index for index, disc in enumerate(discs) for node in disc.members}
    number = {node: index for index, node in enumerate(sorted(graph))}
    typed = _pinyin_forms({str(about.get("label") or "") for _, about in graph.nodes(data=True)})
    network = Network()
    for node, index in number.items():
        about = graph.nodes[node]
        made = {"key": node, **_build_node(node, about, evidence, typed)}
        made["x"], made["y"] = spots[node]
        if discs:
            made["group"] = group[node]
        network.nodes.append(Node(index, "custom", str(about.get("label") or node), **made).options)
    ends: dict[tuple[int, int], int] = {}
    found = sorted(
        (
            (number[first], number[second], about.get("tie", ""), about)
            for first, second, about in graph.edges(data=True)
        ),
        key=lambda edge: edge[:3] if graph.is_directed() else (*sorted(edge[:2]), edge[2]),
    )
    for first, second, _, about in found:
        if not graph.is_directed():
            first, second = sorted((first, second))
        made = _build_edge(about, evidence)
        if about.get("awaited") in number:
            made["awaited"] = number[about["awaited"]]
        # Parallel ties are bent, each more than the one before, so that all are visible.
        pair = (min(first, second), max(first, second))
        if pair in ends:
            made["bend"] = ends[pair]
        ends[pair] = ends.get(pair, 0) + 1
        network.edges.append(Edge(first, second, **made).options)
    return network, [
        {"x": disc.x, "y": disc.y, "radius": disc.radius, "size": len(disc.members)}
        for disc in discs
    ]


def _build_node(
    node: str, about: Mapping[str, Any], evidence: Evidence, typed: Mapping[str, str]
) -> dict[str, Any]:
    statuses = about.get("statuses") or []
    _check_known(node, about.get("kind"), _KINDS)
    for status in statuses:
        _check_known(node, status, _STATUSES)
    weight = float(about.get("weight") or 0)
    made = {"kind": about["kind"], "weight": round(weight, 3), "size": round(radius(weight), 1)}
    optional = {
        "label_en": about.get("label_en"),
        "statuses": list(statuses),
        "departments": list(about.get("departments") or []),
        "facts": [
            {key: str(fact.get(key, "")) for key in ("zh", "en", "value")}
            for fact in about.get("facts") or []
        ],
        "evidence": evidence.add_rows(about.get("evidence") or []),
        "tasks": [list(task) for task in about.get("tasks") or []],
        "late": about.get("late"),
        "district": about.get("district"),
        "typed": typed.get(str(about.get("label") or "")),
    }
    return made | {key: value for key, value in optional.items() if value}


def _build_edge(about: Mapping[str, Any], evidence: Evidence) -> dict[str, Any]:
    _check_known("a tie", about.get("tie"), _TIES)
    weight = about.get("weight")
    made = {"tie": about["tie"], "weight": round(1.0 if weight is None else float(weight), 3)}
    optional = {
        "things": [
            {
                "name": str(thing["name"]),
                "kind": str(thing.get("kind", "")),
                "weight": round(float(thing.get("weight") or 0), 3),
                "tasks": list(thing.get("tasks") or []),
            }
            for thing in about.get("things") or []
        ],
        "evidence": evidence.add_rows(about.get("evidence") or []),
    }
    return made | {key: value for key, value in optional.items() if value}


def least_weight(graph: nx.Graph) -> float:
    """Return the minimum weight of the ties that a page shows when it opens; 0 shows all.

    Ties below `kg.network.matrix.WEAK_WEIGHT` are hidden, and at most `_TIES_EACH` ties for each
    department (for each node if there are no departments) are shown, the strongest first. Networks
    with other edges than ties are shown completely.

    >>> graph = nx.Graph([("a", "b", {"tie": "shared", "weight": 0.05})])
    >>> least_weight(graph)
    0.1
    """
    weights = sorted(
        (
            float(about.get("weight") or 0)
            for _, _, about in graph.edges(data=True)
            if about.get("tie") in TIE_LABELS
        ),
        reverse=True,
    )
    if not weights or len(weights) < graph.number_of_edges():
        return 0.0
    departments = sum(kind == "department" for _, kind in graph.nodes(data="kind"))
    most = _TIES_EACH * (departments or len(graph))
    least = WEAK_WEIGHT if len(weights) <= most else max(WEAK_WEIGHT, weights[most - 1])
    # Ties of equal weight are hidden together if there are too many of them.
    if sum(weight >= least for weight in weights) > most:
        least = min((weight for weight in weights if weight > least), default=least)
    return least if weights[-1] < least else 0.0


def _pinyin_forms(labels: Iterable[str]) -> dict[str, str]:
    """Return the pinyin of names: in full, and as first letters."""
    from pypinyin import Style, lazy_pinyin

    return {
        label: f"{''.join(lazy_pinyin(label))} "
        f"{''.join(lazy_pinyin(label, style=Style.FIRST_LETTER))}".lower()
        for label in labels
        if not label.isascii()
    }


def _check_known(what: str, name: object, names: set[str]) -> None:
    if name not in names:
        raise ValueError(f"{what}: “{name}” is not one of {', '.join(sorted(names))}")

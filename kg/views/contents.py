"""What a page holds: its network as plain data, in which each sentence stands once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import networkx as nx

from kg.labels import TIES as TIE_LABELS
from kg.network.matrix import WEAK_WEIGHT
from kg.views.kinds import KINDS, STATUSES, TIES
from kg.views.layout import arrange, radius
from kg.views.library import Edge, Network, Node
from kg.views.view import View

# Ties that a page shows for each department when it opens.
_TIES_EACH = 3
_KINDS = {kind.name for kind in KINDS}
_TIES = {tie.name for tie in TIES}
_STATUSES = {status.name for status in STATUSES}


class Evidence:
    """Quotes, each once, as rows that refer to sentences and reports by number."""

    def __init__(self) -> None:
        self.sentences: dict[str, int] = {}
        self.reports: dict[str, int] = {}
        self.rows: dict[tuple[Any, ...], int] = {}

    def numbers(self, found: Iterable[Mapping[str, Any]]) -> list[int]:
        """Return the numbers of the rows that say this evidence."""
        rows = []
        for one in found:
            sentence = self.sentences.setdefault(one["sentence"], len(self.sentences))
            report = self.reports.setdefault(one["report"], len(self.reports))
            about = one.get("about", "")
            row = (sentence, report, one["task"], one["cell"], one["quote"], one["line"], about)
            rows.append(self.rows.setdefault(row, len(self.rows)))
        return rows


def contents(view: View, fold_above: int) -> dict[str, Any]:
    """Return what the page of a view holds, as plain values for JSON.

    Args:
        view: The network and its titles.
        fold_above: With more nodes than this the page opens on communities.

    Raises:
        ValueError: A node or an edge is of a kind that no page can show.
    """
    evidence = Evidence()
    network, groups = _network(view.graph, evidence)
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


def _network(graph: nx.Graph, evidence: Evidence) -> tuple[Network, list[dict[str, float]]]:
    """Return the pyvis network, and the place and size of each community.

    Nodes are numbered in the order of their IRIs. They are put into the network's own lists:
    `add_node` and `add_edge` compare each with all before it, which takes minutes for 30,000.
    """
    spots, discs = arrange(graph)
    group = {node: index for index, disc in enumerate(discs) for node in disc.members}
    number = {node: index for index, node in enumerate(sorted(graph))}
    typed = _typed({str(about.get("label") or "") for _, about in graph.nodes(data=True)})
    network = Network()
    for node, index in number.items():
        about = graph.nodes[node]
        made = {"key": node, **_node(node, about, evidence, typed)}
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
        made = _edge(about, evidence)
        if about.get("awaited") in number:
            made["awaited"] = number[about["awaited"]]
        # Parallel ties are bent, each more than the one before, so that all are seen.
        pair = (min(first, second), max(first, second))
        if pair in ends:
            made["bend"] = ends[pair]
        ends[pair] = ends.get(pair, 0) + 1
        network.edges.append(Edge(first, second, **made).options)
    return network, [
        {"x": disc.x, "y": disc.y, "radius": disc.radius, "size": len(disc.members)}
        for disc in discs
    ]


def _node(
    node: str, about: Mapping[str, Any], evidence: Evidence, typed: Mapping[str, str]
) -> dict[str, Any]:
    statuses = about.get("statuses") or []
    _known(node, about.get("kind"), _KINDS)
    for status in statuses:
        _known(node, status, _STATUSES)
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
        "evidence": evidence.numbers(about.get("evidence") or []),
        "tasks": [list(task) for task in about.get("tasks") or []],
        "late": about.get("late"),
        "district": about.get("district"),
        "typed": typed.get(str(about.get("label") or "")),
    }
    return made | {key: value for key, value in optional.items() if value}


def _edge(about: Mapping[str, Any], evidence: Evidence) -> dict[str, Any]:
    _known("a tie", about.get("tie"), _TIES)
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
        "evidence": evidence.numbers(about.get("evidence") or []),
    }
    return made | {key: value for key, value in optional.items() if value}


def least_weight(graph: nx.Graph) -> float:
    """Return from which weight on a page shows ties when it opens; 0 where it shows all.

    Ties below `kg.network.matrix.WEAK_WEIGHT` are left out, and of many the strongest are
    shown, at most `_TIES_EACH` for each department; of a network without departments, for each
    node. Networks whose edges are no ties are shown whole.

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
    # Of many ties of one weight none is stronger: all go, or too many would stay.
    if sum(weight >= least for weight in weights) > most:
        least = min((weight for weight in weights if weight > least), default=least)
    return least if weights[-1] < least else 0.0


def _typed(labels: Iterable[str]) -> dict[str, str]:
    """Return how names are typed in pinyin: whole, and by the first letters."""
    from pypinyin import Style, lazy_pinyin

    return {
        label: f"{''.join(lazy_pinyin(label))} "
        f"{''.join(lazy_pinyin(label, style=Style.FIRST_LETTER))}".lower()
        for label in labels
        if not label.isascii()
    }


def _known(what: str, name: object, names: set[str]) -> None:
    if name not in names:
        raise ValueError(f"{what}: “{name}” is not one of {', '.join(sorted(names))}")
